// Reads the option, checks the tensors, keeps the state. Nothing here differs from an operator of Inkling's.
#include "exponential_smoothing.h"

#include "inkling/format/flexbuffer.h"
#include "inkling/prepare/context.h"

using namespace inkling;

namespace {

// What prepare leaves for eval. Each member is listed, so that it can be printed.
struct Params {
  int32_t n;
  float alpha;

  template <class V>
  static void visit(V&& v, const Params& p) {
    v("n", p.n);
    v("alpha", p.alpha);
  }
};

void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const Params*>(params);
  const auto* x = io.in<float>(0);
  auto* state = io.scratch<float>();  // zeros at first, and after each reset
  for (int32_t i = 0; i < p.n; ++i) io.out<float>(0)[i] = state[i] += p.alpha * (x[i] - state[i]);
}

Status prepare(Prepare& c) {
  TRY(c.expect(1, 1, 1));
  const Tensor input = c.input(0), output = c.output(0);
  if (input.type != Type::float32 || output.type != Type::float32) return c.no_kernel(input.type);
  if (input.n_elements != output.n_elements)
    return c.fail(Status::bad_shape, "input and output differ in size", output.n_elements, input.n_elements);
  const float alpha = FlexMap({c.op().custom_options.data, c.op().custom_options.size}).number("alpha", 0.0f);
  if (!(alpha > 0.0f && alpha <= 1.0f)) return c.fail(Status::bad_value, "alpha must be above 0, at most 1");
  c.params<Params>() = {input.n_elements, alpha};
  c.take_state(input.n_bytes);
  return c.run_with<eval>();
}

}  // namespace

const Op exponential_smoothing = {"ExponentialSmoothing", kCustom, prepare};
