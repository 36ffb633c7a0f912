// Three kinds of data: words, motion, arrays.
#include "host/adapt/takes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "host/bench/process.h"
#include "host/data/motion_dataset.h"
#include "host/data/synth.h"
#include "host/error.h"
#include "host/evaluate/features.h"
#include "host/evaluate/motion_takes.h"
#include "host/evaluate/score.h"
#include "host/evaluate/word_clips.h"
#include "host/quantize/calibration.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

constexpr int32_t kVariantsPerLabel = 150;  // of its takes together
constexpr int32_t kMostVariants = 40;       // of a take
constexpr int32_t kSpokenPerLabel = 24;
constexpr size_t kMostRehearsedPerLabel = 80;

size_t index_of(const std::vector<std::string>& labels, const std::string& label) {
  const auto same = [&](const std::string& other) { return plain_label(other) == plain_label(label); };
  return static_cast<size_t>(std::find_if(labels.begin(), labels.end(), same) - labels.begin());
}

/// How often each take is varied when there are `n_takes` of so many labels.
int32_t n_variants(size_t n_takes, size_t n_labels) {
  const auto n = static_cast<int32_t>(static_cast<size_t>(kVariantsPerLabel) * n_labels / n_takes);
  return std::clamp(n, 2, kMostVariants);
}

/// Adds the names that are labels but not yet known.
void add_labels(std::vector<std::string>& labels, const std::vector<std::string>& names) {
  for (const std::string& name : names)
    if (index_of(labels, name) == labels.size()) labels.push_back(name);
}

// Words.

/// The labels of make_examples are silence, unknown and then all of a model's; each becomes the model's own.
/// What the model has no label for drops out.
Examples relabelled(const Examples& examples, const std::vector<std::string>& labels) {
  Examples result;
  for (int64_t i = 0; i < examples.size(); ++i) {
    const int32_t label = examples.labels[static_cast<size_t>(i)];
    const size_t place = label == kSilence   ? index_of(labels, "silence")
                         : label == kUnknown ? index_of(labels, "unknown")
                                             : static_cast<size_t>(label - kUnknown - 1);
    if (place >= labels.size()) continue;
    const auto first = examples.features.begin() + i * kWindowFeatures;
    result.features.insert(result.features.end(), first, first + kWindowFeatures);
    result.labels.push_back(static_cast<int32_t>(place));
  }
  return result;
}

/// The clips of a dataset with the labels of make_examples. Folders that are among no labels are unknown.
WordDataset word_clips(const fs::path& folder, const std::vector<std::string>& labels) {
  WordDataset dataset;
  for (const fs::path& word : subfolders(folder)) {
    const std::vector<fs::path> files = sound_files(word);
    if (word.filename() == "_background_noise_") {
      dataset.noises = files;
      continue;
    }
    const size_t place = index_of(labels, word.filename());
    const bool is_word = place < labels.size() && place != index_of(labels, "unknown");
    if (place == index_of(labels, "silence") && place < labels.size()) continue;
    const int32_t label = is_word ? static_cast<int32_t>(place) + kUnknown + 1 : kUnknown;
    for (const fs::path& file : files) dataset.clips.push_back({file, label, Part::train});
  }
  return dataset;
}

std::vector<std::string> word_folders(const AdaptSettings& settings) {
  std::vector<std::string> words;
  for (const fs::path& folder : subfolders(settings.dataset)) {
    const std::string name = folder.filename();
    const bool is_word = name[0] != '_' && !sound_files(folder).empty();
    const auto& wanted = settings.words;
    if (is_word && (wanted.empty() || std::find(wanted.begin(), wanted.end(), name) != wanted.end()))
      words.push_back(name);
  }
  if (words.empty())
    throw Error(fmt::format("{}: no takes of words; want some in {}", settings.dataset.string(),
                            (settings.dataset / "WORD/*.wav").string()));
  for (const std::string& word : settings.words)
    if (std::find(words.begin(), words.end(), word) == words.end())
      throw Error(fmt::format("{}: no clips of '{}'", settings.dataset.string(), word));
  return words;
}

