// Energies of 10 ms each, and a threshold.
#include "host/data/speech_span.h"

#include <algorithm>
#include <cmath>

#include "host/data/sound.h"

namespace inkling::host {

SampleSpan speech_span(const std::vector<int16_t>& samples) {
  constexpr int32_t kFrame = kSampleRateHz / 100;
  const auto n_samples = static_cast<int32_t>(samples.size());
  const int32_t n = n_samples / kFrame;
  if (n == 0) return {0, n_samples};
  std::vector<double> energies;
  for (int32_t i = 0; i < n; ++i) {
    double sum = 0;
    for (int32_t j = 0; j < kFrame; ++j) sum += std::pow(samples[static_cast<size_t>(i * kFrame + j)], 2);
    energies.push_back(sum);
  }
  std::vector<double> sorted = energies;
  std::sort(sorted.begin(), sorted.end());
  const double threshold =
      std::min(std::max(sorted.back() * 1e-3, sorted[static_cast<size_t>(n / 10)] * 4), sorted.back());
  const auto is_loud = [&](double energy) { return energy >= threshold; };
  const auto first =
      static_cast<int32_t>(std::find_if(energies.begin(), energies.end(), is_loud) - energies.begin());
  const auto last =
      static_cast<int32_t>(energies.rend() - std::find_if(energies.rbegin(), energies.rend(), is_loud)) - 1;
  return {std::max(0, (first - 2) * kFrame), std::min(n_samples, (last + 3) * kFrame)};
}

}  // namespace inkling::host
