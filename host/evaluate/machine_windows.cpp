// Standardizes, runs, compares with the limit.
#include "host/evaluate/machine_windows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/engine/program.h"
#include "host/error.h"
#include "host/evaluate/score.h"
#include "host/graph/pipeline.h"
#include "inkling/signal/standardize.h"

namespace inkling::host {

using nlohmann::json;

void MachineJudge::set_standard(const std::vector<const MachineWindow*>& windows) {
  means.clear();
  gains.clear();
  const auto n = static_cast<double>(windows.size());
  for (size_t i = 0; i < windows.at(0)->features.size(); ++i) {
    double sum = 0, squares = 0;
    for (const MachineWindow* window : windows) sum += window->features[i];
    const double mean = std::round(sum / n);
    for (const MachineWindow* window : windows) squares += std::pow(window->features[i] - mean, 2);
    const double deviation = std::sqrt(squares / n);
    means.push_back(static_cast<int16_t>(mean));
    gains.push_back(static_cast<int32_t>(std::lround(kMaxGain / std::max(1.0, deviation))));
  }
}

std::vector<int8_t> MachineJudge::input_of(const std::vector<int16_t>& features) const {
  const auto n = static_cast<int32_t>(features.size());
  std::vector<int8_t> input(features.size());
  standardize({features.data(), n}, {{means.data(), n}, {gains.data(), n}}, {input.data(), n});
  return input;
}

json MachineJudge::to_json() const {
  return {{"kind", kAnomalyKind},
          {"front_end", settings.is_sound ? "scene" : "vibration"},
          {"rows", settings.n_rows},
          {"channels", settings.n_channels},
          {"counts_per_unit", settings.counts_per_unit},
          {"normal", settings.normal},
          {"means", means},
          {"gains", gains},
          {"limit", limit}};
}

MachineJudge MachineJudge::from_json(const json& pipeline, const std::filesystem::path& model) {
  MachineJudge judge;
  try {
    judge.settings.is_sound = pipeline.at("front_end") == "scene";
    judge.settings.n_rows = pipeline.at("rows");
    judge.settings.n_channels = pipeline.at("channels");
    judge.settings.counts_per_unit = pipeline.at("counts_per_unit");
    judge.settings.normal = pipeline.at("normal").get<std::vector<std::string>>();
    judge.means = pipeline.at("means").get<std::vector<int16_t>>();
    judge.gains = pipeline.at("gains").get<std::vector<int32_t>>();
    judge.limit = pipeline.at("limit");
  } catch (const json::exception& error) {
    throw Error(fmt::format("{}: its inkling.pipeline is damaged: {}", model.string(), error.what()));
  }
  const MachineSettings& settings = judge.settings;
  const bool is_sane = settings.n_rows >= 2 && settings.n_rows <= 4096 && settings.n_channels >= 1 &&
                       settings.n_channels <= 1000 &&
                       (!settings.is_sound || settings.n_channels == kSceneChannels) && judge.limit > 0;
  const auto n = static_cast<size_t>(is_sane ? settings.n_features() : 0);
  if (n == 0 || judge.means.size() != n || judge.gains.size() != n)
    throw Error(fmt::format("{}: its inkling.pipeline does not make sense", model.string()));
  return judge;
}

JudgedClips judge_windows(const std::filesystem::path& model, const std::filesystem::path& folder,
                          std::optional<Part> part, const std::vector<std::string>& normal) {
  const ModelFile file(model);
  Program program(file);
  MachineJudge judge = MachineJudge::from_json(graph::read_pipeline(model), model);
  if (program.net().input(0).n_elements != judge.settings.n_features() ||
      program.net().output(0).n_elements != 1)
    throw Error(fmt::format("{}: its inkling.pipeline does not fit its input and output", model.string()));
  if (!normal.empty()) judge.settings.normal = normal;
  const MachineDataset dataset = read_machine_dataset(folder, judge.settings);
  JudgedClips judged;
  judged.are_sounds = false;
  judged.labels = {"normal", "anomaly"};
  judged.skipped = dataset.skipped;
  for (const MachineWindow& window : dataset.windows) {
    if (part && window.part != *part) continue;
    const std::vector<int8_t> input = judge.input_of(window.features);
    const float score = scores_of(program, input.data(), {1.0f / kStandardSteps, 0}).at(0);
    const float strangeness = score / (score + judge.limit);
    judged.clips.push_back({window.path,
                            window.is_normal ? 0u : 1u,
                            score > judge.limit ? 1u : 0u,
                            {1 - strangeness, strangeness}});
  }
  if (judged.clips.empty()) throw Error(fmt::format("{}: no windows in this part of it", folder.string()));
  std::vector<float> scores;
  std::vector<bool> are_anomalies;
  for (const JudgedClip& clip : judged.clips) {
    scores.push_back(clip.scores[1]);
    are_anomalies.push_back(clip.label == 1);
  }
  judged.auc = area_under_roc(scores, are_anomalies);
  return judged;
}

}  // namespace inkling::host
