// What the fuzzing programs share: claims that end the program, bytes with nothing behind them, and bytes as
// a file. Leaves out what is fuzzed.
#pragma once
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "host/error.h"

namespace inkling::host::fuzz {

/// Ends the program, so that the input is kept as a finding, unless `holds`.
inline void claim(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

/// A copy of some bytes in an allocation of exactly their size, so that AddressSanitizer sees the first byte
/// too far.
inline std::unique_ptr<uint8_t[]> exact_copy(const uint8_t* data, size_t size) {
  std::unique_ptr<uint8_t[]> copy(new uint8_t[size]);
  if (size > 0) __builtin_memcpy(copy.get(), data, size);
  return copy;
}

/// A file in memory, for readers that want a path.
class MemoryFile {
 public:
  MemoryFile(const uint8_t* data, size_t size) : file_(memfd_create("fuzz", MFD_CLOEXEC)) {
    claim(file_ >= 0 && write(file_, data, size) == static_cast<ssize_t>(size),
          "a file in memory can be written");
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { close(file_); }
  std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

 private:
  int file_;
};

/// Calls a reader that may refuse with an Error, which must say something; anything else that it throws is a
/// finding.
template <class Read>
void refuse_or_read(Read read) {
  try {
    read();
  } catch (const Error& error) {
    claim(error.what()[0] != '\0', "an error says why");
  }
}

}  // namespace inkling::host::fuzz
