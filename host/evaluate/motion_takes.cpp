// Reads the pipeline, scales, runs.
#include "host/evaluate/motion_takes.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/data/motion_dataset.h"
#include "host/engine/labels.h"
#include "host/error.h"
#include "host/graph/pipeline.h"

namespace inkling::host {

namespace fs = std::filesystem;

bool is_motion_model(const fs::path& model) {
  return graph::read_pipeline(model).value("kind", nlohmann::json()) == "motion";
}

MotionPipeline read_motion_pipeline(const fs::path& model) {
  const nlohmann::json pipeline = graph::read_pipeline(model);
  MotionPipeline read;
  MotionScale& scale = read.scale;
  try {
    scale.n_rows = pipeline.at("rows");
    scale.means = pipeline.at("means").get<std::vector<float>>();
    scale.deviations = pipeline.at("deviations").get<std::vector<float>>();
    read.take_rows = pipeline.at("take_rows");
  } catch (const nlohmann::json::exception& error) {
    throw Error(fmt::format("{}: its inkling.pipeline is damaged: {}", model.string(), error.what()));
  }
  const ModelFile file(model);
  Program program(file);
  if (scale.n_rows < 2 || scale.means.empty() || scale.deviations.size() != scale.means.size() ||
      program.net().input(0).n_elements != scale.n_rows * scale.n_channels())
    throw Error(fmt::format("{}: its inkling.pipeline does not fit its input", model.string()));
  return read;
}

JudgedClips judge_takes(const fs::path& model, const fs::path& folder, std::optional<Part> part) {
  const auto [scale, take_rows] = read_motion_pipeline(model);
  const ModelFile file(model);
  Program program(file);
  const MotionDataset dataset = read_motion_dataset(folder, take_rows);
  if (dataset.n_channels != scale.n_channels())
    throw Error(fmt::format("{}: has {} channels, the model {}", folder.string(), dataset.n_channels,
                            scale.n_channels()));
  JudgedClips judged;
  judged.are_sounds = false;
  judged.labels = read_labels(model);
  if (static_cast<int32_t>(judged.labels.size()) != program.net().output(0).n_elements)
    throw Error(fmt::format("{}: has {} outputs but {} labels", model.string(),
                            program.net().output(0).n_elements, judged.labels.size()));
  const auto place_of = [&](const std::string& label) {
    return static_cast<size_t>(std::find(judged.labels.begin(), judged.labels.end(), label) -
                               judged.labels.begin());
  };
  std::vector<size_t> labels;
  for (const std::string& label : dataset.labels) {
    const bool is_known = place_of(label) < judged.labels.size();
    if (!is_known && place_of("unknown") == judged.labels.size()) judged.labels.emplace_back("unknown");
    labels.push_back(place_of(is_known ? label : "unknown"));
  }
  for (const Take& take : dataset.takes) {
    if (part && take.part != *part) continue;
    std::vector<float> scores = scores_of(program, scale.window(take.values).data(), {kMotionStep, 0});
    const auto guess = std::max_element(scores.begin(), scores.end()) - scores.begin();
    judged.clips.push_back(
        {take.path, labels[static_cast<size_t>(take.label)], static_cast<size_t>(guess), std::move(scores)});
  }
  if (judged.clips.empty()) throw Error(fmt::format("{}: no takes in this part of it", folder.string()));
  return judged;
}

}  // namespace inkling::host
