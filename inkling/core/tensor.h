// Tensor: a view of one tensor as the model describes it, and of its bytes where they are known. Owns
// nothing; shape and scales stay in the model's flash.
#pragma once
#include "inkling/core/memory.h"
#include "inkling/core/span.h"
#include "inkling/core/types.h"

namespace inkling {

/// The most dimensions a tensor may have.
constexpr int32_t kMaxRank = 16;

/// Dimensions, outermost first, read in place from the model.
using Shape = Span<const int32_t>;

/// One tensor. `data` is null while its place in memory is not known (during prepare, for activations).
struct Tensor {
  void* data = nullptr;
  Shape shape;
  int32_t n_elements = 0;
  int32_t n_bytes = 0;
  Type type = Type::float32;
  bool present = false;      ///< false: an optional input that the model leaves out
  bool is_constant = false;  ///< true: `data` lies in the model; never a variable
  bool is_variable = false;  ///< true: keeps its value between invocations
  /// Affine quantization, real = scale * (q - zero_point). One entry per tensor, or one per slice along
  /// `axis`.
  Span<const float> scales;
  const uint8_t* zero_points = nullptr;  ///< little-endian int64, `n_zero_points` of them, any alignment
  int32_t n_zero_points = 0;
  int32_t axis = 0;

  /// The first scale, or 0 when the tensor is not quantized.
  float scale() const { return scales.size > 0 ? scales[0] : 0.0f; }
  /// Zero point number `i`, 0 when the model has none. Values beyond int32 are cut.
  int32_t zero_point(int32_t i = 0) const {
    return i < n_zero_points ? static_cast<int32_t>(load<uint32_t>(zero_points + 8 * i)) : 0;
  }
  bool per_channel() const { return scales.size > 1; }
  /// Dimension `i`, 1 beyond the rank.
  int32_t dim(int32_t i) const { return i < shape.size ? shape[i] : 1; }
  template <class T>
  T* as() const {
    return static_cast<T*>(data);
  }
};

/// Whether two shapes are equal, dimension by dimension.
inline bool equal(const Shape& a, const Shape& b) {
  if (a.size != b.size) return false;
  for (int32_t i = 0; i < a.size; ++i)
    if (a[i] != b[i]) return false;
  return true;
}

}  // namespace inkling
