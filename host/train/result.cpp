// Calibration, int8, files, tables.
#include "host/train/result.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "host/data/files.h"
#include "host/engine/macs.h"
#include "host/evaluate/score.h"
#include "host/graph/metadata.h"
#include "host/graph/pipeline.h"
#include "host/train/processes.h"

namespace inkling::host {
namespace {

using nlohmann::json;

/// How this program was called, without where it lies.
std::string command_line() {
  std::ifstream arguments("/proc/self/cmdline");
  std::string line{std::istreambuf_iterator<char>(arguments), {}};
  line.erase(0, line.find('\0'));
  std::replace(line.begin(), line.end(), '\0', ' ');
  return "inkling train" + line.substr(0, line.find_last_not_of(' ') + 1);
}

}  // namespace

graph::Graph in_int8(const graph::Graph& model, const Examples& examples, Quantization input) {
  constexpr int64_t kSamples = 500;
  std::vector<std::vector<float>> samples;
  const int64_t step = std::max<int64_t>(1, examples.size() / kSamples);
  for (int64_t i = 0; i < examples.size(); i += step) samples.push_back(real_values(examples, i, input));
  return quantize(model, samples, input);
}

void train_and_report(const NetworkPlan& plan, const Parts& parts, const std::vector<std::string>& labels,
                      json pipeline, const TrainOptions& options) {
  fmt::print(stderr, "train: {} examples to learn from, {} to watch\n", parts.train.size(),
             parts.validation.size());
  LearnSettings settings = options.learn;
  settings.checkpoint = options.model + ".checkpoint";
  const graph::Graph in_float =
      learn(plan, parts.train, parts.validation, static_cast<int32_t>(labels.size()), settings,
            [&](int32_t epoch, double loss, double accuracy) {
              fmt::print(stderr, "train: epoch {} of {}: loss {:.4f}, accuracy {:.2f} %\n", epoch,
                         options.learn.n_epochs, loss, 100 * accuracy);
            });
  if (processes::rank() != 0) return;
  graph::Graph quantized = in_int8(in_float, parts.train, plan.input);
  const ModelFile float_file("the float model", graph::write(in_float));
  const ModelFile int8_file("the int8 model", graph::write(quantized));
  Program float_program(float_file), program(int8_file);
  const double float_accuracy = score(float_program, parts.test, plan.input).accuracy();
  const Confusion confusion = score(program, parts.test, plan.input);
  pipeline["command"] = command_line();
  pipeline["seed"] = options.learn.seed;
  pipeline["accuracy"] = confusion.accuracy();
  graph::set_pipeline(quantized, pipeline);
  const std::vector<uint8_t> bytes = graph::write_with_labels(quantized, labels);
  write_atomically(options.model, bytes);
  std::filesystem::remove(settings.checkpoint);
  if (options.json) {
    const json all = {{"labels", labels},
                      {"bytes", bytes.size()},
                      {"arena_bytes", program.net().arena_used()},
                      {"macs", macs_of_model(int8_file.bytes())},
                      {"test_examples", parts.test.size()},
                      {"accuracy_float", float_accuracy},
                      {"accuracy_int8", confusion.accuracy()},
                      {"confusion", confusion.counts}};
    fmt::print("{}\n", all.dump(1));
    return;
  }
  fmt::print("{}: {} bytes, {} multiply-accumulates, {} bytes of arena\n", options.model, bytes.size(),
             macs_of_model(int8_file.bytes()), program.net().arena_used());
  fmt::print("{} examples kept back: {:.2f} % right in float, {:.2f} % in int8; int8, label by guess:\n{}",
             parts.test.size(), 100 * float_accuracy, 100 * confusion.accuracy(), confusion.text(labels));
}

}  // namespace inkling::host
