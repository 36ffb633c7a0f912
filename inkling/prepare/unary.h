// What operators with one input and one output of equal size check alike.
#pragma once
#include "inkling/prepare/quantization.h"

namespace inkling {

/// One input, one output, as many elements in both. `same_type`: the types must be equal too.
Status expect_unary(Prepare& context, bool same_type);

/// The multiplier input scale / output scale and both zero points; the range is the output type's.
/// `n`, zero points, multiplier, range of a RequantizeParams-like struct are set.
template <class P>
Status prepare_requantize(Prepare& c, const Tensor& input, const Tensor& output, P* p) {
  TRY(require_quantized(c, input));
  TRY(require_quantized(c, output));
  const Multiplier m = multiplier(input.scale(), 1.0f, output.scale());
  const Range range = range_of(output.type);
  *p = {input.n_elements, input.zero_point(), output.zero_point(), m.value, m.shift, range.low, range.high};
  return Status::ok;
}

}  // namespace inkling
