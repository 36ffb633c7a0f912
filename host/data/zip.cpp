// The zip format (APPNOTE 6.3): the end record names the central directory, whose entries name the files.
// Positions may count from the start of the archive or of the file that it is appended to: the end record's
// own place tells.
#include "host/data/zip.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "host/error.h"

namespace inkling::host {
namespace {

constexpr size_t kEndBytes = 22, kEntryBytes = 46, kLocalBytes = 30;
constexpr uint32_t kEndMark = 0x06054b50, kEntryMark = 0x02014b50, kLocalMark = 0x04034b50;
constexpr uint32_t kMaxFileBytes = 1u << 26;
constexpr uint32_t kStored = 0, kDeflated = 8;

class Archive {
 public:
  Archive(const std::vector<uint8_t>& file, const std::string& where) : file_(file), where_(where) {}

  std::vector<ZipEntry> read() {
    const std::optional<size_t> end = find_end();
    if (!end) return {};
    const size_t directory_bytes = number(*end + 12, 4), directory_at = number(*end + 16, 4);
    if (directory_bytes > *end || *end - directory_bytes < directory_at) fail("its directory lies outside");
    start_ = *end - directory_bytes - directory_at;
    std::vector<ZipEntry> entries;
    size_t at = *end - directory_bytes;
    for (uint32_t n = number(*end + 10, 2); n > 0; --n) {
      entries.push_back(entry(at));
      at += kEntryBytes + number(at + 28, 2) + number(at + 30, 2) + number(at + 32, 2);
    }
    return entries;
  }

 private:
  // A comment may follow the end record; its length must fit.
  std::optional<size_t> find_end() const {
    if (file_.size() < kEndBytes) return {};
    const size_t last = file_.size() - kEndBytes;
    for (size_t at = last; at + UINT16_MAX >= last; --at) {
      if (number(at, 4) == kEndMark && number(at + 20, 2) == last - at) return at;
      if (at == 0) break;
    }
    return {};
  }

  ZipEntry entry(size_t at) const {
    if (number(at, 4) != kEntryMark) fail("its directory is damaged");
    const uint32_t method = number(at + 10, 2), checksum = number(at + 16, 4);
    const uint32_t packed_bytes = number(at + 20, 4), n_bytes = number(at + 24, 4);
    const uint32_t name_bytes = number(at + 28, 2);
    const size_t local = start_ + number(at + 42, 4);
    need(at + kEntryBytes, name_bytes);
    ZipEntry entry;
    entry.name.assign(reinterpret_cast<const char*>(file_.data()) + at + kEntryBytes, name_bytes);
    if (number(local, 4) != kLocalMark) fail("a file of it lies elsewhere");
    const size_t data = local + kLocalBytes + number(local + 26, 2) + number(local + 28, 2);
    need(data, packed_bytes);
    if (n_bytes > kMaxFileBytes) fail("a file of it is larger than 64 MiB");
    entry.bytes.resize(n_bytes);
    if (method == kStored && packed_bytes == n_bytes) {
      std::copy_n(file_.begin() + static_cast<std::ptrdiff_t>(data), n_bytes, entry.bytes.begin());
    } else if (method != kDeflated || !inflate_to(entry.bytes, data, packed_bytes)) {
      fail("a file of it cannot be unpacked");
    }
    if (crc32(0, entry.bytes.data(), n_bytes) != checksum) fail("a checksum of it is wrong");
    return entry;
  }

  bool inflate_to(std::vector<uint8_t>& bytes, size_t at, uint32_t packed_bytes) const {
    z_stream stream = {};
    stream.next_in = const_cast<Bytef*>(file_.data() + at);
    stream.avail_in = packed_bytes;
    stream.next_out = bytes.data();
    stream.avail_out = static_cast<uInt>(bytes.size());
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return false;  // without zlib's own header
    const int status = inflate(&stream, Z_FINISH);
    inflateEnd(&stream);
    return status == Z_STREAM_END && stream.avail_out == 0;
  }

  uint32_t number(size_t at, size_t n_bytes) const {
    need(at, n_bytes);
    uint32_t value = 0;
    for (size_t i = 0; i < n_bytes; ++i) value |= static_cast<uint32_t>(file_[at + i]) << (8 * i);
    return value;
  }
  void need(size_t at, size_t n_bytes) const {
    if (at > file_.size() || n_bytes > file_.size() - at) fail("it is cut short");
  }
  [[noreturn]] void fail(const char* why) const {
    throw Error(fmt::format("{}: the zip archive at its end is unusable: {}; pack the associated files again",
                            where_, why));
  }

  const std::vector<uint8_t>& file_;
  const std::string& where_;
  size_t start_ = 0;
};

}  // namespace

std::vector<ZipEntry> read_zip(const std::vector<uint8_t>& file, const std::string& where) {
  return Archive(file, where).read();
}

}  // namespace inkling::host
