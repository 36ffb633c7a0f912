// Whole files, read and written: see files.h.
#include "host/data/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "host/error.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxFileBytes = 0x7fffffff;  // offsets in a model are 32 bits wide
constexpr size_t kBlockBytes = 1 << 16;

[[noreturn]] void fail(const fs::path& path, const char* what, int error) {
  throw Error(fmt::format("{}: {}: {}", path.string(), what, std::generic_category().message(error)));
}

[[noreturn]] void fail_as_too_large(const fs::path& path) {
  throw Error(fmt::format("{}: is too large, want less than 2 GiB", path.string()));
}

/// An open file; closed when it goes out of scope.
struct Descriptor {
  int fd;
  explicit Descriptor(int fd_) : fd(fd_) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  /// Whether the system took all that was written.
  bool close() {
    const int open_fd = fd;
    fd = -1;
    return open_fd < 0 || ::close(open_fd) == 0;
  }
};

/// A name in the folder of `target` that vanishes unless it is renamed.
struct Temporary {
  fs::path path;
  bool renamed = false;
  explicit Temporary(const fs::path& target)
      : path(target.parent_path() / fmt::format(".{}.{}.tmp", target.filename().string(), ::getpid())) {}
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    std::error_code ignored;
    if (!renamed) fs::remove(path, ignored);
  }
};

void write_all(int fd, const fs::path& path, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(path, "cannot be written", errno);
    bytes.remove_prefix(static_cast<size_t>(n));
  }
}

void write_straight(const fs::path& path, std::string_view bytes) {
  Descriptor out(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (out.fd < 0) fail(path, "cannot be opened for writing", errno);
  write_all(out.fd, path, bytes);
}

}  // namespace

void require_file(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    throw Error(fmt::format("{}: there is no such file", path.string()));
  }
  if (error) fail(path, "cannot be opened", error.value());
  if (fs::is_directory(status)) throw Error(fmt::format("{}: is a folder, want a file", path.string()));
  if (::access(path.c_str(), R_OK) != 0) fail(path, "cannot be read", errno);
}

std::vector<uint8_t> read_file(const fs::path& path) {
  require_file(path);
  const Descriptor in(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (in.fd < 0) fail(path, "cannot be opened", errno);
  std::error_code no_size;  // a pipe has none
  const uintmax_t size = fs::file_size(path, no_size);
  if (!no_size && size > kMaxFileBytes) fail_as_too_large(path);
  std::vector<uint8_t> bytes;
  bytes.reserve(no_size ? 0 : static_cast<size_t>(size) + kBlockBytes);
  while (true) {
    const size_t n_read = bytes.size();
    bytes.resize(n_read + kBlockBytes);
    const ssize_t n = ::read(in.fd, bytes.data() + n_read, kBlockBytes);
    bytes.resize(n_read + (n > 0 ? static_cast<size_t>(n) : 0));
    if (n == 0) return bytes;
    if (n < 0 && errno != EINTR) fail(path, "cannot be read", errno);
    if (bytes.size() > kMaxFileBytes) fail_as_too_large(path);
  }
}

void write_atomically(const fs::path& path, std::string_view text) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status) || !path.has_filename()) {
    throw Error(fmt::format("{}: is a folder, want a file name", path.string()));
  }
  if (fs::exists(status) && !fs::is_regular_file(status)) return write_straight(path, text);
  const fs::path target = fs::exists(status) ? fs::canonical(path, error) : path;
  const fs::path parent = target.has_parent_path() ? target.parent_path() : fs::path(".");
  if (!fs::is_directory(parent, error)) {
    throw Error(fmt::format("{}: cannot be written: there is no folder {}; make it first", path.string(),
                            parent.string()));
  }
  Temporary temporary(target);
  Descriptor out(::open(temporary.path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (out.fd < 0) fail(path, "cannot be written", errno);
  write_all(out.fd, path, text);
  if (!out.close()) fail(path, "cannot be written", errno);
  fs::rename(temporary.path, target, error);
  if (error) fail(path, "cannot be replaced", error.value());
  temporary.renamed = true;
}

void write_atomically(const fs::path& path, const std::vector<uint8_t>& bytes) {
  write_atomically(path, std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

}  // namespace inkling::host
