// Reasons: the sentences behind the numbers that boards give when a model fails. Leaves out those of
// operators outside of this tree.
#pragma once
#include <cstdint>
#include <string>

#include "inkling/core/span.h"

namespace inkling::host {

/// Every sentence with which the library fails; made from its sources by the build.
extern const Span<const char* const> all_reasons;

/// The number that stands for a sentence on a board, as Reason computes it there.
uint16_t reason_number(const char* sentence);

/// The sentence that a number stands for, "reason 123" for a number of nobody's.
std::string reason_text(uint32_t number);

/// What a board has printed, with the sentence behind each "reason 123".
std::string with_reasons(const std::string& console);

}  // namespace inkling::host
