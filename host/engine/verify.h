// Runs the cases of a pack on an engine and says what differs. The engine is a function, so that the desk and
// the virtual boards are judged by the same code.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "host/data/case_pack.h"

namespace inkling::host {

/// What an engine made of a case.
struct CaseRun {
  std::string error;  ///< why the model was refused; empty when it was prepared
  std::vector<std::vector<std::vector<uint8_t>>> outputs;  ///< by invocation, then by output
  std::vector<bool> stopped;                               ///< by invocation: ended early
  std::vector<std::vector<uint8_t>> intermediates;         ///< in the order of the case's intermediates
  std::string skipped;  ///< why the engine cannot take this case (its memory)
};

enum class Verdict : uint8_t { passed, failed, skipped };

struct CaseResult {
  Verdict verdict;
  std::string reason;  ///< of a failure: tensor, first differing element, got and want; of a skip: why
};

/// Judges what an engine made of a case.
CaseResult judge(const Case& c, const CaseRun& run);

/// Runs a case on the desk.
CaseRun run_on_desk(const Case& c);

/// The bytes to feed: by invocation, then by input; empty where the case feeds nothing.
std::vector<std::vector<std::vector<uint8_t>>> read_inputs(const Case& c);

}  // namespace inkling::host
