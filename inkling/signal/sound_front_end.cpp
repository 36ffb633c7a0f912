// The sound front end, see sound_front_end.h. Only puts the stages together; each has its own file.
#include "inkling/signal/sound_front_end.h"

#include "inkling/core/memory.h"
#include "inkling/signal/auto_scale.h"
#include "inkling/signal/energy.h"
#include "inkling/signal/fft.h"
#include "inkling/signal/log_scale.h"
#include "inkling/signal/square_root.h"

namespace inkling {

SoundFrontEnd::SoundFrontEnd(const SoundTables& tables, Span<uint64_t> memory) : tables_(tables) {
  const Layout layout(tables);
  has_memory_ = memory.size >= layout.n_words;
  frame_ = reinterpret_cast<int16_t*>(memory.data);
  spectrum_ = reinterpret_cast<uint32_t*>(memory.data + layout.spectrum);
  noise_ = reinterpret_cast<uint32_t*>(memory.data + layout.noise);
  overlap_ = reinterpret_cast<int16_t*>(memory.data + layout.overlap);
  features_ = reinterpret_cast<uint16_t*>(memory.data + layout.features);
  reset();
}

void SoundFrontEnd::reset() {
  n_samples_ = 0;
  if (!has_memory_) return;
  fill_bytes(noise_, 0, tables_.n_channels * 4);
  fill_bytes(features_, 0, tables_.n_channels * 2);
}

bool SoundFrontEnd::push(Span<const int16_t>& samples, Span<int8_t> row) {
  if (!has_memory_) {
    samples = {};
    return false;
  }
  const int32_t missing = tables_.window_samples - n_samples_;
  const int32_t taken = samples.size < missing ? samples.size : missing;
  copy_bytes(frame_ + n_samples_, samples.data, taken * 2);
  samples = {samples.data + taken, samples.size - taken};
  n_samples_ += taken;
  if (n_samples_ < tables_.window_samples) return false;

  n_samples_ = tables_.window_samples - tables_.hop_samples;
  copy_bytes(overlap_, frame_ + tables_.hop_samples, n_samples_ * 2);
  compute_features();
  copy_bytes(frame_, overlap_, n_samples_ * 2);
  features_to_int8(features_u16(), row);
  return true;
}

void SoundFrontEnd::compute_features() {
  const SoundTables& t = tables_;
  const Span<int16_t> frame(frame_, t.window_samples);
  apply_window(frame, t.window, kWindowBits, frame);
  const int32_t shift = headroom_bits(frame);
  scale_up(frame, shift, frame);

  const int32_t n_bins = t.fft_size / 2 + 1;
  const Span<ComplexInt16> spectrum(reinterpret_cast<ComplexInt16*>(spectrum_), n_bins);
  real_fft(frame, t.quarter_sine, t.fft_size, spectrum);
  spectrum_energy(spectrum, t.first_bin, t.end_bin, {spectrum_, n_bins});

  const Span<uint64_t> sums(reinterpret_cast<uint64_t*>(frame_), t.n_channels + 1);
  apply_filter_bank(t.filter_bank, {spectrum_, n_bins}, sums);
  const Span<uint32_t> channels(spectrum_, t.n_channels);
  apply_square_root({sums.data + 1, t.n_channels}, shift, channels);

  const Span<uint32_t> noise(noise_, t.n_channels);
  reduce_noise(t.noise_reduction, channels, noise, channels);
  if (t.pcan_gain.size > 0) apply_pcan(t.pcan_gain, t.pcan_shift, noise, channels);
  apply_log(channels, t.log_scale, t.correction_bits, {features_, t.n_channels});
}

}  // namespace inkling
