// Merging of dimensions, and the choice of the smallest params that hold a copy.
#include "inkling/prepare/strided_copy.h"

namespace inkling {
namespace {

template <int32_t n>
Status store_and_run(Prepare& c, const CopyPlan& plan, int32_t input) {
  auto& p = c.params<StridedCopyParams<n>>();
  plan.store(&p.copy, p.axes);
  return input == 0 ? c.run_with<eval_strided_copy<n, 0>>() : c.run_with<eval_strided_copy<n, 1>>();
}

}  // namespace

Status require_same_bytes(Prepare& c, const Tensor& a, const Tensor& b, int32_t* element_bytes) {
  if (b.type != a.type)
    return c.fail(Status::bad_type, "the output's type differs from the input's",
                  static_cast<int32_t>(b.type), static_cast<int32_t>(a.type));
  if (a.n_bytes > kMaxCopyBytes || b.n_bytes > kMaxCopyBytes)
    return c.fail(Status::bad_shape, "a tensor is too large to be moved", a.n_bytes, kMaxCopyBytes);
  const int32_t bits = bits_of(a.type);
  if (bits == 0 || bits % 8 != 0) return c.no_kernel(a.type);
  *element_bytes = bits / 8;
  return Status::ok;
}

Strides::Strides(const Shape& shape, int32_t element_bytes) {
  for (int32_t i = shape.size - 1; i >= 0; --i) {
    of[i] = element_bytes;
    element_bytes *= shape[i];
  }
}

void CopyPlan::add(int32_t n, int32_t from_stride, int32_t to_stride) {
  if (n == 1) return;
  if (n_ > 0 && n_ <= kRoom) {
    CopyAxis& outer = axes_[n_ - 1];
    if (outer.from_stride == n * from_stride && outer.to_stride == n * to_stride) {
      outer = {outer.n * n, from_stride, to_stride};
      return;
    }
  }
  if (n_ < kRoom) axes_[n_] = {n, from_stride, to_stride};
  ++n_;
}

int32_t CopyPlan::n_axes() {
  if (n_ > 0 && n_ <= kRoom && axes_[n_ - 1].from_stride == run_bytes_ &&
      axes_[n_ - 1].to_stride == run_bytes_)
    run_bytes_ *= axes_[--n_].n;
  return n_;
}

void CopyPlan::store(StridedCopy* copy, CopyAxis* axes) const {
  *copy = {n_, run_bytes_, from_first, to_first};
  for (int32_t i = 0; i < n_; ++i) axes[i] = axes_[i];
}

Status require_few_axes(Prepare& c, CopyPlan* plan) {
  if (plan->n_axes() > kMaxCopyAxes)
    return c.fail(Status::unsupported, "too many dimensions are moved", plan->n_axes(), kMaxCopyAxes);
  return Status::ok;
}

Status run_nothing(Prepare& c) {
  CopyPlan plan(0);
  return run_copy(c, &plan);
}

Status run_copy(Prepare& c, CopyPlan* plan, int32_t input) {
  TRY(require_few_axes(c, plan));
  return plan->n_axes() <= kFewCopyAxes ? store_and_run<kFewCopyAxes>(c, *plan, input)
                                        : store_and_run<kMaxCopyAxes>(c, *plan, input);
}

}  // namespace inkling
