// Runs the model and looks at the outputs of each operator.
#include "host/quantize/ranges.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "host/engine/program.h"
#include "host/error.h"

namespace inkling::host {
namespace {

struct Observation {
  const graph::Subgraph& subgraph;
  std::vector<Range> ranges;

  void widen(int32_t tensor, const float* values) {
    int64_t n = 1;
    for (const int32_t size : subgraph.tensors[static_cast<size_t>(tensor)].shape) n *= size;
    const auto [low, high] = std::minmax_element(values, values + n);
    Range& range = ranges[static_cast<size_t>(tensor)];
    range = {std::min(range.low, *low), std::max(range.high, *high)};
  }
};

bool observe(void* context, const StepEvent& event) {
  auto& seen = *static_cast<Observation*>(context);
  if (!event.done) return true;
  const graph::Operator& op = seen.subgraph.operators[static_cast<size_t>(event.op)];
  for (int32_t i = 0; i < event.n_outputs; ++i)
    seen.widen(op.outputs[static_cast<size_t>(i)], event.io->out<float>(i));
  return true;
}

}  // namespace

std::vector<Range> activation_ranges(const graph::Graph& model,
                                     const std::vector<std::vector<float>>& samples) {
  const graph::Subgraph& subgraph = model.subgraphs.at(0);
  Observation seen{subgraph, std::vector<Range>(subgraph.tensors.size())};
  const ModelFile file("the float model", graph::write(model));
  Program program(file);
  Interpreter& net = program.net();
  net.observe(observe, &seen);
  for (const std::vector<float>& sample : samples) {
    const Tensor input = net.input(0);
    if (static_cast<int64_t>(sample.size()) != input.n_elements)
      throw Error(fmt::format("a calibration sample does not fit the model (got {} values, want {})",
                              sample.size(), input.n_elements));
    std::memcpy(input.data, sample.data(), sample.size() * sizeof(float));
    seen.widen(subgraph.inputs.at(0), sample.data());
    if (net.invoke() != Status::ok) throw Error("the float model does not run");
  }
  return seen.ranges;
}

}  // namespace inkling::host
