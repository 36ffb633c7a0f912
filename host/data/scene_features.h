// What the device's front end makes of sounds that are no speech. Leaves out words: scenes.h.
#pragma once
#include <cstdint>
#include <vector>

namespace inkling::host {

constexpr int32_t kSceneChannels = 40;
constexpr int32_t kSceneHopSamples = 320;

/// The rows of features of a sound at 16 kHz, kSceneChannels each.
std::vector<int8_t> scene_rows(const std::vector<int16_t>& samples);

}  // namespace inkling::host
