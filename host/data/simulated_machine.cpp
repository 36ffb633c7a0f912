// Motors, gears and blades as sums of sines, noise and knocks.
#include <algorithm>
#include <cmath>

#include "host/data/augment.h"
#include "host/data/noise.h"
#include "host/data/simulated.h"
#include "host/data/sound.h"

namespace inkling::host {
namespace {

constexpr int32_t kSamples = 2 * kSampleRateHz;
constexpr double kPi = 3.141592653589793;

/// A machine: a hum with overtones whose pitch wavers, a hiss, and knocks that ring.
struct Voice {
  double pitch_hz, waver, waver_hz;
  int32_t n_overtones;
  double falling;  ///< each overtone is so much weaker than the one before
  double tremble;  ///< how much the loudness goes up and down with every turn
  double turn_hz;
  double hiss, knock;  ///< of the hum's loudness
  double knocks_hz, ring_hz;
};

Voice servo(const std::string& state, Random& random) {
  const double turn = random.uniform(8, 20);
  Voice voice{random.uniform(350, 800), 0.01, random.uniform(0.5, 2), 8, 0.7, 0.1, turn, 0.25, 0, turn, 2500};
  if (state == "worn") {
    voice.waver = random.uniform(0.03, 0.08);
    voice.tremble = random.uniform(0.5, 0.9);
    voice.knock = random.uniform(1, 3);
    voice.ring_hz = random.uniform(1800, 4000);
  } else if (state == "jammed") {
    voice = {random.uniform(45, 60), 0, 1, 20, 0.85, 0.05, 50, 0.05, random.uniform(0, 0.3), 50, 1500};
  }
  return voice;
}

Voice fan(const std::string& state, Random& random) {
  const double turn = random.uniform(15, 40);
  const double blades = 5 + random.below(5);
  Voice voice{turn * blades, 0.003, random.uniform(0.2, 1), 4, 0.5, 0.1, turn, 1.2, 0, turn, 1200};
  if (state == "worn") {
    voice.tremble = random.uniform(0.4, 0.9);
    voice.knock = random.uniform(1, 4);
    voice.ring_hz = random.uniform(900, 3000);
    voice.waver = random.uniform(0.01, 0.03);
  } else if (state == "jammed") {
    voice = {100, 0, 1, 6, 0.6, 0.02, 100, 0.08, random.uniform(0.5, 2), random.uniform(1, 4), 600};
  }
  return voice;
}

Samples sound_of(const Voice& voice, Random& random) {
  Samples samples(kSamples);
  double phase = random.uniform(0, 2 * kPi), smooth = 0, since_knock = 0, next_knock = 0;
  for (size_t i = 0; i < samples.size(); ++i) {
    const double t = static_cast<double>(i) / kSampleRateHz;
    phase +=
        2 * kPi * voice.pitch_hz * (1 + voice.waver * std::sin(2 * kPi * voice.waver_hz * t)) / kSampleRateHz;
    double hum = 0, level = 1;
    for (int32_t k = 1; k <= voice.n_overtones && k * voice.pitch_hz < 7500; ++k, level *= voice.falling)
      hum += level * std::sin(k * phase);
    hum *= 1 + voice.tremble * std::sin(2 * kPi * voice.turn_hz * t);
    smooth += 0.4 * (random.normal() - smooth);
    if (since_knock >= next_knock) {
      since_knock = 0;
      next_knock = random.uniform(0.8, 1.2) / voice.knocks_hz;
    }
    const double knock = std::exp(-since_knock * 120) * std::sin(2 * kPi * voice.ring_hz * since_knock);
    since_knock += 1.0 / kSampleRateHz;
    samples[i] = static_cast<float>(hum + voice.hiss * smooth + voice.knock * knock);
  }
  return samples;
}

}  // namespace

const std::vector<std::string>& machine_states() {
  static const std::vector<std::string> states = {"jammed", "normal", "worn"};
  return states;
}

std::vector<int16_t> simulated_machine(const std::string& state, Random random) {
  const Voice voice = random.chance(0.5) ? servo(state, random) : fan(state, random);
  Samples samples = tilted(sound_of(voice, random), random.uniform(300, 3000), random.uniform(-6, 6),
                           random.uniform(-6, 6));
  samples = in_room(samples, random.uniform(0.1, 0.4), random.uniform(0, 0.5), random);
  samples.resize(kSamples);
  const Samples noise =
      to_float(make_noise(random.chance(0.5) ? "pink" : "brown", kSamples, random.child(1)));
  const auto gain =
      static_cast<float>(rms(samples) / rms(noise) * std::pow(10, -random.uniform(10, 30) / 20));
  for (size_t i = 0; i < samples.size(); ++i) samples[i] += gain * noise[i];
  return normalized(samples, static_cast<float>(std::pow(10, -random.uniform(3, 25) / 20)));
}

}  // namespace inkling::host
