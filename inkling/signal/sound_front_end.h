// The sound front end: a stream of samples in, one row of features per hop out. The same code trains and
// runs. Leaves out the microphone and the model.
#pragma once
#include <stdint.h>

#include "inkling/core/span.h"
#include "inkling/signal/sound_tables.h"

namespace inkling {

/// Window, auto scale, FFT, energy, mel filter bank, square root, noise reduction, PCAN, log: the chain of
/// TensorFlow's micro_speech, bit for bit. All its state is in the caller's memory; several work side by
/// side.
///
///     uint64_t memory[SoundFrontEnd::memory_words(tables)];
///     SoundFrontEnd front_end(tables, memory);
///     while (front_end.push(samples, row)) use(row);
class SoundFrontEnd {
 public:
  /// The 8-byte words of memory that a front end needs: 319 (2,552 bytes) for micro_speech.
  static constexpr int32_t memory_words(const SoundTables& tables) { return Layout(tables).n_words; }

  /// `tables` and `memory` must outlive the front end. With less memory than memory_words() says it never
  /// gives a row.
  SoundFrontEnd(const SoundTables& tables, Span<uint64_t> memory);

  /// Takes samples from the front of `samples`. Returns true when that completed a window: `row` then holds
  /// its n_channels features, and `samples` what has not been looked at yet. Returns false when all samples
  /// are taken and more are needed. So: call it until it says false. The first row comes after
  /// window_samples, each further one after hop_samples more.
  bool push(Span<const int16_t>& samples, Span<int8_t> row);

  /// The features of the last row before they were squeezed into 8 bits; valid until the next push.
  Span<const uint16_t> features_u16() const { return {features_, tables_.n_channels}; }

  /// Forgets all samples and the noise heard so far: as new.
  void reset();

 private:
  /// Where things are in the memory, in 8-byte words. Two areas are used twice:
  /// frame: the samples of the window; windowed and scaled in place; filter bank sums; features.
  /// spectrum: complex bins; energies in place; then the channels from square root to PCAN.
  struct Layout {
    int32_t spectrum, noise, overlap, features, n_words;
    explicit constexpr Layout(const SoundTables& t)
        : spectrum(larger(words(t.window_samples, 2), t.n_channels + 1)),
          noise(spectrum + words(larger(t.fft_size / 2 + 1, t.n_channels), 4)),
          overlap(noise + words(t.n_channels, 4)),
          features(overlap + words(t.window_samples - t.hop_samples, 2)),
          n_words(features + words(t.n_channels, 2)) {}
    static constexpr int32_t words(int32_t n, int32_t n_bytes_each) { return (n * n_bytes_each + 7) >> 3; }
    static constexpr int32_t larger(int32_t a, int32_t b) { return a > b ? a : b; }
  };

  void compute_features();

  const SoundTables& tables_;
  int16_t* frame_;
  uint32_t* spectrum_;
  uint32_t* noise_;
  int16_t* overlap_;
  uint16_t* features_;
  int32_t n_samples_ = 0;
  bool has_memory_;
};

}  // namespace inkling
