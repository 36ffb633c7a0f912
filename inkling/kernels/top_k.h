// TOPK_V2: the k largest values of each row and their indices; of equal ones the first comes first. Looks for
// one after the other, which needs no memory and is quick for the few that are asked for.
#pragma once
#include <stdint.h>

namespace inkling {

struct TopKParams {
  int32_t rows, n, k;

  template <class V>
  static void visit(V&& v, const TopKParams& p) {
    v("rows", p.rows);
    v("n", p.n);
    v("k", p.k);
  }
};

template <class T>
void top_k(const TopKParams& p, const T* input, T* values, int32_t* indices) {
  for (int32_t r = 0; r < p.rows; ++r, input += p.n) {
    int32_t last = -1;  // found before: all that is larger, and what is equal up to here
    for (int32_t k = 0; k < p.k; ++k) {
      int32_t best = -1;
      for (int32_t i = 0; i < p.n; ++i) {
        const bool taken = last >= 0 && (input[i] > input[last] || (input[i] == input[last] && i <= last));
        if (!taken && (best < 0 || input[i] > input[best])) best = i;
      }
      last = best < 0 ? 0 : best;  // only where values are not a number
      *values++ = input[last];
      *indices++ = last;
    }
  }
}

}  // namespace inkling
