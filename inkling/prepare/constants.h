// Outputs that are known when the model is loaded: SHAPE and RANK.
#pragma once
#include "inkling/prepare/context.h"

namespace inkling {

/// Chooses to write `values` to output 0, an int32 or int64 tensor. An output with fewer elements, which
/// models exist for, gets the first ones; one with more is refused.
Status prepare_constants(Prepare& context, const Shape& values);

struct ConstantsParams {
  int32_t n;
  int32_t words;  ///< 4-byte words of an output: 1, or 2 for int64
  int32_t values[kMaxRank];

  template <class V>
  static void visit(V&& v, const ConstantsParams& p) {
    v("n", p.n);
    v("words", p.words);
    for (const int32_t value : p.values) v("value", value);
  }
};

inline void eval_constants(const void* params, const Io& io) {
  const auto& p = *static_cast<const ConstantsParams*>(params);
  auto* output = io.out<int32_t>(0);
  for (int32_t i = 0; i < p.n; ++i, output += p.words) {
    output[p.words - 1] = 0;  // the upper half of an int64; dimensions are not negative
    output[0] = p.values[i];
  }
}

}  // namespace inkling
