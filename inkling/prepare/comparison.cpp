// The parts of preparing a comparison that do not depend on its outcomes.
#include "inkling/prepare/comparison.h"

namespace inkling {

Status expect_comparison(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  const Type a = c.input(0).type, b = c.input(1).type, output = c.output(0).type;
  if (b != a)
    return c.fail(Status::bad_type, "the inputs differ in type", static_cast<int32_t>(b),
                  static_cast<int32_t>(a));
  if (output != Type::boolean)
    return c.fail(Status::bad_type, "the output must be bool", static_cast<int32_t>(output),
                  static_cast<int32_t>(Type::boolean));
  return Status::ok;
}

Status prepare_compare_scales(Prepare& c, QuantizedParams* p) {
  const Tensor a = c.input(0), b = c.input(1);
  TRY(prepare_broadcast(c, 2, &p->broadcast));
  TRY(require_quantized(c, a));
  TRY(require_quantized(c, b));
  // The reference takes scales below 1 only. Others are divided by a power of two, which decides nothing.
  const Multiplier ma = multiplier(a.scale(), 1.0f, 1.0f), mb = multiplier(b.scale(), 1.0f, 1.0f);
  const int32_t larger = ma.shift > mb.shift ? ma.shift : mb.shift, excess = larger > 0 ? larger : 0;
  p->left_shift = 8;
  keep(multiplier(a.scale(), 1.0f, 1.0f, -excess), &p->a_multiplier, &p->a_shift);
  keep(multiplier(b.scale(), 1.0f, 1.0f, -excess), &p->b_multiplier, &p->b_shift);
  p->a_zero_point = static_cast<int16_t>(a.zero_point());
  p->b_zero_point = static_cast<int16_t>(b.zero_point());
  return Status::ok;
}

}  // namespace inkling
