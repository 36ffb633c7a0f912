// What is linked in beside the application: a model, its labels, its operators and an arena for it. Leaves
// out where they come from: linked_model.cpp.
#pragma once
#include "inkling/decide/decider.h"
#include "inkling/inkling.h"

namespace inkling {

/// The .tflite file, in place in flash.
extern const Bytes linked_model;
/// What the model's outputs stand for, in their order, separated by commas.
extern const char* const linked_labels;
/// When its scores become an event, and the mean score, of 255, that makes one.
extern const DecideSettings linked_settings;
extern const uint8_t linked_threshold;
/// The operators that the model needs.
extern const Span<const Op* const> linked_operators;
/// The memory for activations and prepared steps.
extern const MutableBytes linked_arena;

}  // namespace inkling
