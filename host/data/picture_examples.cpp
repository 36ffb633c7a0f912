// Crops and light.
#include "host/data/picture_examples.h"

#include <algorithm>
#include <cmath>

#include "host/data/parallel.h"
#include "host/error.h"

namespace inkling::host {
namespace {

std::vector<int8_t> variant(const Picture& picture, int32_t n_channels, bool mirrored, Random& random) {
  const double whole = std::min(picture.width, picture.height), side = whole * random.uniform(0.75, 1);
  const Picture crop = square_of(picture, random.uniform(0, picture.width - side),
                                 random.uniform(0, picture.height - side), side, kPictureSize, n_channels);
  const bool mirror = mirrored && random.chance(0.5);
  const double contrast = std::exp(random.uniform(-0.4, 0.4)), brightness = random.uniform(-40, 40);
  const double noise = random.uniform(0, 6);
  std::vector<int8_t> input;
  for (int32_t y = 0; y < kPictureSize; ++y)
    for (int32_t x = 0; x < kPictureSize; ++x)
      for (int32_t c = 0; c < n_channels; ++c) {
        const int32_t from = (y * kPictureSize + (mirror ? kPictureSize - 1 - x : x)) * n_channels + c;
        const double value = (crop.pixels[static_cast<size_t>(from)] - 127.5) * contrast + brightness +
                             noise * random.normal();
        input.push_back(static_cast<int8_t>(std::clamp(std::lround(value - 0.5), -128l, 127l)));
      }
  return input;
}

}  // namespace

std::vector<int8_t> picture_input(const Picture& small) {
  std::vector<int8_t> input;
  for (const uint8_t pixel : small.pixels) input.push_back(static_cast<int8_t>(pixel - 128));
  return input;
}

Examples picture_examples(const std::vector<ClassItem>& items, int32_t n_channels, int32_t n_variants,
                          bool mirrored, Random random, Skipped& skipped) {
  std::vector<std::vector<std::vector<int8_t>>> inputs(items.size());
  std::vector<std::string> messages(items.size());
  parallel_for(static_cast<int64_t>(items.size()), [&](int64_t i) {
    const auto at = static_cast<size_t>(i);
    Random own = random.child(static_cast<uint64_t>(i));
    try {
      const Picture picture = read_picture(items[at].path);
      if (n_variants == 0) inputs[at] = {picture_input(middle_square(picture, kPictureSize, n_channels))};
      for (int32_t k = 0; k < n_variants; ++k)
        inputs[at].push_back(variant(picture, n_channels, mirrored, own));
    } catch (const Error& error) {
      messages[at] = error.what();
    }
  });
  Examples examples;
  for (size_t i = 0; i < items.size(); ++i) {
    if (!messages[i].empty()) skipped.add(messages[i]);
    for (const std::vector<int8_t>& input : inputs[i]) examples.append({input, {items[i].label}});
  }
  return examples;
}

}  // namespace inkling::host
