// What the signal operators check alike: options in a FlexBuffer map, operands, and their state.
#pragma once
#include "inkling/format/flexbuffer.h"
#include "inkling/prepare/context.h"

namespace inkling {

/// The custom options of the operator.
inline FlexMap custom_options(Prepare& c) {
  return FlexMap({c.op().custom_options.data, c.op().custom_options.size});
}

/// Reads the integer `key` of the custom options, 0 when there is none, and checks that it is in low..high.
Status require_option(Prepare& context, const char* key, int32_t low, int32_t high, int32_t* value);

/// Checks a tensor's type and number of elements.
Status require_tensor(Prepare& context, const Tensor& tensor, Type type, int32_t n_elements);

/// A tensor as rows along its last dimension.
struct Rows {
  int32_t n;
  int32_t length;
};

/// The rows of a tensor that has at least one dimension and one element.
Status rows_of(Prepare& context, const Tensor& tensor, Rows* rows);

/// Prepare::take_state for a size that may be beyond every arena.
Status take_state(Prepare& context, int64_t n_bytes);

}  // namespace inkling
