// inkling-train words: from a folder of recordings to a .tflite model and its scores.
#include "host/train/words.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "host/cli/verb.h"
#include "host/data/files.h"
#include "host/engine/macs.h"
#include "host/evaluate/features.h"
#include "host/evaluate/score.h"
#include "host/graph/metadata.h"
#include "host/quantize/quantize.h"
#include "host/train/learn.h"

namespace inkling::host {
namespace {

struct Options {
  std::string folder, model;
  std::vector<std::string> words;
  LearnSettings learn;
  int32_t n_scenes = 5;
  bool json = false;
};

/// Each part of the dataset in scenes of its own.
Examples examples_of(const WordDataset& dataset, Part part, const Options& options) {
  const int32_t n_scenes = part == Part::train ? options.n_scenes : 2;
  const Random random(options.learn.seed);
  return make_examples(dataset, part, n_scenes, random.child(static_cast<uint64_t>(part)));
}

graph::Graph in_int8(const graph::Graph& model, const Examples& examples) {
  constexpr int64_t kSamples = 500;
  std::vector<std::vector<float>> samples;
  const int64_t step = std::max<int64_t>(1, examples.size() / kSamples);
  for (int64_t i = 0; i < examples.size(); i += step) samples.push_back(real_features(examples, i));
  return quantize(model, samples, kFeatureQuantization);
}

int64_t n_macs(Bytes bytes) {
  Failure failure;
  const Model model(bytes, &failure);
  const Subgraph graph = model.subgraph(0);
  int64_t n = 0;
  for (int32_t i = 0; i < graph.n_operators(); ++i) n += macs_of(graph, graph.op(i));
  return n;
}

void train_words(const Options& options) {
  const WordDataset dataset = read_word_dataset(options.folder, options.words);
  fmt::print(stderr, "words: {} clips, labels {}\n", dataset.clips.size(), fmt::join(dataset.labels, ", "));
  const Examples train = examples_of(dataset, Part::train, options);
  const Examples validation = examples_of(dataset, Part::validation, options);
  fmt::print(stderr, "words: {} examples to learn from, {} to watch\n", train.size(), validation.size());
  const graph::Graph in_float =
      learn(train, validation, static_cast<int32_t>(dataset.labels.size()), options.learn,
            [&](int32_t epoch, double loss, double accuracy) {
              fmt::print(stderr, "words: epoch {} of {}: loss {:.4f}, accuracy {:.2f} %\n", epoch,
                         options.learn.n_epochs, loss, 100 * accuracy);
            });
  const std::vector<uint8_t> bytes = graph::write_with_labels(in_int8(in_float, train), dataset.labels);
  const Examples test = examples_of(dataset, Part::test, options);
  const ModelFile float_file("the float model", graph::write(in_float)), file(options.model, bytes);
  Program float_program(float_file), program(file);
  const double float_accuracy = score(float_program, test).accuracy();
  const Confusion confusion = score(program, test);
  write_atomically(options.model, bytes);
  if (options.json) {
    const nlohmann::json all = {{"labels", dataset.labels},
                                {"bytes", bytes.size()},
                                {"arena_bytes", program.net().arena_used()},
                                {"macs", n_macs(file.bytes())},
                                {"test_examples", test.size()},
                                {"accuracy_float", float_accuracy},
                                {"accuracy_int8", confusion.accuracy()},
                                {"confusion", confusion.counts}};
    fmt::print("{}\n", all.dump(1));
    return;
  }
  fmt::print("{}: {} bytes, {} multiply-accumulates, {} bytes of arena\n", options.model, bytes.size(),
             n_macs(file.bytes()), program.net().arena_used());
  fmt::print(
      "unseen voices, {} examples: {:.2f} % right in float, {:.2f} % in int8; int8, label by guess:\n{}",
      test.size(), 100 * float_accuracy, 100 * confusion.accuracy(), confusion.text(dataset.labels));
}

}  // namespace

void add_words(CLI::App& app) {
  auto options = std::make_shared<Options>();
  LearnSettings& learn = options->learn;
  CLI::App& verb = add_verb(app, "words", "Learns words from a folder of recordings, WORD/*.wav.",
                            "inkling-train words recordings --words yes,no -o yes_no.tflite");
  verb.add_option("DATASET", options->folder, "A folder in the layout of Speech Commands")->required();
  verb.add_option("-o,--out", options->model, "The .tflite file to make")->required();
  verb.add_option("--words", options->words,
                  "The words, separated by commas, in the order of the labels; other folders are unknown "
                  "(default: all folders)")
      ->delimiter(',');
  verb.add_option("--epochs", learn.n_epochs, "How often to go through all examples")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  verb.add_option("--scenes", options->n_scenes, "In how many rooms and noises each clip is heard")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  verb.add_option("--rate", learn.rate, "The highest learning rate")->capture_default_str();
  verb.add_option("--seed", learn.seed, "Another number gives another model")->capture_default_str();
  verb.add_flag("--json", options->json, "Print the scores as JSON");
  verb.callback([options] { train_words(*options); });
}

}  // namespace inkling::host
