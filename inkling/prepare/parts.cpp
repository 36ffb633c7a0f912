// Parts must tile the whole: equal in all dimensions but the axis, and together as long as it.
#include "inkling/prepare/parts.h"

#include "inkling/prepare/indices.h"
#include "inkling/prepare/strided_copy.h"

namespace inkling {
namespace {

// Sizes that are kept: one where all parts are equal, else one each.
constexpr int32_t kFewParts = 4;
constexpr int32_t kMaxParts = 40;

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

Status read_parts(const Side& side, const Tensor& whole, int32_t axis, bool stacked, int32_t max_sizes,
                  Parts* parts, int32_t* sizes) {
  Prepare& c = side.c;
  const int32_t n_parts = side.size();
  if (n_parts < 1) return c.fail(Status::bad_model, "there are no parts", 0, 1);
  TRY(resolve_axis(c, axis, whole.shape.size, &axis));
  int32_t element_bytes = 0;
  TRY(require_same_bytes(c, whole, side[0], &element_bytes));
  const bool empty = whole.n_elements == 0;
  const int32_t step_bytes =
      empty ? 0 : element_bytes * count_between(whole.shape, axis + 1, whole.shape.size);
  int64_t along = 0;
  bool equal = true;
  for (int32_t i = 0; i < n_parts; ++i) {
    const Tensor part = side[i];
    TRY(require_same_bytes(c, whole, part, &element_bytes));
    TRY(check_part(c, whole, part, axis, stacked));
    const int32_t bytes = empty ? 0 : step_bytes * (stacked ? 1 : part.shape[axis]);
    along += stacked ? 1 : part.shape[axis];
    if (i < max_sizes) sizes[i] = bytes;
    equal = equal && bytes == sizes[0];
  }
  if (along != whole.shape[axis])
    return c.fail(Status::bad_shape, "the parts together are not as long as the whole",
                  static_cast<int32_t>(along < INT32_MAX ? along : INT32_MAX), whole.shape[axis]);
  const int32_t n_sizes = equal ? 1 : n_parts;
  if (n_sizes > max_sizes) return c.fail(Status::unsupported, "too many parts", n_sizes, max_sizes);
  *parts = {empty ? 0 : count_between(whole.shape, 0, axis), empty ? 0 : step_bytes * whole.shape[axis],
            n_parts, n_sizes};
  return Status::ok;
}

template <int32_t n>
void store(Prepare& c, const Parts& parts, const int32_t* sizes) {
  auto& p = c.params<PartsParams<n>>();
  p.parts = parts;
  for (int32_t i = 0; i < parts.n_sizes; ++i) p.sizes[i] = sizes[i];
}

}  // namespace

Status read_joined_parts(Prepare& c, int32_t axis, int32_t max_sizes, Parts* parts, int32_t* sizes) {
  return read_parts({c, true}, c.output(0), axis, false, max_sizes, parts, sizes);
}

Status prepare_join(Prepare& c, int32_t axis, bool stacked) {
  Parts parts = {};
  int32_t sizes[kMaxParts];
  TRY(read_parts({c, true}, c.output(0), axis, stacked, kMaxParts, &parts, sizes));
  const bool few = parts.n_sizes <= kFewParts;
  few ? store<kFewParts>(c, parts, sizes) : store<kMaxParts>(c, parts, sizes);
  return few ? c.run_with<eval_join<kFewParts>>() : c.run_with<eval_join<kMaxParts>>();
}

Status prepare_split(Prepare& c, int32_t whole, int32_t axis, bool stacked) {
  Parts parts = {};
  int32_t sizes[kMaxParts];
  TRY(read_parts({c, false}, c.input(whole), axis, stacked, kMaxParts, &parts, sizes));
  const bool few = parts.n_sizes <= kFewParts;
  few ? store<kFewParts>(c, parts, sizes) : store<kMaxParts>(c, parts, sizes);
  if (whole == 0)
    return few ? c.run_with<eval_split<kFewParts, 0>>() : c.run_with<eval_split<kMaxParts, 0>>();
  return few ? c.run_with<eval_split<kFewParts, 1>>() : c.run_with<eval_split<kMaxParts, 1>>();
}

}  // namespace inkling
