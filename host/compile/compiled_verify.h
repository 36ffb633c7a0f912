// Case packs on compiled models: prints each case's model as C++, many to a program, builds the program for
// the desk or a board and judges what it computes. Leaves out intermediate tensors, which compiled models do
// not show.
#pragma once
#include <functional>
#include <vector>

#include "host/bench/board.h"
#include "host/compile/packing.h"
#include "host/engine/verify.h"

namespace inkling::host {

/// Runs the cases compiled for a target, on a board or, if that is null, on the desk; `on_result` gets each
/// one's judgement, one call at a time, in no certain order.
void verify_compiled(const std::vector<Case>& cases, const Target& target, const Board* board,
                     const std::function<void(const Case&, const CaseResult&)>& on_result);

}  // namespace inkling::host
