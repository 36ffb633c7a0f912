// CAST: numbers from one type to another. Integers go by way of int64 and are cut to the bits that the output
// has; floats beyond int64 become the nearest one first.
#pragma once
#include "inkling/kernels/element.h"

namespace inkling {

struct CastParams {
  int32_t n;
  int32_t output_bytes;  ///< of an integer element
  bool to_bool;          ///< the output is whether the number is not 0

  template <class V>
  static void visit(V&& v, const CastParams& p) {
    v("n", p.n);
    v("output_bytes", p.output_bytes);
    v("to_bool", p.to_bool);
  }
};

/// Rounds towards zero; NaN gives 0.
inline int64_t whole_of(float x) {
  if (x >= 9223372036854775808.0f) return INT64_MAX;
  return x > -9223372036854775808.0f ? static_cast<int64_t>(x) : x == x ? INT64_MIN : 0;
}
template <class T>
int64_t whole_of(T x) {
  return x;
}

/// To an integer or bool.
template <class In>
void cast_to_integer(const CastParams& p, const In* input, uint8_t* output) {
  for (int32_t i = 0; i < p.n; ++i, output += p.output_bytes) {
    const In x = element(input + i);
    const int64_t value = p.to_bool ? x != 0 : whole_of(x);
    copy_bytes(output, &value, p.output_bytes);  // the low bytes come first
  }
}

template <class In>
void cast_to_float(const CastParams& p, const In* input, float* output) {
  for (int32_t i = 0; i < p.n; ++i) output[i] = static_cast<float>(element(input + i));
}

}  // namespace inkling
