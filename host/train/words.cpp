// inkling-train words: from a folder of recordings to a model of words.
#include <fmt/format.h>

#include "host/cli/verb.h"
#include "host/data/word_dataset.h"
#include "host/error.h"
#include "host/evaluate/word_decision.h"
#include "host/train/budget.h"
#include "host/train/families.h"
#include "host/train/result.h"

namespace inkling::host {
namespace {

struct Options : TrainOptions {
  std::vector<std::string> words;
  int32_t n_scenes = 5;
  Size size = Size::tiny;
  Budget budget;
};

/// Each part of the dataset in scenes of its own.
Examples examples_of(const WordDataset& dataset, Part part, const Options& options) {
  const int32_t n_scenes = part == Part::train ? options.n_scenes : 2;
  const Random random(options.learn.seed);
  return make_examples(dataset, part, n_scenes, random.child(static_cast<uint64_t>(part)));
}

NetworkPlan plan_for(const Options& options, int64_t n_labels) {
  constexpr double kRunsPerSecond = 12.5;  // every 80 ms, as the applications do
  if (!options.budget.is_set()) return word_network(options.size);
  std::vector<std::pair<std::string, NetworkPlan>> plans;
  for (const auto& [name, size] : sizes()) plans.emplace_back(name, word_network(size));
  return largest_within(options.budget, plans, n_labels, kRunsPerSecond);
}

void train_words(const Options& options) {
  const WordDataset dataset = read_word_dataset(options.folder, options.words);
  fmt::print(stderr, "train: {} clips, labels {}\n", dataset.clips.size(), fmt::join(dataset.labels, ", "));
  const NetworkPlan plan = plan_for(options, static_cast<int64_t>(dataset.labels.size()));
  const uint32_t hash = dataset_hash(options.folder);
  const Parts parts{examples_of(dataset, Part::train, options),
                    examples_of(dataset, Part::validation, options),
                    examples_of(dataset, Part::test, options)};
  if (dataset_hash(options.folder) != hash)
    throw Error(fmt::format("{}: changed while it was read; try again when it is complete", options.folder));
  nlohmann::json pipeline = word_pipeline({});
  pipeline["dataset_hash"] = fmt::format("{:08x}", hash);
  train_and_report(plan, parts, dataset.labels, pipeline, options);
}

}  // namespace

void add_words(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(app, "words", "Learns words from a folder of recordings, WORD/*.wav.",
                            "inkling train words recordings --words yes,no -o yes_no.tflite");
  add_train_options(verb, *options, "A folder in the layout of Speech Commands");
  verb.add_option("--words", options->words,
                  "The words, separated by commas, in the order of the labels; other folders are unknown "
                  "(default: all folders)")
      ->delimiter(',');
  verb.add_option("--scenes", options->n_scenes, "In how many rooms and noises each clip is heard")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  verb.add_option("--size", options->size,
                  "How much the network can learn: tiny, small or medium (default: tiny)")
      ->transform(CLI::CheckedTransformer(sizes()));
  add_budget_options(verb, options->budget);
  verb.callback([options] { train_words(*options); });
}

}  // namespace inkling::host
