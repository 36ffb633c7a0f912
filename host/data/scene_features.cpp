// The front end with the settings for scenes.
#include "host/data/scene_features.h"

#include "inkling/signal/scene_settings.h"
#include "inkling/signal/sound_front_end.h"

namespace inkling::host {
namespace {

constexpr const SoundTables& kTables = sound_tables<scene_settings>;
static_assert(scene_settings.n_channels == kSceneChannels);
static_assert(scene_settings.hop_samples() == kSceneHopSamples);

}  // namespace

std::vector<int8_t> scene_rows(const std::vector<int16_t>& samples) {
  uint64_t memory[SoundFrontEnd::memory_words(kTables)];
  SoundFrontEnd front_end(kTables, memory);
  Span<const int16_t> rest{samples.data(), static_cast<int32_t>(samples.size())};
  std::vector<int8_t> rows;
  int8_t row[kSceneChannels];
  while (front_end.push(rest, row)) rows.insert(rows.end(), row, row + kSceneChannels);
  return rows;
}

}  // namespace inkling::host
