// How well a model of motion knows the takes of a dataset. Leaves out everything about sound.
#pragma once
#include <filesystem>
#include <optional>

#include "host/data/motion_dataset.h"
#include "host/data/word_dataset.h"
#include "host/evaluate/word_clips.h"

namespace inkling::host {

/// Whether the model's metadata says, as "inkling.pipeline", that it takes windows of motion. Throws an Error
/// if the file is no model.
bool is_motion_model(const std::filesystem::path& model);

/// What a model of motion says about its input.
struct MotionPipeline {
  MotionScale scale;
  int32_t take_rows = 0;  ///< 0: takes end where files and empty lines do
};
/// Throws an Error if the model's metadata does not say it, or something that does not fit the model.
MotionPipeline read_motion_pipeline(const std::filesystem::path& model);

/// The takes of the dataset, or of a part of it, scaled as the model's metadata says. Classes that the model
/// does not know are "unknown". Throws an Error if dataset and model have different channels.
JudgedClips judge_takes(const std::filesystem::path& model, const std::filesystem::path& dataset,
                        std::optional<Part> part);

}  // namespace inkling::host
