// The voices of the speech synthesizers on this machine, and what they say. Leaves out datasets.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "host/data/random.h"

namespace inkling::host {

/// Voices that speak a language: espeak-ng's accents times its timbres, and flite's for English.
class Voices {
 public:
  /// Throws an Error when espeak-ng is missing or does not speak the language; flite may be missing.
  explicit Voices(const std::string& language);

  /// A way to speak: a voice, its speed, pitch and intonation.
  struct Manner {
    std::string speaker;  ///< the timbre: what makes a voice another person's
    std::vector<std::string> command;
    std::string ending;  ///< the punctuation that gives the intonation
  };
  Manner any(Random& random) const;

  /// Speaks into `scratch` (a file that is written and removed) and returns the samples at 16 kHz.
  static std::vector<int16_t> speak(const Manner& manner, const std::string& text,
                                    const std::filesystem::path& scratch);

  /// How a word sounds, in espeak-ng's phonemes without stress.
  std::string phonemes(const std::string& word) const;

 private:
  Manner espeak(Random& random) const;
  Manner flite(Random& random) const;

  std::string language_;
  std::vector<std::string> accents_;
  std::vector<std::string> timbres_;
  std::vector<std::string> flite_;
};

}  // namespace inkling::host
