// Adapting a model to somebody's own takes: what is new is learned, what is known is kept. Leaves out
// learning by all layers, which needs LibTorch: host/train/adapt.cpp.
#pragma once
#include <string>

#include "host/adapt/task.h"

namespace inkling::host {

/// Runs the model's layers before its head over all examples and fits the head to what they say. Returns the
/// new head.
Head learn_head(const AdaptTask& task);

/// The int8 model with that head. The layers of an int8 model stay bit for bit; a float model is quantized by
/// the examples.
graph::Graph int8_with_head(const AdaptTask& task, const Head& head);

/// How an adapted model fares, as shares that are right. `known_before` and `known_after` are of examples of
/// what the model knew, from which it did not learn; they mean nothing if n_known is 0.
struct AdaptScore {
  int64_t n_known = 0;
  double takes = 0, known_before = 0, known_after = 0;
};

/// Writes the int8 model with its labels and pipeline to settings.out and prints how it fares.
void finish_adapting(const AdaptTask& task, graph::Graph model);

}  // namespace inkling::host
