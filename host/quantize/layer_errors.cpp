// Two runs side by side; the first keeps its outputs, the second is compared with them.
#include "host/quantize/layer_errors.h"

#include <cmath>
#include <cstring>

#include "host/engine/builtin_names.h"
#include "host/engine/program.h"
#include "host/error.h"
#include "host/quantize/quantize.h"

namespace inkling::host {
namespace {

struct Comparison {
  const graph::Subgraph& subgraph;          // in int8
  std::vector<std::vector<float>> outputs;  // of the float model, one per operator
  std::vector<LayerError> errors;           // sums of squares until the end
  std::vector<int64_t> counts;
};

int64_t n_elements(const graph::Tensor& tensor) {
  int64_t n = 1;
  for (const int32_t size : tensor.shape) n *= size;
  return n;
}

const graph::Tensor& output_of(const graph::Subgraph& subgraph, int32_t op) {
  return subgraph.tensors[static_cast<size_t>(subgraph.operators[static_cast<size_t>(op)].outputs.at(0))];
}

bool keep(void* context, const StepEvent& event) {
  auto& all = *static_cast<Comparison*>(context);
  if (!event.done) return true;
  const auto* values = event.io->out<float>(0);
  all.outputs[static_cast<size_t>(event.op)].assign(values,
                                                    values + n_elements(output_of(all.subgraph, event.op)));
  return true;
}

bool compare(void* context, const StepEvent& event) {
  auto& all = *static_cast<Comparison*>(context);
  if (!event.done) return true;
  const auto op = static_cast<size_t>(event.op);
  const graph::Tensor& tensor = output_of(all.subgraph, event.op);
  const bool is_wide = tensor.type == Type::int16;
  const auto* bytes = event.io->out<int8_t>(0);
  const auto* words = event.io->out<int16_t>(0);
  for (const float want : all.outputs[op]) {
    const int64_t q = is_wide ? *words++ : *bytes++;
    const double got = double{tensor.scales.at(0)} * static_cast<double>(q - tensor.zero_points.at(0));
    all.errors[op].rms += double{want} * want;
    all.errors[op].error += (got - want) * (got - want);
    ++all.counts[op];
  }
  return true;
}

}  // namespace

std::vector<LayerError> layer_errors(const graph::Graph& in_float, const graph::Graph& in_int8,
                                     const std::vector<std::vector<float>>& samples) {
  const graph::Subgraph& subgraph = in_int8.subgraphs.at(0);
  Comparison all{subgraph, {}, {}, std::vector<int64_t>(subgraph.operators.size())};
  all.outputs.resize(subgraph.operators.size());
  for (int32_t op = 0; op < static_cast<int32_t>(subgraph.operators.size()); ++op) {
    const graph::Tensor& output = output_of(subgraph, op);
    all.errors.push_back({op, builtin_name(subgraph.operators[static_cast<size_t>(op)].code), output.name,
                          double{output.scales.at(0)}, 0, 0});
  }
  const ModelFile float_file("the float model", graph::write(in_float));
  const ModelFile int8_file("the int8 model", graph::write(in_int8));
  Program float_program(float_file), int8_program(int8_file);
  float_program.net().observe(keep, &all);
  int8_program.net().observe(compare, &all);
  const graph::Tensor& input = subgraph.tensors[static_cast<size_t>(subgraph.inputs.at(0))];
  const Quantization q{input.scales.at(0), static_cast<int32_t>(input.zero_points.at(0))};
  for (const std::vector<float>& sample : samples) {
    std::memcpy(float_program.net().input(0).data, sample.data(), sample.size() * sizeof(float));
    const Tensor to = int8_program.net().input(0);
    for (size_t i = 0; i < sample.size(); ++i)
      if (to.type == Type::int16)
        to.as<int16_t>()[i] = q.in_int16(sample[i]);
      else
        to.as<int8_t>()[i] = q(sample[i]);
    if (float_program.net().invoke() != Status::ok || int8_program.net().invoke() != Status::ok)
      throw Error("the model does not run");
  }
  for (size_t op = 0; op < all.errors.size(); ++op) {
    const auto n = static_cast<double>(std::max<int64_t>(1, all.counts[op]));
    all.errors[op].rms = std::sqrt(all.errors[op].rms / n);
    all.errors[op].error = std::sqrt(all.errors[op].error / n);
  }
  return all.errors;
}

}  // namespace inkling::host
