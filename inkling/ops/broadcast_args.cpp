// BROADCAST_ARGS: the shape, int32 or int64, that two shapes broadcast to.
#include "inkling/kernels/indices.h"
#include "inkling/ops.h"
#include "inkling/prepare/indices.h"

namespace inkling::ops {
namespace {

struct BroadcastArgsParams {
  int32_t n_a, n_b, n;
  int32_t words;  ///< 4-byte words of a number: 1, or 2 for int64

  template <class V>
  static void visit(V&& v, const BroadcastArgsParams& p) {
    v("n_a", p.n_a);
    v("n_b", p.n_b);
    v("n", p.n);
    v("words", p.words);
  }
};

void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const BroadcastArgsParams*>(params);
  const auto dim = [&](int32_t input, int32_t i) {
    return i < 0 ? 1 : index_at(io.in<void>(input), p.words == 2, i);
  };
  auto* output = io.out<int32_t>(0);
  for (int32_t i = 0; i < p.n; ++i, output += p.words) {
    const int32_t a = dim(0, i - (p.n - p.n_a)), b = dim(1, i - (p.n - p.n_b)), result = a == 1 ? b : a;
    output[p.words - 1] = result >> 31;
    output[0] = result;
  }
}

Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  const Tensor a = c.input(0), b = c.input(1), output = c.output(0);
  TRY(require_index_type(c, output));
  if (a.type != output.type || b.type != output.type)
    return c.fail(Status::bad_type, "inputs and output differ in type", static_cast<int32_t>(a.type),
                  static_cast<int32_t>(output.type));
  const int32_t n = a.n_elements > b.n_elements ? a.n_elements : b.n_elements;
  if (a.shape.size != 1 || b.shape.size != 1 || output.n_elements != n)
    return c.fail(Status::bad_shape, "the output must be as long as the longer input", output.n_elements, n);
  c.params<BroadcastArgsParams>() = {a.n_elements, b.n_elements, n, output.type == Type::int64 ? 2 : 1};
  return c.run_with<eval>();
}

}  // namespace

const Op broadcast_args = {"BROADCAST_ARGS", 145, prepare};
const Op int8::broadcast_args = {"BROADCAST_ARGS", 145, prepare};
const Op int16::broadcast_args = {"BROADCAST_ARGS", 145, prepare};
const Op float32::broadcast_args = {"BROADCAST_ARGS", 145, prepare};

}  // namespace inkling::ops
