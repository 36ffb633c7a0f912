// Interpolation, a shelf filter, sparse echoes.
#include "host/data/augment.h"

#include <algorithm>
#include <cmath>

#include "host/data/sound.h"

namespace inkling::host {

Samples to_float(const std::vector<int16_t>& samples) {
  Samples result;
  result.reserve(samples.size());
  for (const int16_t sample : samples) result.push_back(static_cast<float>(sample) / 32768.0f);
  return result;
}

std::vector<int16_t> to_int16(const Samples& samples) {
  std::vector<int16_t> result;
  result.reserve(samples.size());
  for (const float sample : samples)
    result.push_back(static_cast<int16_t>(std::lround(std::clamp(sample * 32768.0f, -32768.0f, 32767.0f))));
  return result;
}

Samples at_speed(const Samples& samples, double speed) {
  const auto last = static_cast<int64_t>(samples.size()) - 1;
  const auto sample = [&](int64_t i) {
    return samples[static_cast<size_t>(std::clamp<int64_t>(i, 0, last))];
  };
  Samples result(static_cast<size_t>(static_cast<double>(samples.size()) / speed));
  for (size_t i = 0; i < result.size(); ++i) {
    const double at = static_cast<double>(i) * speed;
    const auto j = static_cast<int64_t>(at);
    const auto t = static_cast<float>(at - static_cast<double>(j));
    // Catmull and Rom's cubic through four neighbours.
    const float a = sample(j - 1), b = sample(j), c = sample(j + 1), d = sample(j + 2);
    result[i] = b + 0.5f * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  }
  return result;
}

Samples tilted(const Samples& samples, double middle_hz, double low_db, double high_db) {
  const auto keep = static_cast<float>(std::exp(-6.283185307179586 * middle_hz / kSampleRateHz));
  const auto low_gain = static_cast<float>(std::pow(10, low_db / 20));
  const auto high_gain = static_cast<float>(std::pow(10, high_db / 20));
  Samples result;
  result.reserve(samples.size());
  float low = 0;
  for (const float sample : samples) {
    low = sample + keep * (low - sample);
    result.push_back(low_gain * low + high_gain * (sample - low));
  }
  return result;
}

// Butterworth's filter of eighth order: four sections of second order, which differ in how much they
// resonate.
Samples low_passed(const Samples& samples, double cut_hz) {
  constexpr double kPi = 3.141592653589793;
  Samples result = samples;
  const double w = 2 * kPi * cut_hz / kSampleRateHz;
  for (int section = 0; section < 4; ++section) {
    const double alpha = std::sin(w) * std::cos(kPi * (2 * section + 1) / 16);
    const double b = (1 - std::cos(w)) / 2 / (1 + alpha), a1 = -2 * std::cos(w) / (1 + alpha),
                 a2 = (1 - alpha) / (1 + alpha);
    double x1 = 0, x2 = 0, y1 = 0, y2 = 0;
    for (float& sample : result) {
      const double x = sample, y = b * (x + 2 * x1 + x2) - a1 * y1 - a2 * y2;
      x2 = x1, x1 = x, y2 = y1, y1 = y;
      sample = static_cast<float>(y);
    }
  }
  return result;
}

Samples in_room(const Samples& samples, double decay_s, double wet, Random& random) {
  constexpr int kEchoes = 48;
  const auto length = static_cast<int32_t>(decay_s * kSampleRateHz);
  Samples result(samples.size() + static_cast<size_t>(length));
  std::copy(samples.begin(), samples.end(), result.begin());
  for (int echo = 0; echo < kEchoes; ++echo) {
    const int32_t delay = 30 + random.below(std::max(1, length - 30));
    const double level = std::pow(10, -3.0 * delay / length) * random.uniform(-1, 1) * wet;
    for (size_t i = 0; i < samples.size() && i + static_cast<size_t>(delay) < result.size(); ++i)
      result[i + static_cast<size_t>(delay)] += static_cast<float>(level) * samples[i];
  }
  return result;
}

double rms(const Samples& samples) {
  double sum = 0;
  for (const float sample : samples) sum += static_cast<double>(sample) * sample;
  return std::sqrt(sum / static_cast<double>(std::max<size_t>(1, samples.size())));
}

}  // namespace inkling::host
