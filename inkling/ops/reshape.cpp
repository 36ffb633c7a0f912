// RESHAPE: any type. The bytes stay the same; the shapes are in the model.
#include "inkling/prepare/reshape.h"

#include "inkling/ops.h"
#include "inkling/prepare/indices.h"

namespace inkling::ops {
namespace {

Status prepare(Prepare& c) {
  TRY(c.expect(1, 2, 1));
  if (c.input(1).present) TRY(require_index_type(c, c.input(1)));
  return prepare_reshape(c);
}

}  // namespace

const Op reshape = {"RESHAPE", 22, prepare};
const Op int8::reshape = {"RESHAPE", 22, prepare};
const Op int16::reshape = {"RESHAPE", 22, prepare};
const Op float32::reshape = {"RESHAPE", 22, prepare};

}  // namespace inkling::ops
