// Builds strided copies: an operator adds its dimensions, neighbours that both sides walk alike are merged,
// and what is contiguous at the end becomes the run.
#pragma once
#include "inkling/kernels/strided_copy.h"
#include "inkling/prepare/context.h"

namespace inkling {

/// Larger tensors are refused, so that positions and strides, even one turn too far, stay within 31 bits.
constexpr int32_t kMaxCopyBytes = 1 << 28;

/// Checks that the bytes of `a` can be copied to `b`: equal types of whole bytes. Gives the bytes of an
/// element.
Status require_same_bytes(Prepare& context, const Tensor& a, const Tensor& b, int32_t* element_bytes);

/// Bytes from index to index of each dimension of a tensor that has elements.
struct Strides {
  int32_t of[kMaxRank];
  Strides(const Shape& shape, int32_t element_bytes);
};

/// A copy in the making.
class CopyPlan {
 public:
  explicit CopyPlan(int32_t element_bytes) : run_bytes_(element_bytes) {}

  /// Where the first element lies, in bytes from the tensors' starts.
  int32_t from_first = 0, to_first = 0;

  /// Adds a dimension inside those added before. Strides in bytes; those of a single turn do not matter.
  void add(int32_t n, int32_t from_stride, int32_t to_stride);
  /// The loops that are left once everything is merged. Ends the adding; what is more than kMaxCopyAxes is
  /// not kept.
  int32_t n_axes();
  /// Writes the copy and its n_axes() loops.
  void store(StridedCopy* copy, CopyAxis* axes) const;

 private:
  static constexpr int32_t kRoom = kMaxCopyAxes + 1;  // the last one may become the run
  CopyAxis axes_[kRoom];
  int32_t n_ = 0;
  int32_t run_bytes_;
};

/// Chooses a plain copy from input `input` to output 0 by `plan`. Fails when it has too many loops.
Status run_copy(Prepare& context, CopyPlan* plan, int32_t input = 0);

/// Chooses a copy of nothing, for operators whose output has no elements.
Status run_nothing(Prepare& context);

/// Loops that most copies get by with. Operators with further params choose between these and kMaxCopyAxes.
constexpr int32_t kFewCopyAxes = 3;

/// Fails when `plan` needs more than kMaxCopyAxes loops.
Status require_few_axes(Prepare& context, CopyPlan* plan);

template <int32_t n_axes, int32_t input>
void eval_strided_copy(const void* params, const Io& io) {
  const auto& p = *static_cast<const StridedCopyParams<n_axes>*>(params);
  copy_strided(p.copy, p.axes, io.in<void>(input), io.out<void>(0));
}

}  // namespace inkling
