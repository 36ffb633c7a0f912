// What the control flow operators check alike.
#pragma once
#include "inkling/prepare/context.h"

namespace inkling {

/// Fails unless subgraph `index` takes the operator's inputs from `first_input` on and, if `with_outputs`,
/// gives as many and as large outputs as the operator has.
Status expect_subgraph(Prepare& context, int32_t index, int32_t first_input, bool with_outputs);

/// Fails unless a tensor is a single bool.
Status expect_condition(Prepare& context, const Tensor& tensor);

/// Subgraph indices of IF (then, else) and WHILE (condition, body).
struct TwoSubgraphsParams {
  int32_t first, second;

  template <class V>
  static void visit(V&& v, const TwoSubgraphsParams& p) {
    v("first", p.first);
    v("second", p.second);
  }
};

}  // namespace inkling
