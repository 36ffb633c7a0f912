// Walks the rows of a Broadcast like an odometer: the last dimension but one turns fastest.
#include "inkling/kernels/broadcast.h"

namespace inkling {

void for_each_row(const void* params, void* const* operands, const uint8_t* sizes, int32_t n_inputs,
                  RowFunction row) {
  const auto& p = *static_cast<const Broadcast*>(params);
  const int32_t last = p.n_dims - 1;
  int32_t strides[Broadcast::kMaxInputs][Broadcast::kMaxDims];  // bytes from index to index
  const uint8_t* in[Broadcast::kMaxInputs];
  Row r;
  for (int32_t k = 0; k < n_inputs; ++k) {
    int32_t stride = sizes[k];
    for (int32_t d = last; d >= 0; --d) {
      const bool walks = p.walks[k] >> d & 1;
      strides[k][d] = walks ? stride : 0;
      if (walks) stride *= p.dims[d];
    }
    r.step[k] = p.walks[k] >> last & 1;
    in[k] = static_cast<const uint8_t*>(operands[k]);
  }
  r.n = p.dims[last];
  auto* out = static_cast<uint8_t*>(operands[n_inputs]);
  int32_t index[Broadcast::kMaxDims] = {};
  for (;; out += r.n * sizes[n_inputs]) {
    for (int32_t k = 0; k < n_inputs; ++k) r.in[k] = in[k];
    r.out = out;
    row(params, r);
    for (int32_t d = last - 1;; --d) {
      if (d < 0) return;
      const bool wraps = ++index[d] == p.dims[d];
      for (int32_t k = 0; k < n_inputs; ++k) in[k] += wraps ? strides[k][d] * (1 - p.dims[d]) : strides[k][d];
      if (!wraps) break;
      index[d] = 0;
    }
  }
}

}  // namespace inkling
