// What CONCATENATION, PACK, SPLIT, SPLIT_V and UNPACK prepare alike.
#pragma once
#include "inkling/kernels/parts.h"
#include "inkling/prepare/context.h"

namespace inkling {

/// Chooses to join all inputs along `axis` of the output, which may count from the end.
/// `stacked`: each input is one index of an axis that only the output has.
Status prepare_join(Prepare& context, int32_t axis, bool stacked);

/// Chooses to split input `whole` along its `axis` into the outputs.
Status prepare_split(Prepare& context, int32_t whole, int32_t axis, bool stacked);

/// Derives how the inputs are joined along `axis`, with a size for each of at most `max_sizes` inputs.
Status read_joined_parts(Prepare& context, int32_t axis, int32_t max_sizes, Parts* parts, int32_t* sizes);

template <int32_t n>
void eval_join(const void* params, const Io& io) {
  const auto& p = *static_cast<const PartsParams<n>*>(params);
  for_each_part(p.parts, p.sizes, [&](int32_t i, int32_t bytes, int32_t at) {
    join_part(p.parts, bytes, at, io.in<void>(i), io.out<void>(0));
  });
}

template <int32_t n, int32_t whole>
void eval_split(const void* params, const Io& io) {
  const auto& p = *static_cast<const PartsParams<n>*>(params);
  for_each_part(p.parts, p.sizes, [&](int32_t i, int32_t bytes, int32_t at) {
    split_part(p.parts, bytes, at, io.in<void>(whole), io.out<void>(i));
  });
}

}  // namespace inkling
