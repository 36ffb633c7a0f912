// Untrained networks cost what trained ones do.
#include "host/train/budget.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "host/bench/measure.h"
#include "host/data/random.h"
#include "host/engine/rehearsal.h"
#include "host/error.h"
#include "host/graph/metadata.h"

namespace inkling::host {
namespace {

// What a trained model says about itself besides its labels.
constexpr uint64_t kPipelineBytes = 1024;

struct Cost {
  uint64_t flash_bytes, ram_bytes;
  std::optional<double> mips;
};

/// An int8 model of the plan that knows nothing.
std::vector<uint8_t> untrained(const NetworkPlan& plan, int64_t n_labels) {
  torch::manual_seed(1);
  Network network(plan, n_labels);
  network.eval();
  Random random(1);
  std::vector<std::vector<float>> samples(4);
  for (auto& sample : samples)
    for (int64_t i = 0; i < plan.n_features(); ++i)
      sample.push_back(plan.input.real(static_cast<int8_t>(random.below(256) - 128)));
  const std::vector<std::string> labels(static_cast<size_t>(n_labels), "a label");
  return graph::write_with_labels(quantize(network.to_graph(), samples, plan.input), labels);
}

Cost cost_of(const NetworkPlan& plan, int64_t n_labels, double runs_per_second, const Budget& budget) {
  const ModelFile file("an untrained network", untrained(plan, n_labels));
  Cost cost{static_cast<uint64_t>(file.bytes().size) + kPipelineBytes,
            static_cast<uint64_t>(rehearse_load(file).plan.arena_bytes),
            {}};
  if (budget.mips) {
    const ModelCost measured = measure_model(open_board(budget.board), file);
    const auto cycles = static_cast<double>(measured.modelled_cycles.value_or(measured.instructions));
    cost.mips = cycles * runs_per_second / 1e6;
  }
  return cost;
}

bool fits(const Cost& cost, const Budget& budget) {
  return cost.flash_bytes <= budget.flash_bytes.value_or(UINT64_MAX) &&
         cost.ram_bytes <= budget.ram_bytes.value_or(UINT64_MAX) &&
         cost.mips.value_or(0) <= budget.mips.value_or(0);
}

std::string text(const Cost& cost) {
  return fmt::format("{} bytes of flash, {} of RAM{}", cost.flash_bytes, cost.ram_bytes,
                     cost.mips ? fmt::format(", {:.2f} million cycles per second", *cost.mips) : "");
}

}  // namespace

void add_budget_options(CLI::App& verb, Budget& budget) {
  const CLI::AsSizeValue bytes(false);
  verb.add_option("--max-flash", budget.flash_bytes,
                  "The largest network whose model has at most so many bytes (20k)")
      ->transform(bytes);
  verb.add_option("--max-ram", budget.ram_bytes, "... whose arena has at most so many bytes on a 32-bit chip")
      ->transform(bytes);
  verb.add_option("--max-mips", budget.mips,
                  "... which takes at most so many million cycles per second of data")
      ->check(CLI::PositiveNumber);
  verb.add_option("--board", budget.board, "The virtual board on which --max-mips counts")
      ->capture_default_str();
}

NetworkPlan largest_within(const Budget& budget,
                           const std::vector<std::pair<std::string, NetworkPlan>>& plans, int64_t n_labels,
                           double runs_per_second) {
  const NetworkPlan* largest = nullptr;
  std::string nearest;
  for (const auto& [name, plan] : plans) {
    const Cost cost = cost_of(plan, n_labels, runs_per_second, budget);
    fmt::print(stderr, "train: {}: {}{}\n", name, text(cost), fits(cost, budget) ? "" : ": too much");
    if (nearest.empty()) nearest = fmt::format("{}: {}", name, text(cost));
    if (!fits(cost, budget)) break;
    largest = &plan;
  }
  if (largest == nullptr) throw Error(fmt::format("no network fits the budget; the nearest is {}", nearest));
  return *largest;
}

}  // namespace inkling::host