/// Half of the speakers' clips, and at most so many of each label, are to learn from; others to judge with.
void choose_rehearsed(WordDataset& dataset, Random random) {
  random.shuffle(dataset.clips);
  std::vector<fs::path> paths;
  std::map<int32_t, size_t> n_learned, n_judged;
  std::vector<WordClip> chosen;
  for (const WordClip& clip : dataset.clips) paths.push_back(clip.path);
  const std::map<fs::path, Part> parts = parts_of(paths);
  for (WordClip clip : dataset.clips) {
    const bool learns = parts.at(clip.path) == Part::train;
    const size_t most = (clip.label == kUnknown ? 3 : 1) * kMostRehearsedPerLabel / (learns ? 1 : 4);
    if ((learns ? n_learned : n_judged)[clip.label]++ >= most) continue;
    clip.part = learns ? Part::train : Part::test;
    chosen.push_back(clip);
  }
  dataset.clips = std::move(chosen);
}

void rehearse(const WordDataset& dataset, const std::vector<std::string>& labels, Random random,
              Takes& takes) {
  takes.rehearsed = relabelled(make_examples(dataset, Part::train, 2, random.child(2)), labels);
  if (!dataset.part(Part::test).empty())
    takes.known = relabelled(make_examples(dataset, Part::test, 1, random.child(3)), labels);
}

/// Speaks what the model knows. What is new is spoken with it, so that it is no rival, and left out.
void speak_known(const AdaptSettings& settings, const std::vector<std::string>& old_labels,
                 const std::vector<fs::path>& noises, Takes& takes) {
  SynthSettings synth;
  for (const std::string& label : takes.labels)
    if (is_word(label)) synth.words.push_back(plain_label(label));
  synth.n_per_word = kSpokenPerLabel;
  synth.seed = settings.seed;
  const ScratchFolder scratch;
  const fs::path folder = scratch.path() / "words";
  fmt::print(stderr, "adapt: speaks {}\n", fmt::join(synth.words, ", "));
  synthesize(synth, folder, [] {});
  for (size_t i = old_labels.size(); i < takes.labels.size(); ++i)
    fs::remove_all(folder / plain_label(takes.labels[i]));
  WordDataset dataset = word_clips(folder, takes.labels);
  if (!noises.empty()) dataset.noises = noises;
  choose_rehearsed(dataset, Random(settings.seed));
  rehearse(dataset, takes.labels, Random(settings.seed), takes);
}

Takes read_words(const AdaptSettings& settings, const std::vector<std::string>& old_labels) {
  Takes takes;
  takes.input = kFeatureQuantization;
  takes.labels = old_labels;
  add_labels(takes.labels, word_folders(settings));
  const Random random(settings.seed);
  WordDataset dataset = word_clips(settings.dataset, takes.labels);
  WordDataset kept;
  if (!settings.keep.empty()) {
    kept = word_clips(settings.keep, takes.labels);
    if (kept.clips.empty()) throw Error(fmt::format("{}: no clips to keep", settings.keep.string()));
    choose_rehearsed(kept, random.child(4));
    if (kept.noises.empty()) kept.noises = dataset.noises;
    if (dataset.noises.empty()) dataset.noises = kept.noises;
    rehearse(kept, takes.labels, random, takes);
  } else if (settings.rehearse) {
    try {
      speak_known(settings, old_labels, dataset.noises, takes);
    } catch (const Error& error) {
      fmt::print(stderr,
                 "adapt: what the model knows is not rehearsed, as it cannot be spoken ({}); --keep DATASET "
                 "names recordings of it\n",
                 error.what());
    }
  }
  takes.n_takes = dataset.clips.size();
  takes.varied =
      relabelled(make_examples(dataset, Part::train, n_variants(takes.n_takes, takes.labels.size()),
                               random.child(0), kSameVoice),
                 takes.labels);
  takes.plain = relabelled(make_examples(dataset, Part::train, 1, random.child(1), kSameVoice), takes.labels);
  return takes;
}

// Motion.

/// A dataset with its classes numbered as in `labels`, to which new ones are added.
MotionDataset read_motion(const fs::path& folder, const MotionPipeline& pipeline,
                          std::vector<std::string>& labels) {
  MotionDataset dataset = read_motion_dataset(folder, pipeline.take_rows);
  if (dataset.n_channels != pipeline.scale.n_channels())
    throw Error(fmt::format("{}: has {} channels, the model {}", folder.string(), dataset.n_channels,
                            pipeline.scale.n_channels()));
  add_labels(labels, dataset.labels);
  for (Take& take : dataset.takes) {
    take.label = static_cast<int32_t>(index_of(labels, dataset.labels[static_cast<size_t>(take.label)]));
    take.part = Part::train;
  }
  return dataset;
}

