// Scenes: a word somewhere in a stretch of sound, heard by the very front end of the device, cut into windows
// with labels. A stretch and not the clip alone, because the front end adapts to what it heard before. Leaves
// out learning.
#pragma once
#include <cstdint>
#include <vector>

#include "host/data/augment.h"
#include "host/data/random.h"
#include "host/data/word_dataset.h"

namespace inkling::host {

/// What a model of words looks at: rows of features, a second of sound.
constexpr int32_t kWindowRows = 49;
constexpr int32_t kRowFeatures = 40;
constexpr int32_t kWindowFeatures = kWindowRows * kRowFeatures;

/// Windows and what they are labelled: example `i` is at features[i * kWindowFeatures].
struct Examples {
  std::vector<int8_t> features;
  std::vector<int32_t> labels;

  int64_t size() const { return static_cast<int64_t>(labels.size()); }
  void append(const Examples& more);
};

/// How much else than a recording its scenes may sound.
struct Variety {
  double speed = 0.25;         ///< faster or slower by this share, like a tape
  double tilt_db = 6;          ///< two tilts of the spectrum, up to so much each
  double old_recorders = 0.3;  ///< the share that has nothing above 4 kHz
};
/// For the voice and the microphone that will be used.
constexpr Variety kSameVoice{0.1, 3, 0};

/// The rows of features of a sound, kRowFeatures each, from a front end that has heard nothing before.
std::vector<int8_t> feature_rows(const std::vector<int16_t>& samples);

/// Scenes from the clips of a part, each clip in `n_scenes` of them (at other speeds, in other rooms and
/// noises), and scenes of noise alone. A window that shows most of a word gets the word's label, one that
/// shows next to nothing of it is silence; what is in between is in no window. Throws an
/// Error if a file cannot be read.
Examples make_examples(const WordDataset& dataset, Part part, int32_t n_scenes, Random random,
                       const Variety& variety = {});

}  // namespace inkling::host
