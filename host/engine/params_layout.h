// What an operator's Params hold, and how they lie in memory where pointers have another size, from the
// members that `visit` lists.
#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "inkling/prepare/params.h"

namespace inkling::host {

/// A member of an operator's Params.
struct Param {
  std::string name;
  std::variant<int32_t, float, std::vector<float>, std::vector<uint8_t>> value;
};

/// The members of the Params at `params` in order, those of nested structs in their places.
std::vector<Param> list_params(const void* params, Describe describe);

/// The bytes that the Params at `params` take where pointers have `pointer_bytes`, by C's rules of layout
/// with every scalar aligned to its size. `n_bytes` is what they take here: together with the members'
/// addresses it gives away a list that misses a member or has them out of order, which throws an Error
/// (unless what it misses fits into padding).
int32_t params_bytes(const void* params, int32_t n_bytes, Describe describe, int32_t pointer_bytes);

}  // namespace inkling::host
