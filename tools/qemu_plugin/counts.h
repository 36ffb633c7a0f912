// Counts: instructions by class and modelled cycles. The model of a straight run of instructions (Cost) is
// here; the two cycles of a taken branch are only known when the next block runs (count.cpp).
#pragma once
#include <cstdint>

#include "tools/qemu_plugin/instruction.h"

namespace inkling::plugin {

template <class T>
struct Tally {
  T classes[kNClasses] = {};
  T instructions = 0;
  T cycles_m4 = 0;
  T cycles_m3 = 0;

  /// Adds `other` `times` times.
  template <class U>
  void add(const Tally<U>& other, T times) {
    for (int i = 0; i < kNClasses; ++i) classes[i] += other.classes[i] * times;
    instructions += other.instructions * times;
    cycles_m4 += other.cycles_m4 * times;
    cycles_m3 += other.cycles_m3 * times;
  }
};
using Counts = Tally<uint64_t>;

constexpr uint64_t kTakenBranchCycles = 2;

/// Adds up a straight run. The first load after something else takes two cycles; a load that follows a load
/// or a store is pipelined and takes one.
class Cost {
 public:
  void add(const Instruction& instruction, Tally<uint32_t>& tally) {
    const bool first_load = instruction.flow == Flow::load && !after_transfer_;
    after_transfer_ = instruction.flow == Flow::load || instruction.flow == Flow::store;
    ++tally.classes[static_cast<int>(instruction.cls)];
    ++tally.instructions;
    tally.cycles_m4 += instruction.cycles_m4 + first_load;
    tally.cycles_m3 += instruction.cycles_m3 + first_load;
  }
  /// A marker costs nothing but stands between two transfers.
  void interrupt() { after_transfer_ = false; }

 private:
  bool after_transfer_ = false;
};

}  // namespace inkling::plugin
