// Makes a dataset of spoken words with speech synthesizers (the programs espeak-ng and flite), for those who
// have no recordings yet. Leaves out learning and what makes it robust: noise, rooms, distance (augment.h).
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace inkling::host {

struct SynthSettings {
  std::vector<std::string> words;
  std::vector<std::string> others;  ///< what the words must be told from; empty: common English words
  std::string language = "en";      ///< as espeak-ng names it; flite speaks English only
  int32_t n_per_word = 500;
  uint64_t seed = 1;
};

/// How many clips synthesize() will make: n_per_word of each word and three times as many of other words.
int64_t n_synth_clips(const SynthSettings& settings);

/// Fills a new folder with a dataset in the layout of Speech Commands: clips of a second at 16 kHz in
/// WORD/VOICE_nohash_NUMBER.wav and _unknown_/VOICE_nohash_OTHERWORD-NUMBER.wav, noises in
/// _background_noise_. Half of the others are those that sound most like the words; those that sound the
/// same, or begin with a word, are left out. Equal settings give equal datasets. Calls `on_clip` after each
/// clip, one at a time. Throws an Error if the folder exists, if there is no voice for the language, or a
/// word cannot be spoken within a second.
void synthesize(const SynthSettings& settings, const std::filesystem::path& folder,
                const std::function<void()>& on_clip);

}  // namespace inkling::host
