// SELECT by the bytes of an element: the type does not matter.
#include "inkling/prepare/select.h"

namespace inkling {
Status expect_select(Prepare& c) {
  TRY(c.expect(3, 3, 1));
  const Type condition = c.input(0).type, x = c.input(1).type, y = c.input(2).type, output = c.output(0).type;
  if (condition != Type::boolean)
    return c.fail(Status::bad_type, "the condition must be bool", static_cast<int32_t>(condition),
                  static_cast<int32_t>(Type::boolean));
  if (y != x || output != x)
    return c.fail(Status::bad_type, "the values and the output differ in type",
                  static_cast<int32_t>(y != x ? y : output), static_cast<int32_t>(x));
  return Status::ok;
}

Status prepare_select(Prepare& c) {
  TRY(expect_select(c));
  TRY(prepare_broadcast(c, 3, &c.params<Broadcast>()));
  return run_select(c);
}

Status run_select(Prepare& c) {
  const Type type = c.output(0).type;
  switch (bits_of(type)) {
    case 8:
      return c.run_with<eval_select<1>>();
    case 16:
      return c.run_with<eval_select<2>>();
    case 32:
      return c.run_with<eval_select<4>>();
    case 64:
      return c.run_with<eval_select<8>>();
    default:
      return c.no_kernel(type);
  }
}

}  // namespace inkling
