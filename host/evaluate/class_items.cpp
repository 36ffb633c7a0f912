// Reads, runs, averages.
#include "host/evaluate/class_items.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/data/class_dataset.h"
#include "host/data/picture_examples.h"
#include "host/data/scene_features.h"
#include "host/data/sound.h"
#include "host/data/sound_examples.h"
#include "host/engine/labels.h"
#include "host/engine/program.h"
#include "host/error.h"
#include "host/evaluate/features.h"
#include "host/evaluate/score.h"
#include "host/graph/pipeline.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

/// The model's labels, and "unknown" behind them if the dataset has classes that it does not know; the label
/// of each of the dataset's classes among them.
struct Labels {
  std::vector<std::string> names;
  std::vector<size_t> of_class;

  Labels(const fs::path& model, int32_t n_outputs, const std::vector<std::string>& classes)
      : names(read_labels(model)) {
    if (static_cast<int32_t>(names.size()) != n_outputs)
      throw Error(fmt::format("{}: has {} outputs but {} labels", model.string(), n_outputs, names.size()));
    for (const std::string& label : classes) of_class.push_back(place_of(label));
  }
  size_t place_of(const std::string& label) {
    const auto find = [&](const std::string& name) {
      return static_cast<size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    };
    if (find(label) < names.size()) return find(label);
    if (find("unknown") == names.size()) names.emplace_back("unknown");
    return find("unknown");
  }
};

std::vector<float> mean_scores(Program& program, const std::vector<std::vector<int8_t>>& windows,
                               Quantization quantization) {
  std::vector<float> sums(static_cast<size_t>(program.net().output(0).n_elements));
  for (const std::vector<int8_t>& window : windows) {
    const std::vector<float> scores = scores_of(program, window.data(), quantization);
    for (size_t i = 0; i < sums.size(); ++i) sums[i] += scores[i] / static_cast<float>(windows.size());
  }
  return sums;
}

/// `windows_of` makes the inputs of a file.
template <class WindowsOf>
JudgedClips judge(const fs::path& model, const ModelFile& file, const fs::path& folder,
                  const std::set<std::string>& extensions, std::optional<Part> part,
                  Quantization quantization, const WindowsOf& windows_of) {
  Program program(file);
  const double kept_back = graph::read_pipeline(model).value("kept_back", 0.0);
  const ClassDataset dataset = read_class_dataset(folder, extensions, kept_back);
  Labels labels(model, program.net().output(0).n_elements, dataset.labels);
  Skipped skipped(folder, dataset.items.size());
  JudgedClips judged;
  for (const ClassItem& item : dataset.items) {
    if (part && item.part != *part) continue;
    std::vector<std::vector<int8_t>> windows;
    try {
      windows = windows_of(item.path);
    } catch (const Error& error) {
      skipped.add(error.what());
      continue;
    }
    std::vector<float> scores = mean_scores(program, windows, quantization);
    const auto guess = std::max_element(scores.begin(), scores.end()) - scores.begin();
    judged.clips.push_back({item.path, labels.of_class[static_cast<size_t>(item.label)],
                            static_cast<size_t>(guess), std::move(scores)});
  }
  if (judged.clips.empty()) throw Error(fmt::format("{}: nothing in this part of it", folder.string()));
  judged.labels = labels.names;
  judged.skipped = skipped.messages();
  return judged;
}

void check_input(const fs::path& model, Program& program, int32_t want) {
  const int32_t got = program.net().input(0).n_elements;
  if (got != want) throw Error(fmt::format("{}: takes {} values, want {}", model.string(), got, want));
}

}  // namespace

JudgedClips judge_sounds(const fs::path& model, const fs::path& dataset, std::optional<Part> part) {
  const ModelFile file(model);
  Program program(file);
  check_input(model, program, kSceneRows * kSceneChannels);
  return judge(model, file, dataset, sound_extensions(), part, kFeatureQuantization,
               [](const fs::path& path) { return scene_windows(read_sound(path)); });
}

JudgedClips judge_pictures(const fs::path& model, const fs::path& dataset, std::optional<Part> part) {
  const ModelFile file(model);
  Program program(file);
  const Tensor input = program.net().input(0);
  const int32_t n_channels = input.n_elements == kPictureSize * kPictureSize ? 1 : 3;
  check_input(model, program, kPictureSize * kPictureSize * n_channels);
  JudgedClips judged =
      judge(model, file, dataset, picture_extensions(), part, kPictureQuantization,
            [&](const fs::path& path) -> std::vector<std::vector<int8_t>> {
              return {picture_input(middle_square(read_picture(path), kPictureSize, n_channels))};
            });
  judged.are_sounds = false;
  return judged;
}

}  // namespace inkling::host
