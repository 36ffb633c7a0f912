// inkling quantize: a float model becomes an int8 one, and what that costs in each layer.
#include "host/quantize/quantize.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/cli/verb.h"
#include "host/data/files.h"
#include "host/engine/labels.h"
#include "host/engine/program.h"
#include "host/error.h"
#include "host/graph/metadata.h"
#include "host/quantize/calibration.h"
#include "host/quantize/layer_errors.h"

namespace inkling::host {
namespace {

using nlohmann::json;

struct Options {
  std::string model, dataset, out;
  int32_t n_samples = 500;
  bool in_int16 = false;
  bool json = false;
};

void print(const std::vector<LayerError>& errors) {
  fmt::print("  {:>4} {:<22} {:>12} {:>12} {:>12} {:>8}\n", "op", "", "step", "rms", "error", "share");
  for (const LayerError& layer : errors)
    fmt::print("  {:>4} {:<22} {:>12.6g} {:>12.6g} {:>12.6g} {:>6.2f} %\n", layer.op, layer.name, layer.scale,
               layer.rms, layer.error, layer.rms > 0 ? 100 * layer.error / layer.rms : 0);
}

json to_json(const std::vector<LayerError>& errors) {
  json all = json::array();
  for (const LayerError& layer : errors)
    all.push_back({{"index", layer.op},
                   {"name", layer.name},
                   {"output", layer.output},
                   {"scale", layer.scale},
                   {"rms", layer.rms},
                   {"error", layer.error}});
  return all;
}

void quantize_file(const Options& options) {
  const ModelFile file{std::filesystem::path(options.model)};
  graph::Graph model = graph::read(file.bytes());
  const auto& main = model.subgraphs.at(0);
  if (main.inputs.size() != 1 || main.tensors.at(static_cast<size_t>(main.inputs[0])).type != Type::float32)
    throw Error(fmt::format("{}: want a model with one input, float32", options.model));
  // The labels are written anew, as their archive lies behind the model.
  const auto is_labels = [](const auto& entry) { return entry.first == "TFLITE_METADATA"; };
  model.metadata.erase(std::remove_if(model.metadata.begin(), model.metadata.end(), is_labels),
                       model.metadata.end());
  const graph::Tensor& input = main.tensors[static_cast<size_t>(main.inputs[0])];
  const Calibration calibration = read_calibration(options.dataset, input, options.n_samples);
  const graph::Graph in_int8 = quantize(model, calibration.samples, calibration.input,
                                        options.in_int16 ? Activations::int16 : Activations::int8);
  const std::vector<LayerError> errors = layer_errors(model, in_int8, calibration.samples);
  const std::vector<std::string> labels = read_labels(options.model);
  const std::vector<uint8_t> bytes =
      labels.empty() ? graph::write(in_int8) : graph::write_with_labels(in_int8, labels);
  write_atomically(options.out, bytes);
  if (options.json) {
    const json all = {{"bytes_float", file.bytes().size},
                      {options.in_int16 ? "bytes_int16" : "bytes_int8", bytes.size()},
                      {"samples", calibration.samples.size()},
                      {"per_op", to_json(errors)}};
    fmt::print("{}\n", all.dump(1, ' ', false, json::error_handler_t::replace));
    return;
  }
  fmt::print("{}: {} bytes instead of {}, calibrated with {} samples; {} against float, at each output:\n",
             options.out, bytes.size(), file.bytes().size, calibration.samples.size(),
             options.in_int16 ? "int16" : "int8");
  print(errors);
}

}  // namespace

void add_quantize(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(
      app, "quantize",
      "Makes an int8 model of a float one, with weights per channel, and shows what each layer loses; with "
      "--int16, activations have 16 bits.",
      "inkling quantize float.tflite samples -o int8.tflite");
  verb.add_option("MODEL", options->model, "A .tflite file with a float32 input")->required();
  verb.add_option(
          "DATASET", options->dataset,
          "A folder with .npy files, each one input or several along the first axis; for models of words "
          "also a folder in the layout of Speech Commands")
      ->required();
  verb.add_option("-o,--out", options->out, "The .tflite file to make")->required();
  verb.add_option("--samples", options->n_samples, "How many inputs to look at, at most")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  verb.add_flag("--int16", options->in_int16,
                "16 bits for activations: more exact, with twice the arena, for networks that lose too much");
  verb.add_flag("--json", options->json, "Print JSON instead of a table");
  verb.callback([options] { quantize_file(*options); });
}

}  // namespace inkling::host
