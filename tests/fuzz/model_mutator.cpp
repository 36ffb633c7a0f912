// How inputs that hold a model are mutated, so that most stay readable: words of the file, or parts of the
// graph. Bytes that libFuzzer inserts or removes break all offsets behind them, so its own mutations get a
// part of the turns only.
#include <algorithm>
#include <cstring>

#include "host/engine/program.h"
#include "host/error.h"
#include "host/graph/graph.h"
#include "tests/engine_test.h"
#include "tests/fuzz/model_input.h"

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size);
extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size, unsigned seed);

namespace inkling::host::fuzz {
namespace {

template <class T>
T& any(std::vector<T>& values, Random& random) {
  return values[static_cast<size_t>(random.integer(0, static_cast<int64_t>(values.size()) - 1))];
}

int32_t interesting(Random& random) {
  return random.one_of({0,     1,     2,       3,       4,         5,         7,   8,   15,
                        16,    17,    31,      64,      127,       128,       255, 256, 1000,
                        32767, 65536, 1 << 20, 1 << 24, INT32_MAX, INT32_MIN, -1,  -2,  -128});
}

float interesting_float(Random& random) {
  const float numbers[] = {0.0f,
                           1.0f,
                           -1.0f,
                           0.5f,
                           1.0f / 128,
                           1e-30f,
                           1e30f,
                           1e-45f,
                           3.4e38f,
                           __builtin_inff(),
                           __builtin_nanf(""),
                           static_cast<float>(random.real(0, 1))};
  return numbers[random.integer(0, static_cast<int64_t>(std::size(numbers)) - 1)];
}

/// Changes, inserts or removes an element.
template <class T, class Draw>
void edit(std::vector<T>& values, Random& random, Draw draw) {
  const int32_t what = random.integer(0, 5);
  if (what == 0 || values.empty())
    values.insert(values.begin() + random.integer(0, static_cast<int64_t>(values.size())), draw());
  else if (what == 1)
    values.erase(values.begin() + random.integer(0, static_cast<int64_t>(values.size()) - 1));
  else
    any(values, random) = draw();
}

/// Overwrites one of the 32-bit words, most of which are offsets, counts, indices, dimensions or weights.
void edit_word(std::vector<uint8_t>& bytes, Random& random) {
  if (bytes.size() < 4) return;
  uint8_t* at = bytes.data() + 4 * random.integer(0, static_cast<int64_t>(bytes.size() / 4) - 1);
  const uint8_t* other = bytes.data() + 4 * random.integer(0, static_cast<int64_t>(bytes.size() / 4) - 1);
  uint32_t word;
  std::memcpy(&word, random.one_in(4) ? other : at, sizeof word);
  if (random.one_in(2))
    word += static_cast<uint32_t>(random.integer(-8, 8));
  else if (random.one_in(2))
    word = static_cast<uint32_t>(interesting(random));
  std::memcpy(at, &word, sizeof word);
}

void edit_tensor(graph::Tensor& tensor, Random& random) {
  switch (random.integer(0, 7)) {
    case 0:
      tensor.type = static_cast<Type>(random.integer(0, 21));
      break;
    case 1:
      return edit(tensor.scales, random, [&] { return interesting_float(random); });
    case 2:
      return edit(tensor.zero_points, random, [&] { return int64_t{interesting(random)}; });
    case 3:
      tensor.axis = interesting(random);
      break;
    case 4:
      tensor.is_variable = !tensor.is_variable;
      break;
    case 5:
      if (random.one_in(3))
        tensor.data.resize(static_cast<size_t>(random.integer(0, 256)));
      else
        edit_word(tensor.data, random);
      break;
    default:
      return edit(tensor.shape, random,
                  [&] { return random.one_in(2) ? random.integer(0, 9) : interesting(random); });
  }
}

void edit_operator(graph::Operator& op, int32_t n_tensors, Random& random) {
  const auto index = [&] { return random.integer(-1, n_tensors); };
  switch (random.integer(0, 3)) {
    case 0: {
      const Op& other = *all_ops()[random.integer(0, all_ops().size - 1)];
      op.code = other.code;
      op.custom_name = other.code == kCustom ? other.name : "";
      break;
    }
    case 1:
      return edit(op.custom_options, random, [&] { return static_cast<uint8_t>(random.bits()); });
    case 2:
      return edit(op.outputs, random, index);
    default:
      return edit(op.inputs, random, index);
  }
}

void edit_graph(graph::Graph& model, Random& random) {
  if (model.subgraphs.empty()) return;
  graph::Subgraph& graph = any(model.subgraphs, random);
  const auto n_tensors = static_cast<int32_t>(graph.tensors.size());
  const int32_t what = random.integer(0, 19);
  if (what == 0) return edit(model.subgraphs, random, [copy = graph] { return copy; });
  if (what == 1) return edit(graph.inputs, random, [&] { return random.integer(-1, n_tensors); });
  if (what == 2) return edit(graph.outputs, random, [&] { return random.integer(-1, n_tensors); });
  if (what == 3 && !graph.tensors.empty())
    return edit(graph.tensors, random, [copy = any(graph.tensors, random)] { return copy; });
  if (what == 4 && !graph.operators.empty())
    return edit(graph.operators, random, [copy = any(graph.operators, random)] { return copy; });
  if (what < 9 && !graph.operators.empty())
    return edit_operator(any(graph.operators, random), n_tensors, random);
  if (!graph.tensors.empty()) edit_tensor(any(graph.tensors, random), random);
}

}  // namespace
}  // namespace inkling::host::fuzz

size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size, unsigned seed) {
  using namespace inkling::host;
  Random random(seed);
  if (random.one_in(4)) return LLVMFuzzerMutate(data, size, max_size);
  fuzz::ModelInput input(data, size);
  try {
    if (random.one_in(2)) throw Error("words this time");
    graph::Graph model = graph::read(view(input.model));
    for (int32_t n = random.integer(1, 3); n > 0; --n) fuzz::edit_graph(model, random);
    input.model = graph::write(model);
  } catch (const Error&) {
    for (int32_t n = random.integer(1, 3); n > 0; --n) fuzz::edit_word(input.model, random);
  }
  if (random.one_in(8)) input.setup.arena_bytes = static_cast<uint16_t>(random.bits());
  if (random.one_in(8)) input.setup.misalignment = static_cast<uint8_t>(random.bits());
  const std::vector<uint8_t> bytes = input.bytes();
  if (bytes.size() > max_size) return size;
  std::copy(bytes.begin(), bytes.end(), data);
  return bytes.size();
}
