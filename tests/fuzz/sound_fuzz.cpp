// Fuzzes the reader of sound files. Leaves out what happens inside libsndfile, which is not built for this.
#include "host/data/sound.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace inkling::host;
  const fuzz::MemoryFile file(data, size);
  fuzz::refuse_or_read([&] {
    fuzz::claim(read_sound(file.path()).size() <= size_t{kMaxSoundSeconds} * kSampleRateHz,
                "a sound lasts an hour at most");
  });
  return 0;
}
