// Reads the sound in pieces, sleeps too long once, and tells when each piece came and what was in it.
#include "boards/virtual/line.h"
#include "inkling/core/port.h"

using namespace inkling;

namespace {

int16_t samples[1000];

/// Reads `n` samples and prints: time, number, FNV-1a over the samples.
int32_t hear(int32_t n) {
  const int32_t n_read = port::read_microphone(samples, n);
  uint32_t hash = 2166136261u;
  for (int32_t i = 0; i < n_read; ++i) hash = (hash ^ static_cast<uint16_t>(samples[i])) * 16777619u;
  Line("heard ")
      .number(port::now_ms())
      .text(" ")
      .number(static_cast<uint32_t>(n_read))
      .text(" ")
      .hex(hash)
      .print();
  return n_read;
}

}  // namespace

int main() {
  const int32_t first = hear(160);
  if (first == 0) return 1;
  hear(1000);
  hear(7);
  port::sleep_ms(250);
  while (hear(1000) == 1000) {
  }
  return hear(10);
}
