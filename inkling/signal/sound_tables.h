// The tables of the sound front end, made from its settings by the compiler.
//
// Made while compiling and not at start-up, because that costs least: 2.6 KB of flash for micro_speech and no
// RAM. Making them on the device would take as much RAM and about as much flash for logarithms and powers,
// and the numbers would depend on the device's arithmetic. So every board carries the very same numbers.
//
// Where the reference's library rounds to float on its way, so does this: its tables come out to the last
// bit, save for two of the 236 filter weights, off by one because its logarithm was not the nearest float.
//
// Tables made elsewhere (those inside a model) are given as a SoundTables just as well.
#pragma once
#include <stdint.h>

#include "inkling/core/span.h"
#include "inkling/signal/bits.h"
#include "inkling/signal/filter_bank.h"
#include "inkling/signal/noise_reduction.h"
#include "inkling/signal/pcan.h"
#include "inkling/signal/sound_settings.h"
#include "inkling/signal/table_math.h"
#include "inkling/signal/window.h"

namespace inkling {

/// All that SoundFrontEnd needs to know. Refers to the tables, owns none.
struct SoundTables {
  int32_t window_samples = 0;
  int32_t hop_samples = 0;  ///< at most window_samples
  int32_t fft_size = 0;
  int32_t n_channels = 0;
  int32_t first_bin = 0;  ///< the bins that the filter bank reads: first_bin <= bin < end_bin
  int32_t end_bin = 0;
  Span<const int16_t> window;        ///< window_samples weights with kWindowBits fractional bits
  Span<const int16_t> quarter_sine;  ///< see real_fft
  FilterBank filter_bank;
  NoiseReduction noise_reduction;
  Span<const int16_t> pcan_gain;  ///< see apply_pcan; empty: no PCAN
  int32_t pcan_shift = 0;
  int32_t log_scale = 0;
  /// The square roots carry kFilterBits / 2 bits of the weights and lack the FFT's division by its size: the
  /// log corrects by this power of two.
  int32_t correction_bits = 0;
};

namespace sound {

/// O'Shaughnessy's mel scale: equal steps sound equally far apart.
constexpr float mel(float hz) {
  const float ratio = hz / 700.0f;
  return 1127.0f * static_cast<float>(table_math::log(1.0 + ratio));
}

/// The mel frequency of corner `i`: -1 is the lower end of channel 0, then the centre of each channel,
/// n_channels is the upper end of the last one.
constexpr float corner_mel(const SoundSettings& s, int32_t i) {
  const float lowest = mel(s.lower_hz);
  const float step = (mel(s.upper_hz) - lowest) / static_cast<float>(s.n_channels + 1);
  return lowest + step * static_cast<float>(i + 1);
}

/// The mel frequency of a bin of the spectrum.
constexpr float bin_mel(const SoundSettings& s, int32_t bin) {
  return mel(static_cast<float>(bin) * s.bin_hz());
}

/// The first frequency above the lower limit; never DC.
constexpr int32_t first_bin(const SoundSettings& s) {
  return static_cast<int32_t>(1.5f + s.lower_hz / s.bin_hz());
}

/// The first bin above corner i.
constexpr int32_t bin_above(const SoundSettings& s, int32_t i) {
  const float corner = corner_mel(s, i);
  int32_t bin = first_bin(s);
  while (bin_mel(s, bin) <= corner) ++bin;
  return bin;
}

constexpr int32_t n_weights(const SoundSettings& s) {
  return bin_above(s, s.n_channels) - first_bin(s);
}

constexpr int32_t correction_bits(const SoundSettings& s) {
  return bit_width(static_cast<uint32_t>(s.fft_size())) - 1 - kFilterBits / 2;
}

constexpr int16_t rounded(double value) {
  return static_cast<int16_t>(value < 0 ? -static_cast<int32_t>(0.5 - value)
                                        : static_cast<int32_t>(value + 0.5));
}

/// The gain (offset + noise)^-strength for an estimate with smoothing_bits - correction_bits fractional bits.
constexpr int32_t gain(const SoundSettings& s, uint32_t noise) {
  const int32_t fraction_bits = s.smoothing_bits - correction_bits(s);
  const float level = static_cast<float>(noise) / static_cast<float>(1 << fraction_bits) + s.pcan_offset;
  const auto power = static_cast<float>(table_math::exp(-s.pcan_strength * table_math::log(level)));
  const float value = static_cast<float>(1 << s.pcan_gain_bits) * power;
  return value > INT16_MAX ? INT16_MAX : rounded(value);
}

/// The tables themselves, for micro_speech 480, 129, 40 and 236 elements wide.
template <int32_t window_size, int32_t sine_size, int32_t n_channels, int32_t n_weights>
struct Arrays {
  int16_t window[window_size] = {};
  int16_t quarter_sine[sine_size] = {};
  int16_t frequency_starts[n_channels + 1] = {};
  int16_t weight_starts[n_channels + 1] = {};
  int16_t widths[n_channels + 1] = {};
  int16_t weights[n_weights] = {};
  int16_t unweights[n_weights] = {};
  int16_t pcan_gain[kPcanGainSize] = {};