Takes read_motion_takes(const AdaptSettings& settings, const std::vector<std::string>& old_labels) {
  const MotionPipeline pipeline = read_motion_pipeline(settings.model);
  Takes takes;
  takes.input = {kMotionStep, 0};
  takes.labels = old_labels;
  const Random random(settings.seed);
  const MotionDataset dataset = read_motion(settings.dataset, pipeline, takes.labels);
  takes.n_takes = dataset.takes.size();
  const int32_t n = n_variants(takes.n_takes, takes.labels.size());
  takes.varied = motion_examples(dataset, Part::train, pipeline.scale, n, random.child(0));
  takes.plain = motion_examples(dataset, Part::train, pipeline.scale, 0, random);
  if (settings.keep.empty()) return takes;
  std::vector<std::string> labels = takes.labels;
  MotionDataset kept = read_motion(settings.keep, pipeline, labels);
  if (labels.size() != takes.labels.size())
    throw Error(
        fmt::format("{}: holds '{}', which the model does not know", settings.keep.string(), labels.back()));
  for (size_t i = 0; i < kept.takes.size(); ++i) kept.takes[i].part = i % 5 == 4 ? Part::test : Part::train;
  takes.rehearsed = motion_examples(kept, Part::train, pipeline.scale, 2, random.child(2));
  takes.known = motion_examples(kept, Part::test, pipeline.scale, 0, random);
  return takes;
}

// Arrays.

/// From the lowest to the highest value of all arrays.
Quantization range_of(const fs::path& folder, const graph::Tensor& tensor) {
  float low = 0, high = 0;
  for (const auto& values : read_inputs(folder, tensor))
    for (const float value : values) {
      low = std::min(low, value);
      high = std::max(high, value);
    }
  return quantization_of(low, high);
}

/// The arrays in CLASS/*.npy as steps of `input`.
Examples array_examples(const fs::path& folder, const graph::Tensor& tensor, Quantization input,
                        std::vector<std::string>& labels) {
  Examples examples;
  std::vector<std::string> names;
  for (const fs::path& path : subfolders(folder)) names.push_back(path.filename());
  add_labels(labels, names);
  for (const std::string& name : names)
    for (const auto& values : read_inputs(folder / name, tensor)) {
      for (const float value : values) examples.features.push_back(input(value));
      examples.labels.push_back(static_cast<int32_t>(index_of(labels, name)));
    }
  if (examples.size() == 0)
    throw Error(fmt::format("{}: no takes; want {}", folder.string(), (folder / "CLASS/*.npy").string()));
  return examples;
}

Takes read_arrays(const AdaptSettings& settings, const graph::Tensor& input,
                  const std::vector<std::string>& old_labels) {
  Takes takes;
  takes.labels = old_labels;
  if (input.type == Type::int8) {
    takes.input = {input.scales.at(0), static_cast<int32_t>(input.zero_points.at(0))};
  } else {
    takes.input = range_of(settings.dataset, input);
  }
  takes.varied = array_examples(settings.dataset, input, takes.input, takes.labels);
  takes.plain = takes.varied;
  takes.n_takes = static_cast<size_t>(takes.plain.size());
  if (settings.keep.empty()) return takes;
  std::vector<std::string> labels = takes.labels;
  takes.rehearsed = array_examples(settings.keep, input, takes.input, labels);
  if (labels.size() != takes.labels.size())
    throw Error(
        fmt::format("{}: holds '{}', which the model does not know", settings.keep.string(), labels.back()));
  return takes;
}

}  // namespace

Takes read_takes(const AdaptSettings& settings, const graph::Graph& model,
                 const std::vector<std::string>& labels) {
  if (is_motion_model(settings.model)) return read_motion_takes(settings, labels);
  const graph::Subgraph& subgraph = model.subgraphs[0];
  const graph::Tensor& input = subgraph.tensors[static_cast<size_t>(subgraph.inputs[0])];
  int64_t n = 1;
  for (const int32_t size : input.shape) n *= size;
  return n == kWindowFeatures ? read_words(settings, labels) : read_arrays(settings, input, labels);
}

}  // namespace inkling::host
