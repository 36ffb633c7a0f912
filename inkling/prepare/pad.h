// What PAD, PADV2 and MIRROR_PAD prepare alike.
#pragma once
#include "inkling/kernels/pad.h"
#include "inkling/prepare/indices.h"
#include "inkling/prepare/strided_copy.h"

namespace inkling {

/// Reads the constant paddings of input 1, two numbers for each dimension of input 0, and checks that they
/// make the output's shape.
Status read_paddings(Prepare& context, const Tensor& input, const Tensor& output, Indices* paddings);

/// Prepares PAD, and PADV2 whose input 2 is the value.
Status prepare_pad(Prepare& context);

template <int32_t n>
void eval_pad(const void* params, const Io& io) {
  const auto& p = *static_cast<const PadParams<n>*>(params);
  const void* value = io.in<void>(2) ? io.in<void>(2) : &p.fill;
  fill_values(io.out<void>(0), value, p.fill_bytes, p.n_fills);
  copy_strided(p.inside.copy, p.inside.axes, io.in<void>(0), io.out<void>(0));
}

}  // namespace inkling
