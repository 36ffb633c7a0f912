// Fuzzes the reader of zip archives, which carry a model's labels.
#include "host/data/zip.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace inkling::host;
  fuzz::refuse_or_read([&] { read_zip({data, data + size}, "fuzz.zip"); });
  return 0;
}
