// Packing: what the desk can do for a prepared operator once and for all, so that a compiled model need not
// do it at each invocation - weights in the form that the target multiplies fastest, channels derived.
// Results are the same, bit for bit.
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "host/engine/params_layout.h"
#include "inkling/prepare/context.h"

namespace inkling::host {

/// The machine that a model is compiled for.
struct Target {
  std::string name;          ///< a board's, or empty: any machine
  bool packs_pairs = false;  ///< it multiplies pairs of int16, so that packed weights are its fastest
};

/// The target of a board's name; an empty one is any machine. Throws an Error that lists the boards if there
/// is none of that name.
Target find_target(const std::string& board);

/// A packed operator: another eval with other Params, whose second input is the stream; of the others only
/// the first and those in `kept` remain.
struct Packing {
  std::string eval, params_type;  ///< as the compiler on the desk says them
  std::string header;             ///< where the eval is
  std::vector<Param> params;
  std::vector<uint8_t> stream;  ///< int32
  int32_t scratch_bytes = 0;
  std::set<int32_t> kept = {};
};

/// Packs an operator for a target; nothing if it is none of those that can be packed, or has a channel that
/// cannot.
std::optional<Packing> pack(const Target& target, const std::string& op, const Prepare& prepare);

}  // namespace inkling::host
