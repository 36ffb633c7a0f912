// SUB with broadcasting: int8, uint8 and int16 quantized, int32, float32.
#include "inkling/ops.h"
#include "inkling/prepare/binary.h"

namespace inkling::ops {
namespace {

// As for ADD, but the reference forms its factors in float.
struct Quantized : CommonScale<Difference> {
  static Status derive(Prepare& c, QuantizedParams* p) {
    const float a = c.input(0).scale(), b = c.input(1).scale(), output = c.output(0).scale();
    const float twice_larger = 2.0f * (a > b ? a : b);
    p->left_shift = c.output(0).type == Type::int16 ? 15 : 20;
    const auto step = static_cast<float>(1 << p->left_shift);
    keep(multiplier(a / twice_larger, 1.0f, 1.0f), &p->a_multiplier, &p->a_shift);
    keep(multiplier(b / twice_larger, 1.0f, 1.0f), &p->b_multiplier, &p->b_shift);
    keep(multiplier(twice_larger / (step * output), 1.0f, 1.0f), &p->output_multiplier, &p->output_shift);
    return require_below_one(c, p->output_shift);
  }
};

}  // namespace

const Op sub = {"SUB", 41, prepare_arithmetic<Types::any, Difference, Quantized>};
const Op int8::sub = {"SUB", 41, prepare_arithmetic<Types::int8, Difference, Quantized>};
const Op int16::sub = {"SUB", 41, prepare_arithmetic<Types::int16, Difference, Quantized>};
const Op float32::sub = {"SUB", 41, prepare_arithmetic<Types::float32, Difference, Quantized>};

}  // namespace inkling::ops
