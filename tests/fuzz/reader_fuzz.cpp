// Fuzzes the reader: everything that a model can be asked, and a load into an arena that is too small for
// anything, which reads and prepares all of it. Running is engine_fuzz.cpp's.
#include "inkling/format/flexbuffer.h"
#include "inkling/format/model.h"
#include "tests/engine_test.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/model_input.h"

namespace inkling::host::fuzz {
namespace {

uint32_t sum;

void touch(const void* data, int32_t n_bytes) {
  for (int32_t i = 0; i < n_bytes; ++i) sum += static_cast<const uint8_t*>(data)[i];
}
void touch(const char* text) {
  for (; *text; ++text) sum += static_cast<uint8_t>(*text);
}

void touch(const inkling::Tensor& tensor) {
  touch(tensor.shape.data, tensor.shape.size * 4);
  touch(tensor.scales.data, tensor.scales.size * 4);
  touch(tensor.zero_points, tensor.n_zero_points * 8);
  if (tensor.is_constant) touch(tensor.data, tensor.n_bytes);
}

void touch(const Subgraph& graph, const inkling::Operator& op) {
  touch(op.custom_name);
  for (int32_t k = 0; k < op.inputs.size; ++k) touch(graph.tensor(op.input(k)));
  for (int32_t k = 0; k < op.outputs.size; ++k) touch(graph.tensor(op.output(k)));
  for (int32_t id = 0; id < 12; ++id) sum += static_cast<uint32_t>(op.options.scalar<int32_t>(id, 0));
  touch(op.options.string(1));
  const FlexMap map({op.custom_options.data, op.custom_options.size});
  for (const char* key : {"x", "num_channels", "", "use_regular_nms"})
    sum += static_cast<uint32_t>(map.integer(key, 1)) + (map.number(key, 1) > 0) + map.has(key);
}

void touch(const Model& model) {
  for (int32_t g = 0; g < model.n_subgraphs(); ++g) {
    const Subgraph graph = model.subgraph(g);
    for (int32_t i = 0; i < graph.n_tensors(); ++i) touch(graph.tensor(i)), touch(graph.tensor_name(i));
    for (int32_t i = 0; i < graph.n_operators(); ++i) touch(graph, graph.op(i));
    touch(graph.inputs().data, graph.inputs().size * 4);
    touch(graph.outputs().data, graph.outputs().size * 4);
  }
  for (uint32_t i = 0; i < 8; ++i) {
    const Bytes buffer = model.buffer(i);
    touch(buffer.data, buffer.size);
  }
}

}  // namespace
}  // namespace inkling::host::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace inkling;
  const host::fuzz::ModelInput input(data, size);
  const auto model = host::fuzz::exact_copy(input.model.data(), input.model.size());
  const Bytes bytes{model.get(), static_cast<int32_t>(input.model.size())};
  Failure failure;
  host::fuzz::touch(Model(bytes, &failure));
  uint8_t arena[8];
  const Interpreter net(bytes, arena, host::all_ops());
  host::fuzz::claim(net.status() != Status::ok, "no model fits into 8 bytes");
  return 0;
}
