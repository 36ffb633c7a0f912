// ONE_HOT: values of any type, int32 or int64 indices. An index outside gives a row of "off" alone.
#include "inkling/kernels/indices.h"
#include "inkling/kernels/pad.h"
#include "inkling/ops.h"
#include "inkling/prepare/indices.h"
#include "inkling/prepare/strided_copy.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { axis };

// Indices are [outer, inner], the output is [outer, depth, inner].
struct OneHotParams {
  int32_t outer, depth, inner, element_bytes;
  bool is_int64;

  template <class V>
  static void visit(V&& v, const OneHotParams& p) {
    v("outer", p.outer);
    v("depth", p.depth);
    v("inner", p.inner);
    v("element_bytes", p.element_bytes);
    v("is_int64", p.is_int64);
  }
};

void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const OneHotParams*>(params);
  auto* output = io.out<uint8_t>(0);
  fill_values(output, io.in<void>(3), p.element_bytes, p.outer * p.depth * p.inner);
  for (int32_t i = 0; i < p.outer * p.inner; ++i) {
    const int32_t index = index_at(io.in<void>(0), p.is_int64, i);
    if (index < 0 || index >= p.depth) continue;
    const int32_t at = (i / p.inner * p.depth + index) * p.inner + i % p.inner;
    copy_bytes(output + at * p.element_bytes, io.in<void>(2), p.element_bytes);
  }
}

Status prepare(Prepare& c) {
  TRY(c.expect(4, 4, 1));
  const Tensor indices = c.input(0), on = c.input(2), off = c.input(3), output = c.output(0);
  auto& p = c.params<OneHotParams>();
  TRY(require_index_type(c, indices));
  TRY(require_index_type(c, c.input(1)));
  TRY(require_same_bytes(c, on, output, &p.element_bytes));
  TRY(require_same_bytes(c, off, output, &p.element_bytes));
  if (on.n_elements != 1 || off.n_elements != 1 || c.input(1).n_elements != 1)
    return c.fail(Status::bad_shape, "depth, on and off must be one element", on.n_elements, 1);
  const int32_t rank = output.shape.size;
  int32_t along = 0;
  TRY(resolve_axis(c, c.option<int32_t>(axis, 0), rank, &along));
  if (rank != indices.shape.size + 1)
    return c.fail(Status::bad_shape, "the output must have one dimension more", rank, indices.shape.size + 1);
  for (int32_t i = 0; i < rank; ++i)
    if (i != along && output.shape[i] != indices.shape[i - (i > along)])
      return c.fail(Status::bad_shape, "indices and output differ in a dimension", output.shape[i], i);
  p.is_int64 = indices.type == Type::int64;
  if (output.n_elements > 0) {
    p.outer = count_between(output.shape, 0, along);
    p.depth = output.shape[along];
    p.inner = count_between(output.shape, along + 1, rank);
  }
  return c.run_with<eval>();
}

}  // namespace

const Op one_hot = {"ONE_HOT", 85, prepare};
const Op int8::one_hot = {"ONE_HOT", 85, prepare};
const Op int16::one_hot = {"ONE_HOT", 85, prepare};
const Op float32::one_hot = {"ONE_HOT", 85, prepare};

}  // namespace inkling::ops
