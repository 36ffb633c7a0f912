// Fuzzes the reader of .npy files. What it accepts can be written and read again.
#include "host/data/npy.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace inkling::host;
  fuzz::refuse_or_read([&] {
    const Array array = parse_npy({data, data + size}, "fuzz.npy");
    const Array again = parse_npy(format_npy(array), "again.npy");
    fuzz::claim(again.dtype == array.dtype && again.shape == array.shape && again.bytes == array.bytes,
                "an array comes back as it was written");
  });
  return 0;
}
