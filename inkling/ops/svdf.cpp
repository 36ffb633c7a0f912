// SVDF: int8 with int8 or int16 state, float32. The state is a variable tensor.
#include "inkling/kernels/svdf.h"

#include "inkling/ops.h"
#include "inkling/prepare/quantization.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { rank, activation };
enum Input : int32_t { input, feature, time, bias, state };

template <class State>
void eval_int8(const void* params, const Io& io) {
  filter_over_time<Arch>(*static_cast<const SvdfParams*>(params), io.in<int8_t>(input),
                         io.in<int8_t>(feature), io.in<State>(time), io.in<int32_t>(bias),
                         io.state<State>(state), io.out<int8_t>(0));
}

void eval_float(const void* params, const Io& io) {
  filter_over_time_float(*static_cast<const SvdfFloatParams*>(params), io.in<float>(input),
                         io.in<float>(feature), io.in<float>(time), io.in<float>(bias),
                         io.state<float>(state), io.out<float>(0));
}

Status prepare_shape(Prepare& c, SvdfShape* s) {
  const Tensor x = c.input(input), wf = c.input(feature), wt = c.input(time), b = c.input(bias),
               st = c.input(state);
  const int32_t r = c.option<int32_t>(rank, 0);
  if (x.shape.size != 2 || wf.shape.size != 2 || wt.shape.size != 2)
    return c.fail(Status::bad_shape, "input and weights must be matrices", x.shape.size, 2);
  *s = {x.dim(0), x.dim(1), wf.dim(0), wt.dim(1), r};
  if (r < 1 || s->filters < 1 || s->memory < 1 || s->batches < 1 || s->filters % r != 0)
    return c.fail(Status::bad_shape, "the rank does not divide the filters", r, s->filters);
  if (wf.dim(1) != s->inputs)
    return c.fail(Status::bad_shape, "the feature weights do not fit the input", wf.dim(1), s->inputs);
  if (wt.dim(0) != s->filters)
    return c.fail(Status::bad_shape, "the time weights do not fit the filters", wt.dim(0), s->filters);
  if (b.present && b.n_elements != s->filters / r)
    return c.fail(Status::bad_shape, "the bias needs one element per unit", b.n_elements, s->filters / r);
  const int64_t n_state = int64_t{s->batches} * s->filters * s->memory;
  if (!st.is_variable || st.n_elements != n_state)
    return c.fail(Status::bad_shape, "the state must be a variable of batches * filters * memory elements",
                  st.n_elements, static_cast<int32_t>(n_state));
  const Tensor output = c.output(0);
  if (output.n_elements != s->batches * (s->filters / r))
    return c.fail(Status::bad_shape, "the output's size is not batches * units", output.n_elements,
                  s->batches * (s->filters / r));
  return Status::ok;
}

Status prepare_int8(Prepare& c) {
  auto& p = c.params<SvdfParams>();
  TRY(prepare_shape(c, &p.shape));
  const Tensor x = c.input(input), wf = c.input(feature), wt = c.input(time), b = c.input(bias),
               st = c.input(state);
  const Tensor output = c.output(0);
  TRY(require_quantized(c, x));
  TRY(require_quantized(c, wf));
  TRY(require_quantized(c, wt));
  TRY(require_quantized(c, st));
  TRY(require_quantized(c, output));
  if (wf.type != Type::int8 || output.type != Type::int8 || wt.type != st.type ||
      (b.present && b.type != Type::int32))
    return c.fail(Status::bad_type, "weights, state, bias and output do not fit together",
                  static_cast<int32_t>(wt.type), static_cast<int32_t>(st.type));
  // The reference forms both factors in float.
  const Multiplier mf = multiplier(x.scale() * wf.scale() / st.scale(), 1.0f, 1.0f);
  const Multiplier mo = multiplier(st.scale() * wt.scale() / output.scale(), 1.0f, 1.0f);
  p.input_zero_point = x.zero_point();
  p.state_zero_point = st.type == Type::int8 ? st.zero_point() : 0;
  p.output_zero_point = output.zero_point();
  p.feature_multiplier = mf.value;
  p.feature_shift = mf.shift;
  p.output_multiplier = mo.value;
  p.output_shift = mo.shift;
  if (st.type == Type::int8) return c.run_with<eval_int8<int8_t>>();
  if (st.type == Type::int16) return c.run_with<eval_int8<int16_t>>();
  return c.no_kernel(st.type);
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(c.expect(3, 5, 1));
  const Tensor x = c.input(input);
  if (carries(types, Type::int8) && x.type == Type::int8) return prepare_int8(c);
  if (carries(types, Type::float32) && x.type == Type::float32) {
    auto& p = c.params<SvdfFloatParams>();
    TRY(prepare_shape(c, &p.shape));
    for (int32_t i = feature; i <= state; ++i)
      if (c.input(i).present && c.input(i).type != Type::float32)
        return c.fail(Status::bad_type, "all inputs must be float32", static_cast<int32_t>(c.input(i).type),
                      0);
    if (c.output(0).type != Type::float32) return c.no_kernel(c.output(0).type);
    FloatRange range;
    TRY(activation_range(c, c.option(activation, schema::Activation::none), &range));
    p.low = range.low;
    p.high = range.high;
    return c.run_with<eval_float>();
  }
  return c.no_kernel(x.type);
}

}  // namespace

const Op svdf = {"SVDF", 27, prepare<Types::any>};
const Op int8::svdf = {"SVDF", 27, prepare<Types::int8>};
const Op int16::svdf = {"SVDF", 27, prepare<Types::int16>};
const Op float32::svdf = {"SVDF", 27, prepare<Types::float32>};

}  // namespace inkling::ops
