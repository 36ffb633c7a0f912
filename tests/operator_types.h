// The types that operators take, found out in two ways: from the cases that are drawn of them, and by asking
// their prepare about each case in other types.
#pragma once
#include <map>
#include <set>
#include <tuple>

#include "tests/operator_case.h"

namespace inkling::naive {

/// The types of one use of an operator: inputs (or outputs) that are all of one type are named once, as there
/// may be any number of them; inputs that are left out are not named.
struct Signature {
  std::vector<Type> inputs, outputs;

  bool operator<(const Signature& other) const {
    return std::tie(inputs, outputs) < std::tie(other.inputs, other.outputs);
  }
};

/// "int8, int8, int32 -> int8".
std::string text(const Signature& signature);

Signature signature_of(const Case& c);

/// Draws many cases: one for each signature.
std::map<Signature, Case> drawn_signatures(const Definition& definition);

/// The signatures, none of them among the drawn ones, in which prepare takes one of the drawn cases.
std::set<Signature> further_signatures(const Definition& definition, const std::map<Signature, Case>& drawn);

}  // namespace inkling::naive
