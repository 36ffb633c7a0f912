// What each operator adds to a program, by linking it into the core and subtracting the core alone. Leaves
// out what several operators share: it counts for each of them.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "host/bench/board.h"

namespace inkling::host {

struct OperatorSize {
  std::string name;         ///< the schema's, "CONV_2D"
  int64_t code_bytes[4]{};  ///< with all kernels, and with those for int8, int16 and float32 alone
};

/// Every operator of inkling/ops, in the folder's order; `on_step` is called once per operator, from several
/// threads.
std::vector<OperatorSize> measure_operators(const Board& board, const std::function<void()>& on_step);
constexpr const char* kOperatorSizesHead = "operator,all,int8,int16,float32\n";

}  // namespace inkling::host
