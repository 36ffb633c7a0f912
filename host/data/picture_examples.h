// Pictures of classes as the int8 inputs of a model: as they are, and as they might have been taken. Leaves
// out learning.
#pragma once
#include <cstdint>
#include <vector>

#include "host/data/class_dataset.h"
#include "host/data/picture.h"
#include "host/data/scenes.h"
#include "host/quantize/quantize.h"

namespace inkling::host {

constexpr int32_t kPictureSize = 96;
/// What the inputs stand for.
constexpr Quantization kPictureQuantization{1.0f / 128, 0};

/// Pixels less 128: -1 is black, 1 white (nearly) in steps of 1/128.
std::vector<int8_t> picture_input(const Picture& small);

/// The inputs of the pictures: their middle squares (n_variants 0), or for each so many variants: a part of
/// at least three quarters of it, perhaps mirrored, brighter or darker, with more or less contrast and with
/// noise. What cannot be read is skipped.
Examples picture_examples(const std::vector<ClassItem>& items, int32_t n_channels, int32_t n_variants,
                          bool mirrored, Random random, Skipped& skipped);

}  // namespace inkling::host
