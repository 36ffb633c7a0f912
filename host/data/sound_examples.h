// Sounds of classes as windows of the device's features: as they are, and as they might have been. Leaves out
// words (scenes.h) and learning.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "host/data/class_dataset.h"
#include "host/data/scenes.h"

namespace inkling::host {

/// What a model of sounds looks at: two seconds of rows of features.
constexpr int32_t kSceneRows = 98;
/// Between the windows of a longer sound.
constexpr int32_t kSceneHopRows = 25;

/// The windows of a sound, every half second; one, filled up with silence, of a short one. Windows in which
/// next to nothing is heard are left out, unless all are such.
std::vector<std::vector<int8_t>> scene_windows(const std::vector<int16_t>& sound);

/// Windows of the sounds: all of them as they are (n_variants 0), or for each sound so many variants of two
/// loud seconds, at other speeds, levels and colours, mixed with another sound of its class, in other rooms,
/// with noise or a faint sound of another class behind. What cannot be read is skipped.
Examples sound_examples(const std::vector<ClassItem>& items, int32_t n_variants, Random random,
                        Skipped& skipped);

}  // namespace inkling::host
