// Broadcast: how up to three tensors of different shapes meet element by element. Dimensions that all walk
// alike are merged when prepared, so equal shapes are one long row and a scalar or a bias needs one loop,
// too. Leaves out the arithmetic: operators hand in what happens to a row.
#pragma once
#include <stdint.h>

namespace inkling {

/// The first member of the Params of every operator that broadcasts.
struct Broadcast {
  static constexpr int32_t kMaxDims = 6, kMaxInputs = 3;
  int32_t dims[kMaxDims];     ///< outermost first; the last is the row
  uint8_t n_dims;             ///< at least 1
  uint8_t walks[kMaxInputs];  ///< bit d: the input has dimension d, else it is repeated

  template <class V>
  static void visit(V&& v, const Broadcast& p) {
    for (int32_t i = 0; i < kMaxDims; ++i) v("dim", p.dims[i]);
    v("n_dims", p.n_dims);
    for (int32_t i = 0; i < kMaxInputs; ++i) v("walks", p.walks[i]);
  }
};

/// One row of the output: n elements of it, and where each input stands. `step` is 1, or 0 where an input
/// repeats one element.
struct Row {
  const void* in[Broadcast::kMaxInputs];
  int32_t step[Broadcast::kMaxInputs];
  void* out;
  int32_t n;
};

/// Computes a row. `params` are those of the operator.
using RowFunction = void (*)(const void* params, const Row& row);

/// Calls `row` for every row. `params` start with a Broadcast. `operands` are the inputs, then the output,
/// and `sizes` the bytes of their elements.
void for_each_row(const void* params, void* const* operands, const uint8_t* sizes, int32_t n_inputs,
                  RowFunction row);

}  // namespace inkling
