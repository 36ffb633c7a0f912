// How well a model of a machine's normal state tells what is not normal. Leaves out learning.
#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "host/data/machine_dataset.h"
#include "host/data/scene_features.h"
#include "host/evaluate/word_clips.h"

namespace inkling::host {

/// From features to a model's scores and to a verdict.
struct MachineJudge {
  MachineSettings settings;
  std::vector<int16_t> means;  ///< of the features, see inkling/signal/standardize.h
  std::vector<int32_t> gains;
  float limit = 1;  ///< what scores above it is no longer normal

  /// The means and deviations of the windows, as standardize() wants them.
  void set_standard(const std::vector<const MachineWindow*>& windows);
  std::vector<int8_t> input_of(const std::vector<int16_t>& features) const;
  /// As the metadata entry "inkling.pipeline" says it.
  nlohmann::json to_json() const;
  /// Throws an Error, which names the model, if something is missing.
  static MachineJudge from_json(const nlohmann::json& pipeline, const std::filesystem::path& model);
};

constexpr char kAnomalyKind[] = "anomaly";

/// The windows of a dataset, or of a part of it, with the labels normal and anomaly; a score of a half is the
/// limit. Folders are normal as the model says, or as `normal` does, unless that is empty.
JudgedClips judge_windows(const std::filesystem::path& model, const std::filesystem::path& dataset,
                          std::optional<Part> part, const std::vector<std::string>& normal);

}  // namespace inkling::host
