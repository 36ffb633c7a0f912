// Parts must tile the whole: equal in all dimensions but the axis, and together as long as it.
#include "inkling/prepare/parts.h"

#include "inkling/kernels/parts.h"
#include "inkling/prepare/indices.h"
#include "inkling/prepare/strided_copy.h"

namespace inkling {
namespace {

// Sizes that are kept: one where all parts are equal, else one each.
constexpr int32_t kFewParts = 4;
constexpr int32_t kMaxParts = 40;

template <int32_t n>
void join(const void* params, const Io& io) {
  const auto& p = *static_cast<const PartsParams<n>*>(params);
  for_each_part(p, [&](int32_t i, int32_t bytes, int32_t at) {
    join_part(p.n_outer, p.row_bytes, bytes, at, io.in<void>(i), io.out<void>(0));
  });
}

template <int32_t n, int32_t whole>
void split(const void* params, const Io& io) {
  const auto& p = *static_cast<const PartsParams<n>*>(params);
  for_each_part(p, [&](int32_t i, int32_t bytes, int32_t at) {
    split_part(p.n_outer, p.row_bytes, bytes, at, io.in<void>(whole), io.out<void>(i));
  });
}

// The parts are the inputs (joined) or the outputs of the operator.
struct Side {
  Prepare& c;
  bool joined;
  int32_t size() const { return joined ? c.n_inputs() : c.n_outputs(); }
  Tensor operator[](int32_t i) const { return joined ? c.input(i) : c.output(i); }
};

// Whether a part has the whole's dimensions but for the axis, which a stacked part does not have.
Status check_part(Prepare& c, const Tensor& whole, const Tensor& part, int32_t axis, bool stacked) {
  if (part.shape.size + stacked != whole.shape.size)
    return c.fail(Status::bad_shape, "a part's rank does not fit the whole's", part.shape.size,
                  whole.shape.size - stacked);
  for (int32_t d = 0; d < whole.shape.size; ++d) {
    if (d == axis) continue;
    const int32_t dim = part.shape[d - (stacked && d > axis)];
    if (dim != whole.shape[d])
      return c.fail(Status::bad_shape, "a part differs from the whole in another dimension", dim,
                    whole.shape[d]);
  }
  return Status::ok;
}

template <int32_t n>
Status prepare_parts(Prepare& c, const Side& parts, const Tensor& whole, int32_t axis, bool stacked,
                     int32_t element_bytes, int32_t n_sizes) {
  auto& p = c.params<PartsParams<n>>();
  p.n_parts = parts.size();
  p.n_sizes = n_sizes;
  if (whole.n_elements == 0) return Status::ok;
  p.n_outer = count_between(whole.shape, 0, axis);
  const int32_t inner_bytes = element_bytes * count_between(whole.shape, axis + 1, whole.shape.size);
  p.row_bytes = inner_bytes * whole.shape[axis];
  for (int32_t i = 0; i < n_sizes; ++i)
    p.sizes[i] = stacked ? inner_bytes : inner_bytes * parts[i].shape[axis];
  return Status::ok;
}

// Checks all parts and gives the number of sizes that must be kept.
Status check_parts(Prepare& c, const Side& parts, const Tensor& whole, int32_t axis, bool stacked,
                   int32_t* element_bytes, int32_t* n_sizes) {
  if (parts.size() < 1) return c.fail(Status::bad_model, "there are no parts", 0, 1);
  // The axis was resolved by the whole's rank, but a tensor is empty when an option before it was malformed.
  if (axis >= whole.shape.size)
    return c.fail(Status::bad_shape, "the axis is outside the whole", axis, whole.shape.size);
  int64_t along = 0;
  *n_sizes = 1;
  int32_t first = 0;
  for (int32_t i = 0; i < parts.size(); ++i) {
    const Tensor part = parts[i];
    TRY(require_same_bytes(c, whole, part, element_bytes));
    TRY(check_part(c, whole, part, axis, stacked));
    const int32_t dim = stacked ? 1 : part.shape[axis];
    along += dim;
    if (i == 0) first = dim;
    if (dim != first) *n_sizes = parts.size();
  }
  if (along != whole.shape[axis])
    return c.fail(Status::bad_shape, "the parts together are not as long as the whole",
                  static_cast<int32_t>(along < INT32_MAX ? along : INT32_MAX), whole.shape[axis]);
  if (*n_sizes > kMaxParts) return c.fail(Status::unsupported, "too many parts", *n_sizes, kMaxParts);
  return Status::ok;
}

}  // namespace

Status prepare_join(Prepare& c, int32_t axis, bool stacked) {
  const Side parts{c, true};
  const Tensor whole = c.output(0);
  int32_t element_bytes = 0, n_sizes = 0;
  TRY(check_parts(c, parts, whole, axis, stacked, &element_bytes, &n_sizes));
  if (n_sizes <= kFewParts) {
    TRY(prepare_parts<kFewParts>(c, parts, whole, axis, stacked, element_bytes, n_sizes));
    return c.run_with(join<kFewParts>);
  }
  TRY(prepare_parts<kMaxParts>(c, parts, whole, axis, stacked, element_bytes, n_sizes));
  return c.run_with(join<kMaxParts>);
}

Status prepare_split(Prepare& c, int32_t whole_input, int32_t axis, bool stacked) {
  const Side parts{c, false};
  const Tensor whole = c.input(whole_input);
  int32_t element_bytes = 0, n_sizes = 0;
  TRY(check_parts(c, parts, whole, axis, stacked, &element_bytes, &n_sizes));
  if (n_sizes <= kFewParts) {
    TRY(prepare_parts<kFewParts>(c, parts, whole, axis, stacked, element_bytes, n_sizes));
    return c.run_with(whole_input == 0 ? split<kFewParts, 0> : split<kFewParts, 1>);
  }
  TRY(prepare_parts<kMaxParts>(c, parts, whole, axis, stacked, element_bytes, n_sizes));
  return c.run_with(whole_input == 0 ? split<kMaxParts, 0> : split<kMaxParts, 1>);
}

}  // namespace inkling
