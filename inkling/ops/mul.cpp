// MUL with broadcasting: int8, uint8 and int16 quantized, int32, float32.
#include "inkling/ops.h"
#include "inkling/prepare/binary.h"

namespace inkling::ops {
namespace {

struct Quantized : Arithmetic {
  template <class T>
  static constexpr Kernel eval() {
    return kernel<eval_same<product_row<Arch, T>, T>>;
  }
  static Status derive(Prepare& c, QuantizedParams* p) {
    const Tensor a = c.input(0), b = c.input(1), output = c.output(0);
    TRY(require_symmetric(c, a));
    TRY(require_symmetric(c, b));
    TRY(require_symmetric(c, output));
    keep(multiplier(a.scale(), b.scale(), output.scale()), &p->output_multiplier, &p->output_shift);
    return Status::ok;
  }
};

}  // namespace

const Op mul = {"MUL", 18, prepare_arithmetic<Types::any, Product, Quantized>};
const Op int8::mul = {"MUL", 18, prepare_arithmetic<Types::int8, Product, Quantized>};
const Op int16::mul = {"MUL", 18, prepare_arithmetic<Types::int16, Product, Quantized>};
const Op float32::mul = {"MUL", 18, prepare_arithmetic<Types::float32, Product, Quantized>};

}  // namespace inkling::ops
