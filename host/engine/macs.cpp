// Counts from shapes alone, so that operators which nothing here can run are counted, too.
#include "host/engine/macs.h"

namespace inkling::host {
namespace {

// BuiltinOperator codes.
constexpr int32_t kConv2d = 3, kDepthwiseConv2d = 4, kFullyConnected = 9, kSvdf = 27, kSequenceLstm = 44,
                  kTransposeConv = 67, kBatchMatmul = 126, kConv3d = 132;

int64_t elements(const Tensor& tensor) {
  return tensor.present ? tensor.n_elements : 0;
}
// The dimension at `back` from the end, 1 where the rank is smaller.
int32_t dim_from_end(const Tensor& tensor, int32_t back) {
  return back <= tensor.shape.size ? tensor.shape[tensor.shape.size - back] : 1;
}
int32_t last_dim(const Tensor& tensor) {
  return dim_from_end(tensor, 1);
}

// All weight matrices once per time step and batch: four input and four recurrent ones, and the projection.
int64_t lstm_macs(const Subgraph& graph, const Operator& op) {
  const Tensor input = graph.tensor(op.input(0));
  int64_t weights = elements(graph.tensor(op.input(16)));
  for (int32_t i = 1; i <= 8; ++i) weights += elements(graph.tensor(op.input(i)));
  return last_dim(input) > 0 ? input.n_elements / last_dim(input) * weights : 0;
}

}  // namespace

int64_t macs_of(const Subgraph& graph, const Operator& op) {
  const Tensor a = graph.tensor(op.input(0)), b = graph.tensor(op.input(1)), out = graph.tensor(op.output(0));
  if (!a.present || !b.present || !out.present || out.n_elements == 0) return 0;
  const int64_t n_out = out.n_elements;
  switch (op.code) {
    case kConv2d:  // filter [out, height, width, in]
      return n_out * b.dim(1) * b.dim(2) * b.dim(3);
    case kDepthwiseConv2d:  // filter [1, height, width, out]
      return n_out * b.dim(1) * b.dim(2);
    case kFullyConnected:  // weights [rows, depth]
      return n_out * last_dim(b);
    case kConv3d:  // filter [depth, height, width, in, out]
      return n_out * b.dim(0) * b.dim(1) * b.dim(2) * b.dim(3);
    case kTransposeConv:  // filter [out, height, width, in]; every element of input 2 meets each filter once
      return elements(graph.tensor(op.input(2))) * b.dim(0) * b.dim(1) * b.dim(2);
    case kBatchMatmul:  // adj_x, option 0, transposes the first matrix
      return n_out * dim_from_end(a, op.options.scalar<uint8_t>(0, 0) != 0 ? 2 : 1);
    case kSvdf:  // features per filter, then the filter's memory
      return a.dim(0) * (elements(b) + elements(graph.tensor(op.input(2))));
    case kSequenceLstm:
      return lstm_macs(graph, op);
    default:
      return 0;
  }
}

int64_t macs_of_model(Bytes bytes) {
  Failure failure;
  const Model model(bytes, &failure);
  const Subgraph graph = model.subgraph(0);
  int64_t n = 0;
  for (int32_t i = 0; i < graph.n_operators(); ++i) n += macs_of(graph, graph.op(i));
  return n;
}

}  // namespace inkling::host
