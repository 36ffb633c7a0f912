// Case packs on virtual boards: bundles cases for the firmware apps/runner, many to a run of QEMU, and judges
// what comes back. Leaves out intermediate tensors, which boards do not record.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "host/engine/verify.h"

namespace inkling::host {

/// Runs the cases on a board; `on_result` gets each one's judgement, in order. A case that crashes the
/// firmware fails alone, with the fault's message; one that the board has no memory for is skipped.
void verify_on_board(const std::string& board, const std::vector<Case>& cases,
                     const std::function<void(const Case&, const CaseResult&)>& on_result);

}  // namespace inkling::host
