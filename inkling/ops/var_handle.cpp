// VAR_HANDLE: names a resource variable. Its output stands for the variable's bytes (see
// prepare/resources.h), so there is nothing to compute.
#include "inkling/ops.h"
#include "inkling/prepare/resources.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { container, shared_name };

void eval(const void*, const Io&) {}

Status prepare(Prepare& c) {
  TRY(c.expect(0, 0, 1));
  const Tensor value = value_of_variable(c, c.op().output(0));
  const uint8_t initial = value.type == Type::int8 ? static_cast<uint8_t>(value.zero_point()) : 0;
  TRY(bind_variable(c, c.op().options.string(shared_name), value, initial));
  return c.run_with<eval>();
}

constexpr Op kOp = {"VAR_HANDLE", 142, prepare};

}  // namespace

const Op var_handle = kOp;
const Op int8::var_handle = kOp;
const Op int16::var_handle = kOp;
const Op float32::var_handle = kOp;

}  // namespace inkling::ops
