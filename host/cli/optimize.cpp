// inkling optimize: a smaller model with the same outputs.
#include <fmt/format.h>

#include <cstring>
#include <nlohmann/json.hpp>

#include "host/cli/verb.h"
#include "host/data/files.h"
#include "host/data/zip.h"
#include "host/engine/execution.h"
#include "host/engine/labels.h"
#include "host/engine/macs.h"
#include "host/engine/rehearsal.h"
#include "host/error.h"
#include "host/graph/metadata.h"
#include "host/graph/rewrite.h"

namespace inkling::host {
namespace {

struct Options {
  std::string input, output;
  bool json = false;
};

// What a model costs, as far as it shows without running.
struct Cost {
  int64_t macs = 0, n_bytes = 0, arena_bytes = 0;
};

Cost cost_of(const ModelFile& file) {
  Cost cost;
  Failure failure;
  const Model model(file.bytes(), &failure);
  const Subgraph graph = model.subgraph(0);
  for (int32_t i = 0; i < graph.n_operators(); ++i) cost.macs += macs_of(graph, graph.op(i));
  cost.n_bytes = file.bytes().size;
  cost.arena_bytes = rehearse_load(file).plan.arena_bytes;
  return cost;
}

// Runs both on the same pseudo-random inputs. The rewrites are exact; this guards against an error in them.
void require_equal_outputs(const ModelFile& before, const ModelFile& after) {
  constexpr int32_t kInvocations = 4;
  Program a(before), b(after);
  InputGenerator generator(1);
  for (int32_t k = 0; k < kInvocations; ++k) {
    for (int32_t i = 0; i < a.net().n_inputs(); ++i) {
      const Tensor to = a.net().input(i);
      const std::vector<uint8_t> bytes = generator.bytes(to.type, to.n_elements, to.n_bytes);
      std::memcpy(to.data, bytes.data(), bytes.size());
      std::memcpy(b.net().input(i).data, bytes.data(), bytes.size());
    }
    if (a.net().invoke() != Status::ok || b.net().invoke() != Status::ok) throw Error("a model did not run");
    for (int32_t i = 0; i < a.net().n_outputs(); ++i) {
      const Tensor x = a.net().output(i), y = b.net().output(i);
      if (x.n_bytes != y.n_bytes || std::memcmp(x.data, y.data, static_cast<size_t>(x.n_bytes)) != 0)
        throw Error(fmt::format("{}: output {} would change; nothing is written", before.path().string(), i));
    }
  }
}

// The model's bytes with the files that the old one carries behind it, or else with its class names.
std::vector<uint8_t> with_files_of(const std::string& path, const ModelFile& model) {
  graph::Graph graph = graph::read(model.bytes());
  const std::vector<ZipEntry> files = read_zip(read_file(path), path);
  if (!files.empty()) return graph::write_with_files(graph, files);
  const std::vector<std::string> labels = read_labels(path);
  if (labels.empty()) return graph::write(graph);
  return graph::write_with_labels(std::move(graph), labels);
}

void optimize(const Options& options) {
  const ModelFile before(options.input);
  Program loads(before);  // a model that does not load is refused here, with the reason
  const graph::Rewritten rewritten = graph::rewrite(before, options.output);
  const std::vector<uint8_t> bytes = with_files_of(options.input, rewritten.file);
  const ModelFile after(options.output, bytes);
  require_equal_outputs(before, after);
  write_atomically(options.output, bytes);
  const Cost was = cost_of(before), is = cost_of(after);
  if (options.json) {
    nlohmann::ordered_json facts = {{"model", options.input}, {"output", options.output}};
    for (const graph::Change& change : rewritten.changes) facts[change.key] = change.n;
    facts["macs"] = {{"before", was.macs}, {"after", is.macs}};
    facts["model_bytes"] = {{"before", was.n_bytes}, {"after", is.n_bytes}};
    facts["arena_bytes"] = {{"before", was.arena_bytes}, {"after", is.arena_bytes}};
    fmt::print("{}\n", facts.dump(1));
    return;
  }
  for (const graph::Change& change : rewritten.changes) fmt::print("{:>6} {}\n", change.n, change.text);
  const auto line = [](const char* what, int64_t a, int64_t b) {
    fmt::print("{:<12}{:>12} -> {}\n", what, a, b);
  };
  line("MACs", was.macs, is.macs);
  line("model bytes", was.n_bytes, is.n_bytes);
  line("arena bytes", was.arena_bytes, is.arena_bytes);
}

}  // namespace

void add_optimize(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb =
      add_verb(app, "optimize",
               "Writes a smaller model with bit-identical outputs, a .tflite that every runtime reads: "
               "conversions there and back are bypassed, activations and paddings go into the layers beside "
               "them, channels that hold one value whatever the input is go into the next layer's bias. "
               "Metadata and associated files stay.",
               "inkling optimize vww.tflite -o vww_small.tflite");
  verb.add_option("MODEL", options->input, "A .tflite file")->required();
  verb.add_option("-o,--output", options->output, "The file to write")->required()->type_name("FILE");
  verb.add_flag("--json", options->json, "Print JSON instead of lines");
  verb.callback([options] { optimize(*options); });
}

}  // namespace inkling::host
