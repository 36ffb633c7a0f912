// A family's task: what to learn from a dataset, ready for any network. Leaves out the learning.
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/train/result.h"

namespace inkling::host {

struct Task {
  NetworkPlan plan;
  Parts parts;
  std::vector<std::string> labels;
  nlohmann::json pipeline;
};

/// What the families ask for beside the options of all.
struct MotionOptions : TrainOptions {
  int32_t take_rows = 0;
  int32_t n_rows = 64;
  int32_t n_variants = 20;
};
struct SoundOptions : TrainOptions {
  Size size = Size::small;
  int32_t n_variants = 30;
  double kept_back = 0.1;
};
struct PictureOptions : TrainOptions {
  Size size = Size::small;
  int32_t n_variants = 10;
  double kept_back = 0.15;
  bool in_colour = false, is_mirrored = true;
};

/// Reads the datasets. Throw an Error that says what is wrong with them.
Task motion_task(const MotionOptions& options);
Task sound_task(const SoundOptions& options);
Task picture_task(const PictureOptions& options);

}  // namespace inkling::host
