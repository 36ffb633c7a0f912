// ADD with broadcasting: int8, uint8 and int16 quantized, int32, float32.
#include "inkling/ops.h"
#include "inkling/prepare/binary.h"

namespace inkling::ops {
namespace {

// Inputs go to half of the larger scale, so that their multipliers stay below 1 and their sum has a bit of
// room.
struct Quantized : CommonScale<Sum> {
  static constexpr bool kInt32Fuses = false;  // the reference does not
  static Status derive(Prepare& c, QuantizedParams* p) {
    const float a = c.input(0).scale(), b = c.input(1).scale(), output = c.output(0).scale();
    const float larger = a > b ? a : b;
    p->left_shift = c.output(0).type == Type::int16 ? 15 : 20;
    keep(multiplier(a, 1.0f, larger, -1), &p->a_multiplier, &p->a_shift);
    keep(multiplier(b, 1.0f, larger, -1), &p->b_multiplier, &p->b_shift);
    keep(multiplier(larger, 1.0f, output, 1 - p->left_shift), &p->output_multiplier, &p->output_shift);
    return require_below_one(c, p->output_shift);
  }
};

}  // namespace

const Op add = {"ADD", 0, prepare_arithmetic<Types::any, Sum, Quantized>};
const Op int8::add = {"ADD", 0, prepare_arithmetic<Types::int8, Sum, Quantized>};
const Op int16::add = {"ADD", 0, prepare_arithmetic<Types::int16, Sum, Quantized>};
const Op float32::add = {"ADD", 0, prepare_arithmetic<Types::float32, Sum, Quantized>};

}  // namespace inkling::ops
