// CONCATENATION of any type: the inputs' bytes, joined along an axis. Like the reference it does not rescale
// int8 inputs whose quantization differs from the output's, and fuses no activation.
#include "inkling/format/schema.h"
#include "inkling/ops.h"
#include "inkling/prepare/indices.h"
#include "inkling/prepare/parts.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { axis, activation };

Status prepare(Prepare& c) {
  TRY(c.expect(c.n_inputs(), c.n_inputs(), 1));
  if (c.option(activation, schema::Activation::none) != schema::Activation::none)
    return c.fail(Status::unsupported, "a fused activation", c.option<int8_t>(activation, 0), 0);
  int32_t along = 0;
  TRY(resolve_axis(c, c.option<int32_t>(axis, 0), c.output(0).shape.size, &along));
  return prepare_join(c, along, false);
}

}  // namespace

const Op concatenation = {"CONCATENATION", 2, prepare};
const Op int8::concatenation = {"CONCATENATION", 2, prepare};
const Op int16::concatenation = {"CONCATENATION", 2, prepare};
const Op float32::concatenation = {"CONCATENATION", 2, prepare};

}  // namespace inkling::ops
