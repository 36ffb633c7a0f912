// inkling-train adapt: what 'inkling adapt --whole' becomes. First the head learns alone, then all layers.
#include "host/adapt/adapt.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>

#include "host/adapt/options.h"
#include "host/cli/verb.h"
#include "host/engine/macs.h"
#include "host/engine/program.h"
#include "host/evaluate/score.h"
#include "host/quantize/dequantize.h"
#include "host/train/families.h"
#include "host/train/imported.h"

namespace inkling::host {
namespace {

constexpr int64_t kBatch = 64;
constexpr double kRate = 1e-3;
constexpr size_t kCalibrationSamples = 500;

/// Examples drawn as often as they count.
class Draws {
 public:
  explicit Draws(const AdaptTask& task) : task_(task), random_(task.settings.seed) {
    double sum = 0;
    for (const float weight : task.weights) sums_.push_back(sum += static_cast<double>(weight));
  }

  std::pair<torch::Tensor, torch::Tensor> batch() {
    const int64_t n = static_cast<int64_t>(task_.examples.features.size()) / task_.examples.size();
    torch::Tensor inputs = torch::empty({kBatch, n}), labels = torch::empty({kBatch}, torch::kInt64);
    float* to = inputs.data_ptr<float>();
    for (int64_t i = 0; i < kBatch; ++i) {
      const auto place = std::upper_bound(sums_.begin(), sums_.end() - 1, random_.uniform(0, sums_.back()));
      const int64_t example = place - sums_.begin();
      const int8_t* from = task_.examples.features.data() + example * n;
      for (int64_t j = 0; j < n; ++j) *to++ = task_.input.real(from[j]);
      labels.data_ptr<int64_t>()[i] = task_.examples.labels[static_cast<size_t>(example)];
    }
    return {inputs, labels};
  }

 private:
  const AdaptTask& task_;
  Random random_;
  std::vector<double> sums_;
};

/// As many steps as about half a minute of one processor allows, by the work of one.
int64_t n_steps(const graph::Graph& model) {
  constexpr double kMacs = 30e9;
  const ModelFile file("the model", graph::write(model));
  Failure failure;
  const Model read(file.bytes(), &failure);
  const Subgraph graph = read.subgraph(0);
  int64_t macs = 1;
  for (int32_t i = 0; i < graph.n_operators(); ++i) macs += macs_of(graph, graph.op(i));
  return std::clamp<int64_t>(static_cast<int64_t>(kMacs / static_cast<double>(macs * kBatch)), 150, 1200);
}

/// All layers learn, at a rate that rises for a short while and falls along a cosine.
graph::Graph learn_on(const graph::Graph& model, const Head& head, const AdaptTask& task) {
  Imported network(model, head.op);
  torch::optim::AdamW optimizer(network.parameters(), torch::optim::AdamWOptions(kRate).weight_decay(1e-4));
  auto& options = static_cast<torch::optim::AdamWOptions&>(optimizer.param_groups()[0].options());
  Draws draws(task);
  const int64_t n = n_steps(model), tenth = std::max<int64_t>(1, n / 10);
  for (int64_t i = 0; i < n; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(n);
    options.lr(kRate * std::min(1.0, 0.1 + 10 * share) * 0.5 * (1.01 + std::cos(3.141592653589793 * share)));
    const auto [inputs, labels] = draws.batch();
    const torch::Tensor loss = torch::nn::functional::cross_entropy(network.forward(inputs), labels);
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    if ((i + 1) % tenth == 0)
      fmt::print(stderr, "adapt: step {} of {}: loss {:.4f}\n", i + 1, n, loss.item<double>());
  }
  return network.to_graph();
}

void adapt_whole(const AdaptSettings& settings) {
  at::set_num_threads(1);
  const AdaptTask task = read_adapt_task(settings);
  fmt::print(stderr, "adapt: {} takes, {} examples, labels {}\n", task.n_takes, task.examples.size(),
             fmt::join(task.labels, ", "));
  Head head = learn_head(task);
  const graph::Graph in_float = dequantize(task.model);
  head.op = find_head(in_float, settings.model).op;
  const graph::Graph learned = learn_on(with_head(in_float, head, {}), head, task);
  finish_adapting(task, quantize(learned, samples_of(task, kCalibrationSamples), task.input));
}

}  // namespace

void add_adapt(CLI::App& app) {
  auto settings = std::make_shared<AdaptSettings>();
  settings->whole = true;
  CLI::App& verb = add_verb(app, "adapt", "Teaches a model new classes from a few takes of each.",
                            "inkling adapt words.tflite takes --keep words --whole -o mine.tflite");
  add_adapt_options(verb, *settings);
  verb.callback([settings] { adapt_whole(*settings); });
}

}  // namespace inkling::host
