// Where the linked model tells classes apart by what it has found. Leaves out the model: linked_model.h.
#pragma once
#include <stdint.h>

namespace inkling {

/// A model's last layer: what it takes can be learned.
struct LinkedHead {
  int32_t op;          ///< its number among the operators; -1 if there is none
  int32_t n_features;  ///< that it takes, int8
};
extern const LinkedHead linked_head;

}  // namespace inkling
