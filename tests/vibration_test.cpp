// Tests of the front ends for machines, inkling/signal: vibration, the summary of rows, standardized
// features.
#include "inkling/signal/vibration.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "host/data/hash.h"
#include "host/data/random.h"
#include "inkling/signal/row_summary.h"
#include "inkling/signal/standardize.h"

namespace inkling {
namespace {

using Samples = std::vector<int16_t>;

template <class T>
Span<T> span(std::vector<T>& values) {
  return {values.data(), static_cast<int32_t>(values.size())};
}
template <class T>
Span<const T> span(const std::vector<T>& values) {
  return {values.data(), static_cast<int32_t>(values.size())};
}

Samples features_of(const Samples& rows, int32_t n_channels) {
  const int32_t n_rows = static_cast<int32_t>(rows.size()) / n_channels;
  std::vector<uint32_t> memory(static_cast<size_t>(vibration_memory_words(n_rows)));
  Samples features(static_cast<size_t>(n_channels * kVibrationFeatures));
  EXPECT_TRUE(vibration_features(span(rows), n_channels, span(memory), span(features)));
  return features;
}

// 200 samples of a sine, `cycles` to a spectrum of 256.
Samples sine(double cycles, double amplitude, double mean) {
  Samples samples;
  for (int32_t i = 0; i < 200; ++i)
    samples.push_back(static_cast<int16_t>(
        std::lround(mean + amplitude * std::sin(2 * 3.141592653589793 * cycles * i / 256))));
  return samples;
}

TEST(Vibration, SaysLevelAndStrength) {
  for (const double mean : {-5000.0, -1.0, 0.0, 7777.0}) {
    const Samples features = features_of(sine(25.6 * 2, 1000, mean), 1);
    EXPECT_NEAR(features[0], mean, 1);
    EXPECT_NEAR(features[1], 256 * std::log(256 * 1000 / std::sqrt(2.0)), 3) << mean;
  }
}

TEST(Vibration, FindsTheBandOfATone) {
  for (int32_t band = 0; band < kVibrationBands; ++band) {
    const Samples features = features_of(sine(16 * band + 8, 3000, 100), 1);
    for (int32_t other = 0; other < kVibrationBands; ++other)
      if (other != band) {
        EXPECT_GT(features[static_cast<size_t>(2 + band)], features[static_cast<size_t>(2 + other)] + 256);
      }
  }
}

// Welch's window, the discrete Fourier transform and the bands as they are defined.
TEST(Vibration, BandsAreTheDefinition) {
  host::Random random(3);
  Samples samples;
  for (int32_t i = 0; i < 200; ++i) samples.push_back(static_cast<int16_t>(2000 * random.normal()));
  const Samples features = features_of(samples, 1);
  double energy[kVibrationBands] = {};
  for (int32_t bin = 1; bin <= 128; ++bin) {
    double re = 0, im = 0;
    for (int32_t i = 0; i < 200; ++i) {
      const double place = (2 * i + 1 - 200) / 200.0, angle = 2 * 3.141592653589793 * bin * i / 256;
      const double value = (samples[static_cast<size_t>(i)] - features[0]) * (1 - place * place);
      re += value * std::cos(angle) / 256;
      im += value * std::sin(angle) / 256;
    }
    energy[(bin - 1) / 16] += re * re + im * im;
  }
  for (int32_t band = 0; band < kVibrationBands; ++band)
    EXPECT_NEAR(features[static_cast<size_t>(2 + band)], 256 * std::log(256 * std::sqrt(energy[band])), 6)
        << band;
}

TEST(Vibration, TwiceAsStrongIsAStepMoreEverywhere) {
  const Samples once = features_of(sine(50, 1000, 0), 1), twice = features_of(sine(50, 2000, 0), 1);
  EXPECT_NEAR(twice[1] - once[1], 256 * std::log(2), 2);
  EXPECT_NEAR(twice[2 + 3] - once[2 + 3], 256 * std::log(2), 2);
}

TEST(Vibration, ChannelsAreIndependent) {
  const Samples a = sine(20, 500, 3), b = sine(90, 8000, -3000);
  Samples both;
  for (size_t i = 0; i < a.size(); ++i) both.insert(both.end(), {a[i], b[i]});
  Samples expected = features_of(a, 1);
  const Samples second = features_of(b, 1);
  expected.insert(expected.end(), second.begin(), second.end());
  EXPECT_EQ(features_of(both, 2), expected);
}

TEST(Vibration, ExtremesDoNoHarm) {
  for (const size_t n_rows : {16u, 17u, 200u, 1023u, 1024u}) {
    Samples loudest, silent(n_rows);
    for (size_t i = 0; i < n_rows; ++i) loudest.push_back(i % 2 ? INT16_MAX : INT16_MIN);
    EXPECT_GT(features_of(loudest, 1)[1], 256 * std::log(256 * 30000.0));
    EXPECT_EQ(features_of(silent, 1)[1], 0);
    EXPECT_EQ(features_of(Samples(n_rows, INT16_MIN), 1)[0], INT16_MIN);
  }
}

TEST(Vibration, RefusesWindowsThatDoNotFit) {
  Samples rows(200), features(30);
  std::vector<uint32_t> memory(static_cast<size_t>(vibration_memory_words(200)));
  const auto fits = [&](size_t n_samples, int32_t n_channels) {
    rows.resize(n_samples);
    return vibration_features(span(rows), n_channels, span(memory), span(features));
  };
  EXPECT_TRUE(fits(200, 1));
  EXPECT_FALSE(fits(200, 3));
  EXPECT_FALSE(fits(200, 0));
  EXPECT_FALSE(fits(15, 1));
  EXPECT_FALSE(fits(1025, 1));
  EXPECT_FALSE(fits(400, 1)) << "too little memory";
  features.resize(9);
  EXPECT_FALSE(fits(200, 1)) << "no room for the features";
}

// The very numbers, as integers have one way to come out.
TEST(Vibration, IsTheSameOnEveryMachine) {
  host::Random random(1);
  Samples rows;
  for (int32_t i = 0; i < 3 * 200; ++i)
    rows.push_back(static_cast<int16_t>(static_cast<int32_t>(random.bits() % 20001) - 10000));
  const Samples features = features_of(rows, 3);
  EXPECT_EQ(host::fnv1a32(reinterpret_cast<const uint8_t*>(features.data()), 2 * features.size()),
            3155054335u);
}

TEST(Standardize, CountsSixteenthsOfDeviations) {
  const Samples features = {100, 110, 90, 32767, -32768}, means = {100, 100, 100, 0, 0};
  const std::vector<int32_t> gains(5, kMaxGain / 20);  // a deviation of 20
  std::vector<int8_t> output(5);
  standardize(span(features), {span(means), span(gains)}, span(output));
  EXPECT_EQ(output, (std::vector<int8_t>{0, 8, -8, 127, -128}));
  const std::vector<int32_t> largest(5, kMaxGain);
  standardize(span(features), {span(means), span(largest)}, span(output));
  EXPECT_EQ(output, (std::vector<int8_t>{0, 127, -128, 127, -128}));
}

TEST(RowSummary, HasMeansAndChanges) {
  const std::vector<int8_t> rows = {-128, 10, 127, 10, -128, 13};  // three rows of two channels
  Samples features(4);
  summarize_rows(span(rows), 2, span(features));
  EXPECT_EQ(features, (Samples{16 * 255 / 3 - 16 * 128, 16 * 11, 16 * 255, 16 * 3 / 2}));
}

}  // namespace
}  // namespace inkling
