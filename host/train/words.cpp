// inkling-train words: from a folder of recordings to a model of words.
#include <fmt/format.h>

#include "host/cli/verb.h"
#include "host/data/word_dataset.h"
#include "host/train/families.h"
#include "host/train/result.h"

namespace inkling::host {
namespace {

struct Options : TrainOptions {
  std::vector<std::string> words;
  int32_t n_scenes = 5;
};

/// Each part of the dataset in scenes of its own.
Examples examples_of(const WordDataset& dataset, Part part, const Options& options) {
  const int32_t n_scenes = part == Part::train ? options.n_scenes : 2;
  const Random random(options.learn.seed);
  return make_examples(dataset, part, n_scenes, random.child(static_cast<uint64_t>(part)));
}

void train_words(const Options& options) {
  const WordDataset dataset = read_word_dataset(options.folder, options.words);
  fmt::print(stderr, "train: {} clips, labels {}\n", dataset.clips.size(), fmt::join(dataset.labels, ", "));
  const Parts parts{examples_of(dataset, Part::train, options),
                    examples_of(dataset, Part::validation, options),
                    examples_of(dataset, Part::test, options)};
  train_and_report(word_network(), parts, dataset.labels, {}, options);
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
  verb.callback([options] { train_words(*options); });
}

}  // namespace inkling::host
