// NumPy's .npy format: see npy.h. The layout is that of numpy.lib.format: magic, version, header length, a
// Python dictionary as text, data.
#include "host/data/npy.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "host/data/files.h"
#include "host/error.h"

namespace inkling::host {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr size_t kMaxHeaderBytes = 10000;  // NumPy's own limit
constexpr size_t kMaxRank = 32;            // NumPy's own limit
constexpr size_t kAlignment = 64;          // of the data, from the start of the file

constexpr std::array<std::string_view, 12> kDtypes = {"<f4", "|i1", "|u1", "<i2", "<u2", "<i4",
                                                      "<u4", "<i8", "<u8", "|b1", "<f2", "<f8"};

struct Header {
  std::optional<std::string> descr;
  std::optional<bool> fortran_order;
  std::optional<std::vector<int64_t>> shape;
};

/// Reads the one form of Python dictionary that a header has.
class HeaderReader {
 public:
  HeaderReader(std::string_view text, const std::string& name) : text_(text), name_(name) {}

  Header read() {
    Header header;
    expect('{');
    while (!take('}')) {
      const std::string key = quoted();
      expect(':');
      if (key == "descr" && !header.descr) {
        header.descr = quoted();
      } else if (key == "fortran_order" && !header.fortran_order) {
        header.fortran_order = boolean();
      } else if (key == "shape" && !header.shape) {
        header.shape = tuple();
      } else {
        fail(fmt::format("the key '{}' is unknown or there twice", key));
      }
      if (!take(',')) {
        expect('}');
        break;
      }
    }
    skip_space();
    if (at_ < text_.size()) fail("something follows the closing brace");
    return header;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw Error(fmt::format("{}: the .npy header is malformed at character {}: {}", name_, at_, what));
  }
  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }
  bool take(char wanted) {
    skip_space();
    if (at_ == text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  void expect(char wanted) {
    if (!take(wanted)) fail(fmt::format("want '{}'", wanted));
  }
  bool take_word(std::string_view word) {
    skip_space();
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  std::string quoted() {
    const char quote = take('"') ? '"' : '\'';
    if (quote == '\'' && !take('\'')) fail("want a quoted text (structured types are not supported)");
    const size_t end = text_.find(quote, at_);
    if (end == std::string_view::npos) fail("the closing quote is missing");
    const std::string content(text_.substr(at_, end - at_));
    at_ = end + 1;
    return content;
  }
  bool boolean() {
    if (take_word("True")) return true;
    if (!take_word("False")) fail("want True or False");
    return false;
  }
  std::vector<int64_t> tuple() {
    std::vector<int64_t> values;
    expect('(');
    while (!take(')')) {
      if (values.size() == kMaxRank) fail(fmt::format("want at most {} dimensions", kMaxRank));
      values.push_back(number());
      if (!take(',')) {
        expect(')');
        break;
      }
    }
    return values;
  }
  int64_t number() {
    skip_space();
    const size_t start = at_;
    int64_t value = 0;
    for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
      if (__builtin_mul_overflow(value, 10, &value) ||
          __builtin_add_overflow(value, text_[at_] - '0', &value)) {
        fail("a dimension exceeds 63 bits");
      }
    }
    if (at_ == start) fail("want a dimension (digits only)");
    return value;
  }

  std::string_view text_;
  const std::string& name_;
  size_t at_ = 0;
};

/// Bytes that the elements take, or nothing if that is more than an address can count.
std::optional<size_t> data_bytes(const std::string& dtype, const std::vector<int64_t>& shape) {
  int64_t n_bytes = element_bytes(dtype);
  for (const int64_t size : shape) {
    if (size < 0 || __builtin_mul_overflow(n_bytes, size, &n_bytes)) return std::nullopt;
  }
  return static_cast<size_t>(n_bytes);
}

/// One-byte types are written with '|'; other byte orders than ours are left as they are and so refused.
std::string normalized(std::string dtype) {
  if (dtype.size() == 3 && dtype[2] == '1') dtype[0] = '|';
  return dtype;
}

struct Parts {
  std::string_view header;
  size_t data_begin;
};

Parts split(const std::vector<uint8_t>& file, const std::string& name) {
  const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
  if (text.substr(0, kMagic.size()) != kMagic)
    throw Error(name + ": is not a .npy file (the magic is missing)");
  const auto byte = [&](size_t i) -> size_t {
    if (i >= file.size()) throw Error(name + ": the .npy header is cut short");
    return file[i];
  };
  const size_t major = byte(6), minor = byte(7);
  if ((major != 1 && major != 2) || minor != 0) {
    throw Error(fmt::format("{}: is .npy version {}.{}, want 1.0 or 2.0", name, major, minor));
  }
  const size_t begin = major == 1 ? 10 : 12;
  size_t length = byte(8) | byte(9) << 8;
  if (major == 2) length |= byte(10) << 16 | byte(11) << 24;
  if (length > kMaxHeaderBytes) {
    throw Error(
        fmt::format("{}: the .npy header has {} bytes, want at most {}", name, length, kMaxHeaderBytes));
  }
  if (length > file.size() - begin) throw Error(name + ": the .npy header is cut short");
  return {text.substr(begin, length), begin + length};
}

}  // namespace

int64_t element_bytes(const std::string& dtype) {
  for (const std::string_view known : kDtypes) {
    if (dtype == known) return dtype[2] - '0';
  }
  throw Error(fmt::format("dtype '{}' is not supported, want one of {}", dtype, fmt::join(kDtypes, " ")));
}

Array parse_npy(const std::vector<uint8_t>& file, const std::string& name) {
  const Parts parts = split(file, name);
  const Header header = HeaderReader(parts.header, name).read();
  if (!header.descr || !header.fortran_order || !header.shape) {
    throw Error(name + ": the .npy header must have the keys descr, fortran_order and shape");
  }
  if (*header.fortran_order) {
    throw Error(name +
                ": is stored column by column (fortran_order); save numpy.ascontiguousarray(x) instead");
  }
  Array array{normalized(*header.descr), *header.shape, {}};
  std::optional<size_t> n_bytes;
  try {
    n_bytes = data_bytes(array.dtype, array.shape);
  } catch (const Error& error) {
    throw Error(fmt::format("{}: {}", name, error.what()));
  }
  if (!n_bytes || *n_bytes != file.size() - parts.data_begin) {
    throw Error(fmt::format("{}: {} of shape ({}) needs {} data bytes, the file has {}", name, array.dtype,
                            fmt::join(array.shape, ", "), n_bytes ? fmt::format("{}", *n_bytes) : "too many",
                            file.size() - parts.data_begin));
  }
  array.bytes.assign(file.begin() + static_cast<std::ptrdiff_t>(parts.data_begin), file.end());
  return array;
}

std::vector<uint8_t> format_npy(const Array& array) {
  const std::optional<size_t> n_bytes = data_bytes(array.dtype, array.shape);
  if (!n_bytes || *n_bytes != array.bytes.size() || array.shape.size() > kMaxRank) {
    throw Error(fmt::format("cannot write {} bytes as {} of shape ({})", array.bytes.size(), array.dtype,
                            fmt::join(array.shape, ", ")));
  }
  const char* comma = array.shape.size() == 1 ? "," : "";  // Python's tuple of one
  std::string header = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}{}), }}",
                                   array.dtype, fmt::join(array.shape, ", "), comma);
  const size_t preamble = kMagic.size() + 4;
  const size_t padded = (preamble + header.size() + 1 + kAlignment - 1) / kAlignment * kAlignment - preamble;
  header.resize(padded - 1, ' ');
  header += '\n';
  std::vector<uint8_t> file(preamble + padded + array.bytes.size());
  auto out = std::copy(kMagic.begin(), kMagic.end(), file.begin());
  for (const size_t byte : {size_t{1}, size_t{0}, padded & 255, padded >> 8})
    *out++ = static_cast<uint8_t>(byte);
  out = std::copy(header.begin(), header.end(), out);
  std::copy(array.bytes.begin(), array.bytes.end(), out);
  return file;
}

Array read_npy(const std::filesystem::path& path) {
  return parse_npy(read_file(path), path.string());
}

void write_npy(const std::filesystem::path& path, const Array& array) {
  write_atomically(path, format_npy(array));
}

}  // namespace inkling::host
