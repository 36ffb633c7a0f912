// The vibration front end, see vibration.h: 16 bits in, 64-bit sums, fixed-point FFT.
#include "inkling/signal/vibration.h"

#include "inkling/signal/auto_scale.h"
#include "inkling/signal/energy.h"
#include "inkling/signal/fft.h"
#include "inkling/signal/log_scale.h"
#include "inkling/signal/square_root.h"
#include "inkling/signal/table_math.h"

namespace inkling {
namespace {

struct QuarterSine {
  static constexpr int32_t kSize = kMaxVibrationRows / 4 + 1;
  int16_t values[kSize] = {};

  constexpr QuarterSine() {
    for (int32_t i = 0; i < kSize; ++i)
      values[i] = static_cast<int16_t>(
          INT16_MAX * table_math::sin_quarter(table_math::kPi / 2 / (kSize - 1) * i) + 0.5);
  }
};
constexpr QuarterSine kQuarterSine;

// 256 ln 2, rounded: a feature's steps for each doubling.
constexpr int16_t kLogOfTwo = 177;

/// 256 ln(256 sqrt(square)).
int16_t log_of_root(uint64_t square) {
  const uint32_t root = rounded_square_root(square << 16);  // squares are below 2^40
  uint16_t result = 0;
  apply_log({&root, 1}, kVibrationLogScale, 0, {&result, 1});
  return static_cast<int16_t>(result);
}

int16_t clamped(int32_t value) {
  return static_cast<int16_t>(value < INT16_MIN ? INT16_MIN : value > INT16_MAX ? INT16_MAX : value);
}

/// The mean of a channel, rounded.
int16_t mean_of(Span<const int16_t> rows, int32_t n_channels, int32_t channel) {
  const int32_t n_rows = rows.size / n_channels;
  int32_t sum = n_rows / 2;
  for (int32_t i = 0; i < n_rows; ++i) sum += rows[i * n_channels + channel];
  const int32_t mean = sum / n_rows;
  return static_cast<int16_t>(mean * n_rows > sum ? mean - 1 : mean);
}

/// frame[i] *= 1 - ((2 i + 1 - n) / n)^2.
void apply_welch(Span<int16_t> frame) {
  constexpr int32_t kBits = 12;
  const int32_t n = frame.size;
  for (int32_t i = 0; i < n; ++i) {
    const int32_t off = 2 * i + 1 - n;
    const int32_t weight = (1 << kBits) - static_cast<int32_t>(static_cast<uint32_t>(off * off) * 1024u /
                                                               static_cast<uint32_t>(n * n) * 4u);
    frame[i] = static_cast<int16_t>((frame[i] * weight) >> kBits);
  }
}

void spectrum_features(Span<int16_t> frame, Span<uint32_t> spectrum, int16_t* features) {
  apply_welch(frame);
  const int32_t shift = headroom_bits(frame);
  scale_up(frame, shift, frame);
  const int32_t half = spectrum.size - 1;
  const Span<ComplexInt16> bins(reinterpret_cast<ComplexInt16*>(spectrum.data), spectrum.size);
  real_fft(frame, kQuarterSine.values, 2 * half, bins);
  spectrum_energy(bins, 1, half + 1, spectrum);
  for (int32_t band = 0; band < kVibrationBands; ++band) {
    uint64_t sum = 0;
    for (int32_t i = band * half / kVibrationBands; i < (band + 1) * half / kVibrationBands; ++i)
      sum += spectrum[i + 1];
    features[band] = static_cast<int16_t>(log_of_root(sum) - shift * kLogOfTwo);
  }
}

}  // namespace

bool vibration_features(Span<const int16_t> rows, int32_t n_channels, Span<uint32_t> memory,
                        Span<int16_t> features) {
  if (n_channels < 1 || rows.size % n_channels != 0) return false;
  const int32_t n_rows = rows.size / n_channels;
  if (n_rows < kMinVibrationRows || n_rows > kMaxVibrationRows ||
      memory.size < vibration_memory_words(n_rows) || features.size < n_channels * kVibrationFeatures)
    return false;
  const int32_t n_frame_words = (n_rows + 1) / 2;
  const Span<int16_t> frame(reinterpret_cast<int16_t*>(memory.data), n_rows);
  const Span<uint32_t> spectrum(memory.data + n_frame_words, vibration_fft_size(n_rows) / 2 + 1);
  for (int32_t channel = 0; channel < n_channels; ++channel) {
    int16_t* own = features.data + channel * kVibrationFeatures;
    own[0] = mean_of(rows, n_channels, channel);
    uint64_t squares = 0;
    for (int32_t i = 0; i < n_rows; ++i) {
      frame[i] = clamped(rows[i * n_channels + channel] - own[0]);
      squares += static_cast<uint32_t>(frame[i] * frame[i]);
    }
    own[1] = log_of_root(squares / static_cast<uint32_t>(n_rows));
    spectrum_features(frame, spectrum, own + 2);
  }
  return true;
}

}  // namespace inkling
