// ADD_N: the sum of two or more tensors of one shape: int8 (all inputs share their quantization), float32.
#include "inkling/kernels/elementwise.h"
#include "inkling/ops.h"
#include "inkling/prepare/binary.h"

namespace inkling::ops {
namespace {

// The common scale is twice the input's, as in ADD.
struct AddNParams {
  QuantizedParams values;
  int32_t n;

  template <class V>
  static void visit(V&& v, const AddNParams& p) {
    v("values", p.values);
    v("n", p.n);
  }
};

void eval_int8(const void* params, const Io& io) {
  const auto& p = *static_cast<const AddNParams*>(params);
  const QuantizedParams& q = p.values;
  const Multiplier ma{q.a_multiplier, q.a_shift}, mo{q.output_multiplier, q.output_shift};
  for (int32_t i = 0; i < p.n; ++i) {
    // The reference starts from the zero point as a value, not from 0.
    int32_t sum = on_common_scale<Arch>(q, -q.a_zero_point, ma);
    for (int32_t k = 0; k < io.n_inputs; ++k)
      sum = Sum::of(sum, on_common_scale<Arch>(q, io.in<int8_t>(k)[i] - q.a_zero_point, ma));
    const int32_t value = Arch::requantize(sum, mo) + q.output_zero_point;
    io.out<int8_t>(0)[i] = static_cast<int8_t>(Arch::clamp(value, -128, 127));
  }
}

void eval_float(const void* params, const Io& io) {
  const int32_t n = static_cast<const CountParams*>(params)->n;
  for (int32_t i = 0; i < n; ++i) {
    float sum = 0.0f;
    for (int32_t k = 0; k < io.n_inputs; ++k) sum += io.in<float>(k)[i];
    io.out<float>(0)[i] = sum;
  }
}

Status expect_alike(Prepare& c) {
  TRY(c.expect(2, UINT8_MAX, 1));
  const Tensor first = c.input(0), output = c.output(0);
  for (int32_t k = 0; k <= c.n_inputs(); ++k) {
    const Tensor t = k < c.n_inputs() ? c.input(k) : output;
    if (!t.present) return c.fail(Status::bad_model, "a required input is left out", k, c.n_inputs());
    if (t.type != first.type)
      return c.fail(Status::bad_type, "inputs and output differ in type", static_cast<int32_t>(t.type),
                    static_cast<int32_t>(first.type));
    if (!equal(t.shape, first.shape))
      return c.fail(Status::bad_shape, "inputs and output differ in shape", t.n_elements, first.n_elements);
  }
  return Status::ok;
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(expect_alike(c));
  const Tensor first = c.input(0), output = c.output(0);
  if (carries(types, Type::int8) && first.type == Type::int8) {
    auto& p = c.params<AddNParams>();
    TRY(require_quantized(c, first));
    TRY(require_quantized(c, output));
    for (int32_t k = 1; k < c.n_inputs(); ++k)
      if (c.input(k).scale() != first.scale() || c.input(k).zero_point() != first.zero_point())
        return c.fail(Status::bad_value, "the inputs' quantizations differ", k, 0);
    QuantizedParams& q = p.values;
    q.left_shift = 20;
    keep(multiplier(first.scale(), 1.0f, first.scale(), -1), &q.a_multiplier, &q.a_shift);
    keep(multiplier(first.scale(), 1.0f, output.scale(), 1 - q.left_shift), &q.output_multiplier,
         &q.output_shift);
    TRY(require_below_one(c, q.output_shift));
    q.a_zero_point = static_cast<int16_t>(first.zero_point());
    q.output_zero_point = static_cast<int16_t>(output.zero_point());
    p.n = output.n_elements;
    return c.run_with<eval_int8>();
  }
  if (carries(types, Type::float32) && first.type == Type::float32) {
    c.params<CountParams>() = {output.n_elements};
    return c.run_with<eval_float>();
  }
  return c.no_kernel(first.type);
}

}  // namespace

const Op add_n = {"ADD_N", 106, prepare<Types::any>};
const Op int8::add_n = {"ADD_N", 106, prepare<Types::int8>};
const Op int16::add_n = {"ADD_N", 106, prepare<Types::int16>};
const Op float32::add_n = {"ADD_N", 106, prepare<Types::float32>};

}  // namespace inkling::ops
