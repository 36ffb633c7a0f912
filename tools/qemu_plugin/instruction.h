// What the plug-in wants to know of an instruction: its length, its class, its cycles, and whether it is a
// marker of boards/virtual/markers.h. Leaves out what the instruction does.
#pragma once
#include <cstdint>

namespace inkling::plugin {

/// The classes that are counted apart, in the order in which they are printed.
// clang-format off
#define INKLING_CLASSES(X)                                                                            \
  X(alu) X(dspalu) X(mul) X(mla) X(dspmac) X(lmul) X(lmla) X(div) X(ld) X(ldm) X(st) X(stm) X(br)     \
  X(brtaken) X(it) X(fp) X(fpld) X(fpst) X(fpmac) X(fpdiv) X(sys) X(loop) X(vld) X(vst) X(vmac) X(vother)
// clang-format on

enum class Class : uint8_t {
#define X(name) name,
  INKLING_CLASSES(X)
#undef X
};

constexpr const char* kClassNames[] = {
#define X(name) #name,
    INKLING_CLASSES(X)
#undef X
};
constexpr int kNClasses = sizeof kClassNames / sizeof kClassNames[0];

/// What an instruction does to the pipeline.
enum class Flow : uint8_t { straight, branch, load, store };

struct Marker {
  int8_t kind = -1;  // -1: not a marker
  bool opens = false;
};

struct Instruction {
  uint8_t n_bytes = 0;
  Class cls = Class::alu;
  Flow flow = Flow::straight;
  uint8_t cycles_m4 = 1;  // a branch that is not taken, a load that does not follow another transfer
  uint8_t cycles_m3 = 1;
  Marker marker;
};

/// The instruction at `code` in Thumb, v6-M to v8.1-M. Reads two bytes, or four if the instruction has four.
Instruction decode_thumb(const uint8_t* code);

/// The instruction at `code` in RV32IMC: only length and marker; every class is alu.
Instruction decode_rv32(const uint8_t* code);

}  // namespace inkling::plugin
