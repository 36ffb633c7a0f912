// Case packs on compiled models: prints each case's model as C++, many to a program, builds the program with
// the desk's compiler and judges what it computes. Leaves out intermediate tensors, which compiled models do
// not show.
#pragma once
#include <functional>
#include <vector>

#include "host/engine/verify.h"

namespace inkling::host {

/// Runs the cases compiled; `on_result` gets each one's judgement, one call at a time, in no certain order.
void verify_compiled(const std::vector<Case>& cases,
                     const std::function<void(const Case&, const CaseResult&)>& on_result);

}  // namespace inkling::host
