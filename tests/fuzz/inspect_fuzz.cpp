// Fuzzes what the desk does with a model without running it: the graph in and out again, labels, inspection.
#include "host/engine/inspection.h"
#include "host/graph/graph.h"
#include "inkling/format/model.h"
#include "tests/engine_test.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/model_input.h"

namespace {

// More takes the desk long to lay out, and is laid out in the same way.
constexpr int64_t kMaxTensorBytes = 1 << 20;

int64_t tensor_bytes(const std::vector<uint8_t>& bytes) {
  inkling::Failure failure;
  const inkling::Model model(inkling::host::view(bytes), &failure);
  int64_t sum = 0;
  for (int32_t g = 0; g < model.n_subgraphs(); ++g)
    for (int32_t i = 0; i < model.subgraph(g).n_tensors(); ++i) sum += model.subgraph(g).tensor(i).n_bytes;
  return sum;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace inkling::host;
  const fuzz::ModelInput input(data, size);
  fuzz::refuse_or_read([&] {
    const auto model = fuzz::exact_copy(input.model.data(), input.model.size());
    const auto bytes = graph::write(graph::read({model.get(), static_cast<int32_t>(input.model.size())}));
    fuzz::claim(graph::write(graph::read(view(bytes))) == bytes, "equal graphs give equal bytes");
  });
  if (tensor_bytes(input.model) > kMaxTensorBytes) return 0;
  fuzz::refuse_or_read([&] {
    const fuzz::MemoryFile file(input.model.data(), input.model.size());
    const Inspection inspection = inspect_model(file.path());
    to_text(inspection);
    to_json(inspection).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  });
  return 0;
}
