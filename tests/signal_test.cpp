// Tests of inkling/signal on self-made data: each stage against its definition, the front end by its
// properties. Leaves out the recordings of the reference: signal_conformance_test.cpp.
#include "tests/signal_test.h"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <cstdint>
#include <random>
#include <vector>

#include "inkling/signal/auto_scale.h"
#include "inkling/signal/energy.h"
#include "inkling/signal/fft.h"
#include "inkling/signal/log_scale.h"
#include "inkling/signal/noise_reduction.h"
#include "inkling/signal/pcan.h"
#include "inkling/signal/sound_front_end.h"
#include "inkling/signal/square_root.h"
#include "inkling/signal/window.h"

namespace inkling {
namespace {

constexpr double kPi = 3.14159265358979323846;

std::vector<int16_t> quarter_sine(int circle) {
  std::vector<int16_t> sine(static_cast<size_t>(circle) / 4 + 1);
  for (size_t i = 0; i < sine.size(); ++i)
    sine[i] = static_cast<int16_t>(std::lround(32767 * std::sin(2 * kPi * static_cast<double>(i) / circle)));
  return sine;
}

TEST(Tables, FollowTheirDefinitions) {
  ASSERT_EQ(kTables.window.size, 480);
  for (int32_t i = 0; i < 480; ++i) {
    EXPECT_NEAR(kTables.window[i], 4096 * (0.5 - 0.5 * std::cos(2 * kPi * (i + 0.5) / 480)), 0.5001);
    if (i > 0 && i < 240) {
      EXPECT_GE(kTables.window[i], kTables.window[i - 1]);
    }
  }
  ASSERT_EQ(kTables.quarter_sine.size, 129);
  for (int32_t i = 0; i <= 128; ++i)
    EXPECT_EQ(kTables.quarter_sine[i], std::floor(0.5 + 32767 * std::sin(i * kPi / 256)));
  int32_t next_bin = kTables.first_bin;
  for (int32_t c = 0; c <= 40; ++c) {
    EXPECT_EQ(kTables.filter_bank.frequency_starts[c], next_bin);
    next_bin += kTables.filter_bank.widths[c];
  }
  EXPECT_EQ(next_bin, kTables.end_bin);
  for (int32_t i = 0; i < kTables.filter_bank.weights.size; ++i)
    EXPECT_EQ(kTables.filter_bank.weights[i] + kTables.filter_bank.unweights[i], 4096);
  int32_t previous = INT16_MAX;
  for (uint32_t noise = 1; noise < (1u << 31); noise += 1 + noise / 3) {
    const int32_t gain = pcan_gain(kTables.pcan_gain, noise);
    EXPECT_NEAR(gain, std::pow(noise / 128.0 + 80, -0.95) * (1 << 21), 0.03 * gain + 2) << noise;
    EXPECT_LE(gain, previous + 1) << noise;
    previous = gain;
  }
}

constexpr SoundSettings kOther{8000, 32, 16, 20, 60, 3800, 10, 0.025f, 0.06f, 0.05f, false};

TEST(Tables, OfOtherSettingsWork) {
  constexpr const SoundTables& t = sound_tables<kOther>;
  static_assert(t.fft_size == 256 && t.window_samples == 256 && t.hop_samples == 128);
  uint64_t memory[SoundFrontEnd::memory_words(t)];
  SoundFrontEnd front_end(t, memory);
  std::vector<int16_t> tone(8000);
  for (size_t i = 0; i < tone.size(); ++i)
    tone[i] = static_cast<int16_t>(8000 * std::sin(2 * kPi * 1000 * static_cast<double>(i) / 8000));
  std::vector<uint16_t> rows;
  rows_of(front_end, tone, 20, 128, &rows);
  ASSERT_EQ(rows.size(), 61u * 20);
  int32_t loudest = 0;
  for (int32_t c = 0; c < 20; ++c)
    if (rows[static_cast<size_t>(c)] > rows[static_cast<size_t>(loudest)]) loudest = c;
  // The loudest channel is the one whose triangle has its corner closest to 1000 Hz.
  const double mel = 1127 * std::log1p(1000 / 700.0);
  EXPECT_NEAR(sound::corner_mel(kOther, loudest), mel,
              sound::corner_mel(kOther, 1) - sound::corner_mel(kOther, 0));
}

class Fft : public testing::TestWithParam<int> {};

TEST_P(Fft, IsTheDefinitionWithinItsRounding) {
  const int n = GetParam();
  std::mt19937 random(static_cast<unsigned>(n));
  std::uniform_int_distribution<int> amplitude(-20000, 20000);
  std::vector<int16_t> samples(static_cast<size_t>(n));
  for (int16_t& sample : samples) sample = static_cast<int16_t>(amplitude(random));
  const auto sine = quarter_sine(n);
  std::vector<ComplexInt16> spectrum(static_cast<size_t>(n) / 2 + 1);
  real_fft(span(samples), span(sine), n, span(spectrum));
  for (int k = 0; k <= n / 2; ++k) {
    std::complex<double> sum = 0;
    for (int i = 0; i < n; ++i)
      sum += std::polar(static_cast<double>(samples[static_cast<size_t>(i)]), -2 * kPi * k * i / n);
    EXPECT_NEAR(spectrum[static_cast<size_t>(k)].re, sum.real() / n, 4) << k;
    EXPECT_NEAR(spectrum[static_cast<size_t>(k)].im, sum.imag() / n, 4) << k;
  }
}

TEST_P(Fft, TakesItsTwiddlesFromAnyLargerTable) {
  const int n = GetParam();
  std::vector<int16_t> samples(static_cast<size_t>(n));
  for (size_t i = 0; i < samples.size(); ++i) samples[i] = static_cast<int16_t>(i * i * 7919);
  std::vector<ComplexInt16> a(static_cast<size_t>(n) / 2 + 1), b(a.size());
  real_fft(span(samples), span(quarter_sine(n)), n, span(a));
  real_fft(span(samples), span(quarter_sine(4 * n)), n, span(b));
  for (size_t i = 0; i < a.size(); ++i) EXPECT_TRUE(a[i].re == b[i].re && a[i].im == b[i].im) << i;
}

TEST_P(Fft, CountsMissingSamplesAsZero) {
  const int n = GetParam();
  const auto sine = quarter_sine(n);
  std::vector<int16_t> part(static_cast<size_t>(n) / 2 + 1, 9999);
  std::vector<int16_t> whole = part;
  whole.resize(static_cast<size_t>(n));
  std::vector<ComplexInt16> a(static_cast<size_t>(n) / 2 + 1), b(a.size());
  real_fft(span(part), span(sine), n, span(a));
  real_fft(span(whole), span(sine), n, span(b));
  for (size_t i = 0; i < a.size(); ++i) EXPECT_TRUE(a[i].re == b[i].re && a[i].im == b[i].im) << i;
}
INSTANTIATE_TEST_SUITE_P(Sizes, Fft, testing::Values(8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096));

/// The definition: bit by bit, then rounded, and never above 65535 for 32-bit numbers.
uint32_t naive_root(uint64_t value) {
  uint64_t root = 0;
  for (uint64_t bit = 1ull << 31; bit > 0; bit >>= 1)
    if ((root + bit) * (root + bit) <= value) root += bit;
  const uint64_t largest = value < (1ull << 32) ? 65535 : UINT32_MAX;
  return static_cast<uint32_t>(value - root * root > root && root < largest ? root + 1 : root);
}

TEST(SquareRoot, IsRoundedToNearest) {
  for (uint64_t value = 0; value < 70000; ++value)
    ASSERT_EQ(rounded_square_root(value), naive_root(value)) << value;
  std::mt19937_64 random(1);
  for (int i = 0; i < 200000; ++i) {
    const uint64_t value = random() >> (i % 64);
    ASSERT_EQ(rounded_square_root(value), naive_root(value)) << value;
    const uint64_t root = value >> 32;  // squares, the halfway points between them, and their neighbours
    for (const uint64_t near : {root * root, root * root + root}) {
      for (uint64_t d = 0; d < 3; ++d) ASSERT_EQ(rounded_square_root(near + d - 1), naive_root(near + d - 1));
    }
  }
  EXPECT_EQ(rounded_square_root(UINT64_MAX), UINT32_MAX);
  EXPECT_EQ(rounded_square_root(UINT32_MAX), 65535u);
  EXPECT_EQ(rounded_square_root(UINT32_MAX + 1ull), 65536u);
}

TEST(Window, ClampsAndRoundsDown) {
  const std::vector<int16_t> input = {-32768, 32767, -1, 1, 100};
  const std::vector<int16_t> weights = {8192, 8192, 1, 4095, 2048};
  std::vector<int16_t> output(5);
  apply_window(span(input), span(weights), 12, span(output));
  EXPECT_EQ(output, (std::vector<int16_t>{-32768, 32767, -1, 0, 50}));
}

TEST(AutoScale, UsesTheHeadroom) {
  const auto bits = [](std::vector<int16_t> samples) { return headroom_bits(span(samples)); };
  EXPECT_EQ(bits({0, 0}), 15);
  EXPECT_EQ(bits({1, 0}), 14);
  EXPECT_EQ(bits({-3, 2}), 13);
  EXPECT_EQ(bits({16383, -16383}), 1);
  EXPECT_EQ(bits({16384, 5}), 0);
  EXPECT_EQ(bits({7, -32768}), 0);
  EXPECT_EQ(bits({-32768, 7}), 12);  // the quirk
  std::vector<int16_t> samples = {-3, 2};
  scale_up(span(samples), 13, span(samples));
  EXPECT_EQ(samples, (std::vector<int16_t>{-24576, 16384}));
}

TEST(Energy, TouchesOnlyItsRange) {
  const std::vector<ComplexInt16> spectrum = {{1, 2}, {-32768, -32768}, {3, -4}, {5, 6}};
  std::vector<uint32_t> energy(4, 77);
  spectrum_energy(span(spectrum), 1, 3, span(energy));
  EXPECT_EQ(energy, (std::vector<uint32_t>{77, 0x80000000u, 25, 77}));
}

TEST(NoiseReduction, ForgetsASteadySoundDownToItsFloor) {
  std::vector<uint32_t> noise(2), output(2);
  for (int i = 0; i < 1000; ++i) {
    const std::vector<uint32_t> input = {10000, 10000};
    reduce_noise(kTables.noise_reduction, span(input), span(noise), span(output));
    if (i == 0) {
      EXPECT_NEAR(output[0], 10000 * (1 - 0.025), 2);
      EXPECT_NEAR(output[1], 10000 * (1 - 0.06), 2);
    }
  }
  EXPECT_EQ(output, (std::vector<uint32_t>{499, 499}));  // 819/16384 of 10000
}

TEST(NoiseReduction, ClampingDropsTheEstimateAtOnce) {
  NoiseReduction settings = kTables.noise_reduction;
  const std::vector<uint32_t> quiet = {4};
  std::vector<uint32_t> output(1);
  for (const bool clamping : {false, true}) {
    settings.clamping = clamping;
    std::vector<uint32_t> noise = {1000 << 10};
    reduce_noise(settings, span(quiet), span(noise), span(output));
    EXPECT_EQ(noise[0] == 4 << 10, clamping);
    EXPECT_EQ(output[0], 0u);
  }
}

TEST(Log, FollowsTheLogarithm) {
  std::vector<uint16_t> output(1);
  uint16_t previous = 0;
  for (uint32_t value = 0; value < (1u << 28); value += 1 + value / 50) {
    const std::vector<uint32_t> input = {value};
    apply_log(span(input), 64, 3, span(output));
    const double wanted = value == 0 ? 0 : 64 * std::log(value * 8.0);
    EXPECT_NEAR(output[0], wanted, 0.75) << value;
    EXPECT_GE(output[0], previous);
    previous = output[0];
  }
  const std::vector<uint32_t> input = {UINT32_MAX};
  apply_log(span(input), 2000, 0, span(output));
  EXPECT_EQ(output[0], INT16_MAX);
}

TEST(Features, FillEightBits) {
  const std::vector<uint16_t> features = {0, 1, 2, 333, 666, 1420, 65535};
  std::vector<int8_t> output(7);
  features_to_int8(span(features), span(output));
  EXPECT_EQ(output, (std::vector<int8_t>{-128, -128, -127, 0, 127, 127, 127}));
}

class FrontEnd : public testing::Test {
 protected:
  FrontEnd() {
    std::mt19937 random(5);
    std::normal_distribution<double> hiss(0, 300);
    for (size_t i = 0; i < sound_.size(); ++i) {
      const double t = static_cast<double>(i) / 16000;
      sound_[i] = static_cast<int16_t>(hiss(random) +
                                       5000 * std::sin(2 * kPi * (300 + 900 * t) * t) * (i % 4000 < 2000));
    }
  }
  uint64_t memory_[SoundFrontEnd::memory_words(kTables)];
  std::vector<int16_t> sound_ = std::vector<int16_t>(16000);
};

TEST_F(FrontEnd, GivesTheSameRowsForAnyChunks) {
  SoundFrontEnd front_end(kTables, memory_);
  const auto whole = rows_of(front_end, sound_, 40, 16000);
  EXPECT_EQ(whole.size(), 49u * 40);
  for (const int32_t chunk : {1, 7, 160, 319, 320, 321, 480, 1001}) {
    front_end.reset();
    EXPECT_EQ(rows_of(front_end, sound_, 40, chunk), whole) << chunk;
  }
}

TEST_F(FrontEnd, ResetForgetsEverything) {
  SoundFrontEnd front_end(kTables, memory_);
  const auto fresh = rows_of(front_end, sound_, 40, 320);
  EXPECT_NE(rows_of(front_end, sound_, 40, 320), fresh);  // it remembers the noise and 160 samples
  front_end.reset();
  EXPECT_EQ(rows_of(front_end, sound_, 40, 320), fresh);
}

TEST_F(FrontEnd, SeveralWorkSideBySide) {
  uint64_t other_memory[SoundFrontEnd::memory_words(kTables)];
  SoundFrontEnd front_end(kTables, memory_);
  SoundFrontEnd other(kTables, other_memory);
  const auto wanted = rows_of(front_end, sound_, 40, 320);
  front_end.reset();
  std::vector<int8_t> rows, row(40);
  const std::vector<int16_t> noise(320, 1234);
  for (int32_t start = 0; start < 16000; start += 320) {
    Span<const int16_t> samples(&sound_[static_cast<size_t>(start)], 320);
    while (front_end.push(samples, span(row))) rows.insert(rows.end(), row.begin(), row.end());
    Span<const int16_t> others = span(noise);
    std::vector<int8_t> other_row(40);
    while (other.push(others, span(other_row))) {
    }
  }
  EXPECT_EQ(rows, wanted);
}

TEST_F(FrontEnd, SilenceIsConstant) {
  SoundFrontEnd front_end(kTables, memory_);
  const auto rows = rows_of(front_end, std::vector<int16_t>(8000), 40, 320);
  EXPECT_EQ(rows, std::vector<int8_t>(24 * 40, -128));
}

TEST_F(FrontEnd, LoudestPossibleSoundDoesNoHarm) {
  SoundFrontEnd front_end(kTables, memory_);
  std::vector<int16_t> square(16000);
  for (size_t i = 0; i < square.size(); ++i) square[i] = i % 18 < 9 ? INT16_MAX : INT16_MIN;
  EXPECT_EQ(rows_of(front_end, square, 40, 320).size(), 49u * 40);
}

TEST_F(FrontEnd, UsesExactlyTheMemoryItAsksFor) {
  constexpr int32_t n_words = SoundFrontEnd::memory_words(kTables);
  EXPECT_LE(n_words * 8, 2560);
  std::vector<uint64_t> memory(n_words + 2, 0x5555555555555555);
  SoundFrontEnd front_end(kTables, {memory.data() + 1, n_words});
  EXPECT_EQ(rows_of(front_end, sound_, 40, 320).size(), 49u * 40);
  EXPECT_EQ(memory.front(), 0x5555555555555555u);
  EXPECT_EQ(memory.back(), 0x5555555555555555u);

  SoundFrontEnd starved(kTables, {memory.data() + 1, n_words - 1});
  EXPECT_TRUE(rows_of(starved, sound_, 40, 320).empty());
}

}  // namespace
}  // namespace inkling