  explicit constexpr Arrays(const SoundSettings& s) {
    fill_window(s);
    fill_sine();
    fill_filter_bank(s);
    fill_gain(s);
  }

  /// Hann: 1/2 - 1/2 cos(angle) at the middle of each sample; cos(angle) = 1 - 2 sin^2(angle / 2).
  constexpr void fill_window(const SoundSettings& s) {
    const int32_t size = s.window_samples();
    const auto step = static_cast<float>(2 * table_math::kPi / size);
    for (int32_t i = 0; i < size; ++i) {
      const double half_angle = step * (static_cast<float>(i) + 0.5f) / 2.0;
      const double sine = table_math::sin_quarter(i < size / 2 ? half_angle : table_math::kPi - half_angle);
      const auto cosine = static_cast<float>(1 - 2 * sine * sine);
      window[i] = rounded((0.5f - 0.5f * cosine) * (1 << kWindowBits));
    }
  }

  constexpr void fill_sine() {
    for (int32_t i = 0; i < sine_size; ++i)
      quarter_sine[i] =
          rounded(INT16_MAX * table_math::sin_quarter(table_math::kPi / 2 / (sine_size - 1) * i));
  }

  constexpr void fill_filter_bank(const SoundSettings& s) {
    int32_t bin = first_bin(s);
    for (int32_t i = 0; i <= s.n_channels; ++i) {
      const float below = corner_mel(s, i - 1);
      const float above = corner_mel(s, i);
      const int32_t end = bin_above(s, i);
      frequency_starts[i] = static_cast<int16_t>(bin);
      weight_starts[i] = static_cast<int16_t>(bin - first_bin(s));
      widths[i] = static_cast<int16_t>(end - bin);
      for (; bin < end; ++bin) {
        const float weight = (above - bin_mel(s, bin)) / (above - below);
        weights[bin - first_bin(s)] = rounded(weight * (1 << kFilterBits));
        unweights[bin - first_bin(s)] = rounded((1.0 - weight) * (1 << kFilterBits));
      }
    }
  }

  /// A parabola through the ends and the middle of each power of two, see pcan_gain.
  constexpr void fill_gain(const SoundSettings& s) {
    pcan_gain[0] = static_cast<int16_t>(gain(s, 0));
    pcan_gain[1] = static_cast<int16_t>(gain(s, 1));
    for (int32_t bits = 2; bits <= 32; ++bits) {
      const uint32_t start = 1u << (bits - 1);
      const uint32_t end = bits == 32 ? UINT32_MAX : 2 * start;
      const int32_t value = gain(s, start);
      const int32_t to_middle = gain(s, start + start / 2) - value;
      const int32_t to_end = gain(s, end) - value;
      pcan_gain[4 * bits - 6] = static_cast<int16_t>(value);
      pcan_gain[4 * bits - 5] = static_cast<int16_t>(4 * to_middle - to_end);
      pcan_gain[4 * bits - 4] = static_cast<int16_t>(2 * to_end - 4 * to_middle);
    }
  }
};

/// A fraction with 14 fractional bits, cut off as in the reference.
constexpr uint32_t q14(float value) {
  return static_cast<uint32_t>(value * (1 << 14));
}

constexpr NoiseReduction noise_reduction(const SoundSettings& s) {
  NoiseReduction result;
  result.even_smoothing_q = q14(s.even_smoothing);
  result.even_one_minus_smoothing_q = (1 << 14) - q14(s.even_smoothing);
  result.odd_smoothing_q = q14(s.odd_smoothing);
  result.odd_one_minus_smoothing_q = (1 << 14) - q14(s.odd_smoothing);
  result.min_signal_remaining_q = q14(s.min_signal_remaining);
  result.smoothing_bits = s.smoothing_bits;
  return result;
}

template <const SoundSettings& s>
inline constexpr Arrays<s.window_samples(), s.fft_size() / 4 + 1, s.n_channels, n_weights(s)> arrays{s};

template <const SoundSettings& s>
constexpr SoundTables make_tables() {
  const auto& a = arrays<s>;
  SoundTables t;
  t.window_samples = s.window_samples();
  t.hop_samples = s.hop_samples();
  t.fft_size = s.fft_size();
  t.n_channels = s.n_channels;
  t.first_bin = first_bin(s);
  t.end_bin = bin_above(s, s.n_channels);
  t.window = a.window;
  t.quarter_sine = a.quarter_sine;
  t.filter_bank = {a.frequency_starts, a.weight_starts, a.widths, a.weights, a.unweights};
  t.noise_reduction = noise_reduction(s);
  if (s.with_pcan) t.pcan_gain = a.pcan_gain;
  t.pcan_shift = s.pcan_gain_bits - correction_bits(s) - kPcanRatioBits;
  t.log_scale = s.log_scale;
  t.correction_bits = correction_bits(s);
  return t;
}

}  // namespace sound

/// The tables for settings known while compiling: sound_tables<micro_speech_settings>, or
/// `constexpr SoundSettings mine{...};` at namespace scope and sound_tables<mine>.
template <const SoundSettings& settings>
inline constexpr SoundTables sound_tables = sound::make_tables<settings>();

}  // namespace inkling
