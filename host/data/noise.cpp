// Each noise is a few lines of arithmetic on white noise and sines.
#include "host/data/noise.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "host/data/sound.h"
#include "host/error.h"

namespace inkling::host {
namespace {

using Samples = std::vector<float>;
constexpr double kTwoPi = 6.283185307179586;

/// Keeps what is below a frequency (one pole, 6 dB per octave).
class LowPass {
 public:
  explicit LowPass(double hz) : keep_(std::exp(-kTwoPi * hz / kSampleRateHz)) {}
  double operator()(double x) { return y_ = x + keep_ * (y_ - x); }

 private:
  double keep_;
  double y_ = 0;
};

template <class Next>
Samples generate(int32_t n, Next next) {
  Samples samples(static_cast<size_t>(n));
  for (float& sample : samples) sample = static_cast<float>(next());
  return samples;
}

Samples white(int32_t n, Random& random) {
  return generate(n, [&] { return random.normal(); });
}

/// 3 dB per octave: white noise through three of 6 dB, each begun where the last one has fallen by 10 dB.
Samples pink(int32_t n, Random& random) {
  LowPass low(25), middle(250), high(2500);
  return generate(n, [&] {
    const double x = random.normal();
    return 3.2 * low(x) + middle(x) + 0.32 * high(x) + 0.1 * x;
  });
}

Samples brown(int32_t n, Random& random) {
  LowPass low(30);
  return generate(n, [&] { return low(random.normal()); });
}

Samples hum(int32_t n, Random& random) {
  std::vector<double> levels;
  for (int harmonic = 1; harmonic <= 40; ++harmonic) levels.push_back(random.uniform() / harmonic);
  double phase = 0;
  return generate(n, [&] {
    phase += kTwoPi * 50 / kSampleRateHz;
    double sum = 0.01 * random.normal();
    for (size_t i = 0; i < levels.size(); ++i)
      sum += levels[i] * std::sin(static_cast<double>(i + 1) * phase);
    return sum;
  });
}

/// Broad noise that its blades chop.
Samples fan(int32_t n, Random& random) {
  LowPass low(600);
  const double blades_hz = random.uniform(15, 40);
  double phase = 0;
  return generate(n, [&] {
    phase += kTwoPi * blades_hz / kSampleRateHz;
    return low(random.normal()) * (1 + 0.4 * std::sin(phase)) + 0.02 * std::sin(6 * phase);
  });
}

/// Gusts: noise whose level and colour wander.
Samples wind(int32_t n, Random& random) {
  LowPass low(200), middle(900), gust(0.5);
  return generate(n, [&] {
    const double level = std::abs(gust(random.normal())) * 100;
    const double x = random.normal();
    return level * (low(x) + std::min(level, 2.0) * 0.2 * middle(x));
  });
}

/// Dishes, keys, footsteps: short sounds that ring and die away.
Samples rattle(int32_t n, Random& random) {
  Samples samples(static_cast<size_t>(n));
  for (int32_t start = 0; start < n; start += 400 + random.below(8000)) {
    const double hz = random.uniform(150, 5000), decay = std::exp(-1 / random.uniform(40, 1200));
    const double noisiness = random.uniform(), level = std::pow(random.uniform(), 2);
    double envelope = level;
    for (int32_t i = start; i < n && envelope > 0.001; ++i, envelope *= decay) {
      const double ring = std::sin(kTwoPi * hz * (i - start) / kSampleRateHz);
      samples[static_cast<size_t>(i)] +=
          static_cast<float>(envelope * (ring * (1 - noisiness) + noisiness * random.normal()));
    }
  }
  return samples;
}

/// Beeps, music, birds: harmonic sounds of changing pitch.
Samples tones(int32_t n, Random& random) {
  Samples samples(static_cast<size_t>(n));
  for (int32_t start = 0; start < n; start += 1000 + random.below(9000)) {
    const int32_t length = std::min(n - start, 1000 + random.below(12000));
    const double hz = 80 * std::pow(2, random.uniform(0, 5)), glide = random.uniform(-0.3, 0.3);
    const double level = random.uniform(0.1, 1), roll_off = random.uniform(0.5, 3);
    double phase = 0;
    for (int32_t i = 0; i < length; ++i) {
      const double at = static_cast<double>(i) / length;
      phase += kTwoPi * hz * (1 + glide * at) / kSampleRateHz;
      double sum = 0;
      for (int harmonic = 1; harmonic <= 6 && harmonic * hz < 7000; ++harmonic)
        sum += std::sin(harmonic * phase) / std::pow(harmonic, roll_off);
      samples[static_cast<size_t>(start + i)] +=
          static_cast<float>(level * sum * std::min(1.0, 8 * at) * (1 - at));
    }
  }
  return samples;
}

const std::map<std::string, Samples (*)(int32_t, Random&)> makers = {
    {"white", white}, {"pink", pink}, {"brown", brown},   {"hum", hum},
    {"fan", fan},     {"wind", wind}, {"rattle", rattle}, {"tones", tones}};

}  // namespace

const std::vector<std::string>& noise_kinds() {
  static const std::vector<std::string> kinds = [] {
    std::vector<std::string> names;
    for (const auto& [name, maker] : makers) names.push_back(name);
    return names;
  }();
  return kinds;
}

std::vector<int16_t> make_noise(const std::string& kind, int32_t n_samples, Random random) {
  const auto maker = makers.find(kind);
  if (maker == makers.end())
    throw Error(fmt::format("there is no noise '{}', want one of: {}", kind, fmt::join(noise_kinds(), ", ")));
  return normalized(maker->second(n_samples, random), 0.5f);
}

std::vector<int16_t> normalized(const std::vector<float>& samples, float peak) {
  float highest = 1e-9f;
  for (const float sample : samples) highest = std::max(highest, std::abs(sample));
  std::vector<int16_t> result;
  result.reserve(samples.size());
  for (const float sample : samples)
    result.push_back(static_cast<int16_t>(std::lround(sample / highest * peak * 32767)));
  return result;
}

}  // namespace inkling::host
