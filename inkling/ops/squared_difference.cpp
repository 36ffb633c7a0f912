// SQUARED_DIFFERENCE with broadcasting: int8 and int16 quantized, int32, float32.
#include "inkling/ops.h"
#include "inkling/prepare/binary.h"

namespace inkling::ops {
namespace {

// Inputs go to half of the larger scale. 255^2 << (2 * 7) and 32767^2 are below 2^31.
Status prepare_scales(Prepare& c, QuantizedParams* p) {
  const Tensor a = c.input(0), b = c.input(1), output = c.output(0);
  TRY(prepare_quantized(c, p));
  TRY(require_symmetric(c, a));
  TRY(require_symmetric(c, b));
  TRY(require_symmetric(c, output));
  const float larger = a.scale() > b.scale() ? a.scale() : b.scale();
  p->left_shift = output.type == Type::int16 ? 0 : 7;
  keep(multiplier(a.scale(), 1.0f, larger, -1), &p->a_multiplier, &p->a_shift);
  keep(multiplier(b.scale(), 1.0f, larger, -1), &p->b_multiplier, &p->b_shift);
  keep(multiplier(larger, larger, output.scale(), 2 - 2 * p->left_shift), &p->output_multiplier,
       &p->output_shift);
  return Status::ok;
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(expect_binary(c));
  const Type type = c.output(0).type;
  Kernel eval;
  if (carries(types, Type::int8) && type == Type::int8)
    eval = kernel<eval_same<common_scale_row<Arch, SquaredDifference, int8_t>, int8_t>>;
  if (carries(types, Type::int16) && type == Type::int16)
    eval = kernel<eval_same<common_scale_row<Arch, SquaredDifference, int16_t>, int16_t>>;
  if (eval) {
    TRY(prepare_scales(c, &c.params<QuantizedParams>()));
    return c.run_with(eval);
  }
  return prepare_plain_binary<types, SquaredDifference, float, int32_t>(c);
}

}  // namespace

const Op squared_difference = {"SQUARED_DIFFERENCE", 99, prepare<Types::any>};
const Op int8::squared_difference = {"SQUARED_DIFFERENCE", 99, prepare<Types::int8>};
const Op int16::squared_difference = {"SQUARED_DIFFERENCE", 99, prepare<Types::int16>};
const Op float32::squared_difference = {"SQUARED_DIFFERENCE", 99, prepare<Types::float32>};

}  // namespace inkling::ops
