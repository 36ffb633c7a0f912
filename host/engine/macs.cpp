// Counting multiply-accumulates from the shapes alone.
#include "host/engine/macs.h"

namespace inkling::host {
namespace {

// BuiltinOperator of the schema.
enum Code : int16_t {
  conv_2d = 3,
  depthwise_conv_2d = 4,
  fully_connected = 9,
  svdf = 27,
  unidirectional_sequence_lstm = 44,
  transpose_conv = 67,
  batch_matmul = 126
};

/// Every step of every row in a batch meets the eight matrices of the four gates.
int64_t lstm_macs(const Subgraph& graph, const Operator& op) {
  const Tensor input = graph.tensor(op.input(0));
  int64_t n_weights = 0;
  for (int32_t i = 1; i <= 8; ++i) n_weights += graph.tensor(op.input(i)).n_elements;
  return n_weights * input.dim(0) * input.dim(1);
}

}  // namespace

int64_t macs_of(const Subgraph& graph, const Operator& op) {
  const Tensor input = graph.tensor(op.input(0)), weights = graph.tensor(op.input(1));
  const int64_t n_outputs = graph.tensor(op.output(0)).n_elements;
  const auto last = [](const Tensor& tensor) { return tensor.dim(tensor.shape.size - 1); };
  switch (op.code) {
    case conv_2d:
      return n_outputs * weights.dim(1) * weights.dim(2) * weights.dim(3);
    case depthwise_conv_2d:
      return n_outputs * weights.dim(1) * weights.dim(2);
    case fully_connected:
      return n_outputs * last(weights);
    case svdf:
      return input.dim(0) * (int64_t{weights.n_elements} + graph.tensor(op.input(2)).n_elements);
    case unidirectional_sequence_lstm:
      return lstm_macs(graph, op);
    case transpose_conv: {  // inputs: output shape, weights, input
      const int64_t n_inputs = graph.tensor(op.input(2)).n_elements;
      return n_inputs * weights.dim(0) * weights.dim(1) * weights.dim(2);
    }
    case batch_matmul:
      return n_outputs * last(input);
    default:
      return 0;
  }
}

}  // namespace inkling::host
