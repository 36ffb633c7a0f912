// DIV with broadcasting: int8 and uint8 quantized, int32, float32.
#include "inkling/ops.h"
#include "inkling/prepare/binary.h"

namespace inkling::ops {
namespace {

struct Quantized : Arithmetic {
  template <class T>
  static constexpr Kernel eval() {
    if constexpr (sizeof(T) == 1)
      return kernel<eval_same<quotient_row<Arch, T>, T>>;
    else
      return {};
  }
  static Status derive(Prepare& c, QuantizedParams* p) {
    const float a = c.input(0).scale(), b = c.input(1).scale(), output = c.output(0).scale();
    // The reference forms the factor in float. Quotients have 23 bits of headroom or more.
    const Multiplier m = multiplier(a / (b * output), 1.0f, 1.0f);
    if (m.shift > 23)
      return c.fail(Status::bad_value, "the output's scale is too small for the inputs'", m.shift, 23);
    keep(m, &p->output_multiplier, &p->output_shift);
    return Status::ok;
  }
};

}  // namespace

const Op div = {"DIV", 42, prepare_arithmetic<Types::any, Quotient, Quantized>};
const Op int8::div = {"DIV", 42, prepare_arithmetic<Types::int8, Quotient, Quantized>};
const Op int16::div = {"DIV", 42, prepare_arithmetic<Types::int16, Quotient, Quantized>};
const Op float32::div = {"DIV", 42, prepare_arithmetic<Types::float32, Quotient, Quantized>};

}  // namespace inkling::ops
