// ZEROS_LIKE: any type.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

void eval(const void* params, const Io& io) {
  fill_bytes(io.out<void>(0), 0, static_cast<const CountParams*>(params)->n);
}

Status prepare(Prepare& c) {
  TRY(expect_unary(c, true));
  c.params<CountParams>() = {c.output(0).n_bytes};
  return c.run_with<eval>();
}

}  // namespace

const Op zeros_like = {"ZEROS_LIKE", 93, prepare};
const Op int8::zeros_like = {"ZEROS_LIKE", 93, prepare};
const Op int16::zeros_like = {"ZEROS_LIKE", 93, prepare};
const Op float32::zeros_like = {"ZEROS_LIKE", 93, prepare};

}  // namespace inkling::ops
