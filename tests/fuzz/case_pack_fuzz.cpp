// Fuzzes the reader of case packs.
#include <filesystem>
#include <fstream>

#include "host/data/case_pack.h"
#include "tests/fuzz/fuzz.h"

namespace {

namespace fs = std::filesystem;

// A folder for this process; removed at its end.
struct Folder {
  fs::path path = fs::path("/dev/shm") / ("inkling_case_pack_fuzz_" + std::to_string(getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Folder folder;
  std::ofstream(folder.path / "cases.json", std::ios::binary)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  inkling::host::fuzz::refuse_or_read([&] { inkling::host::read_case_pack(folder.path); });
  return 0;
}
