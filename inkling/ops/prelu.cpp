// PRELU with broadcasting of alpha: int8 and int16 quantized with int8 alpha, float32.
#include "inkling/ops.h"
#include "inkling/prepare/binary.h"

namespace inkling::ops {
namespace {

// The factor is input scale / output scale above zero, times alpha's scale below.
Status prepare_scales(Prepare& c, QuantizedParams* p) {
  const Tensor input = c.input(0), alpha = c.input(1), output = c.output(0);
  if (alpha.type != Type::int8 || output.type != input.type)
    return c.fail(Status::bad_type, "alpha must be int8 and the output of the input's type",
                  static_cast<int32_t>(alpha.type), static_cast<int32_t>(Type::int8));
  TRY(prepare_quantized(c, p));
  keep(multiplier(input.scale(), 1.0f, output.scale()), &p->a_multiplier, &p->a_shift);
  keep(multiplier(input.scale(), alpha.scale(), output.scale()), &p->b_multiplier, &p->b_shift);
  return Status::ok;
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  const Type type = c.input(0).type;
  Kernel eval;
  if (carries(types, Type::int8) && type == Type::int8)
    eval = kernel<eval_rows<prelu_row<Arch, int8_t>, int8_t, int8_t, int8_t>>;
  if (carries(types, Type::int16) && type == Type::int16)
    eval = kernel<eval_rows<prelu_row<Arch, int16_t>, int16_t, int16_t, int8_t>>;
  if (eval) {
    TRY(prepare_scales(c, &c.params<QuantizedParams>()));
    return c.run_with(eval);
  }
  return prepare_plain_binary<types, PositiveOrScaled, float>(c);
}

}  // namespace

const Op prelu = {"PRELU", 54, prepare<Types::any>};
const Op int8::prelu = {"PRELU", 54, prepare<Types::int8>};
const Op int16::prelu = {"PRELU", 54, prepare<Types::int16>};
const Op float32::prelu = {"PRELU", 54, prepare<Types::float32>};

}  // namespace inkling::ops
