// The model for which a firmware is made: what yes_no links, and the model's head.
#include "apps/yes_no/linked_model.cpp"

#include "apps/learn/linked_head.h"

namespace inkling {

constexpr LinkedHead linked_head{kHeadOperator, kHeadFeatures};

}  // namespace inkling
