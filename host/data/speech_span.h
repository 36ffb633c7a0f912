// Where in a recording something is said. Leaves out what.
#pragma once
#include <cstdint>
#include <vector>

namespace inkling::host {

/// The samples from `begin` up to, not including, `end`.
struct SampleSpan {
  int32_t begin = 0;
  int32_t end = 0;
  int32_t size() const { return end - begin; }
};

/// From the first to the last 10 ms whose energy is within 30 dB of the loudest and 6 dB above the quietest
/// tenth of the recording, with 20 ms on both sides. The whole recording when it is shorter than 10 ms.
SampleSpan speech_span(const std::vector<int16_t>& samples);

}  // namespace inkling::host
