// The Thumb, Thumb-2 and MVE encodings as a table: class, flow and Cortex-M4 and M3 cycles of each group.
// Cycles are those of Arm's Technical Reference Manuals (100166 for M4, 100165 for M3) without memory wait
// states. Leaves out the cycles of MVE and of cores other than M3 and M4, and the early end of a division (6
// cycles here).
#include "tools/qemu_plugin/instruction.h"

namespace inkling::plugin {
namespace {

/// What a transfer adds to its cycles: one for each register of its list.
enum class List : uint8_t { none, bits8, bits9, bits16, number8 };

/// The instructions with (code & mask) == bits. 32-bit ones have their first halfword on top.
struct Group {
  uint32_t mask, bits;
  Class cls;
  uint8_t cycles_m4 = 1, cycles_m3 = 1;
  Flow flow = Flow::straight;
  List list = List::none;
};

constexpr Flow kBranch = Flow::branch, kLoad = Flow::load, kStore = Flow::store, kStraight = Flow::straight;

// The first group that fits counts.
constexpr Group kGroups16[] = {
    {0xFFC0, 0x4340, Class::mul},
    {0xC000, 0x0000, Class::alu},
    {0xFC00, 0x4000, Class::alu},
    {0xFF00, 0x4700, Class::br, 1, 1, kBranch},  // BX, BLX
    {0xFF87, 0x4487, Class::br, 1, 1, kBranch},  // ADD to pc
    {0xFF87, 0x4687, Class::br, 1, 1, kBranch},  // MOV to pc
    {0xFC00, 0x4400, Class::alu},
    {0xF800, 0x4800, Class::ld, 1, 1, kLoad},  // literal
    {0xFC00, 0x5000, Class::st, 1, 1, kStore},
    {0xFE00, 0x5400, Class::st, 1, 1, kStore},
    {0xF000, 0x5000, Class::ld, 1, 1, kLoad},
    {0xE800, 0x6000, Class::st, 1, 1, kStore},
    {0xE800, 0x6800, Class::ld, 1, 1, kLoad},
    {0xE800, 0x8000, Class::st, 1, 1, kStore},
    {0xE800, 0x8800, Class::ld, 1, 1, kLoad},
    {0xF000, 0xA000, Class::alu},
    {0xF500, 0xB100, Class::br, 1, 1, kBranch},                  // CBZ, CBNZ
    {0xFE00, 0xB400, Class::stm, 1, 1, kStraight, List::bits9},  // PUSH
    {0xFF00, 0xBD00, Class::ldm, 1, 1, kBranch, List::bits9},    // POP with pc
    {0xFE00, 0xBC00, Class::ldm, 1, 1, kStraight, List::bits9},  // POP
    {0xFF0F, 0xBF00, Class::sys},                                // NOP and other hints
    {0xFF00, 0xBF00, Class::it},
    {0xFF00, 0xBE00, Class::sys},  // BKPT
    {0xF000, 0xB000, Class::alu},
    {0xF800, 0xC000, Class::stm, 1, 1, kStraight, List::bits8},
    {0xF800, 0xC800, Class::ldm, 1, 1, kStraight, List::bits8},
    {0xFF00, 0xDF00, Class::sys},  // SVC
    {0xF000, 0xD000, Class::br, 1, 1, kBranch},
    {0xF800, 0xE000, Class::br, 1, 1, kBranch},
    {0x0000, 0x0000, Class::sys},
};

constexpr Group kGroups32[] = {
    // Load and store multiple, exclusive and double; table branches.
    {0xFE508000, 0xE8108000, Class::ldm, 1, 1, kBranch, List::bits16},
    {0xFE500000, 0xE8100000, Class::ldm, 1, 1, kStraight, List::bits16},
    {0xFE500000, 0xE8000000, Class::stm, 1, 1, kStraight, List::bits16},
    {0xFFF0FFE0, 0xE8D0F000, Class::br, 2, 2, kBranch},
    {0xFE500000, 0xE8500000, Class::ldm, 3, 3},
    {0xFE500000, 0xE8400000, Class::stm, 3, 3},
    {0xFE000000, 0xEA000000, Class::alu},  // shifted register
    // Immediates, branches and control.
    {0xF8008000, 0xF0000000, Class::alu},
    {0xFB80D000, 0xF3808000, Class::sys},
    {0xF800D000, 0xF0008000, Class::br, 1, 1, kBranch},    // conditional
    {0xF800D000, 0xF000C000, Class::loop, 1, 1, kBranch},  // DLS, WLS, LE, LCTP
    {0xF8008000, 0xF0008000, Class::br, 1, 1, kBranch},    // B, BL
    // Single loads and stores.
    {0xFF100000, 0xF8000000, Class::st, 1, 1, kStore},
    {0xFE70F000, 0xF850F000, Class::ld, 2, 2, kBranch},  // LDR to pc
    {0xFE10F000, 0xF810F000, Class::sys},                // preload
    {0xFE100000, 0xF8100000, Class::ld, 1, 1, kLoad},
    // Registers: parallel arithmetic and extension are DSP instructions, shifts are not.
    {0xFF800000, 0xFA800000, Class::dspalu},
    {0xFF000080, 0xFA000080, Class::dspalu},
    {0xFF000000, 0xFA000000, Class::alu},
    // Multiplications and divisions.
    {0xFFF0F000, 0xFB00F000, Class::mul},
    {0xFFF00000, 0xFB000000, Class::mla, 1, 2},
    {0xFF800000, 0xFB000000, Class::dspmac},
    {0xFFD00000, 0xFB900000, Class::div, 6, 6},
    {0xFFD00000, 0xFB800000, Class::lmul, 1, 4},
    {0xFFF000F0, 0xFBC00000, Class::lmla, 1, 5},
    {0xFFE00000, 0xFBC00000, Class::dspmac},  // SMLALxy, SMLALD, SMLSLD
    {0xFF800000, 0xFB800000, Class::lmla, 1, 5},
    // MVE: coprocessors 14 and 15, and the space of Advanced SIMD.
    {0xEE100E00, 0xEC100E00, Class::vld},
    {0xEE100E00, 0xEC000E00, Class::vst},
    {0xEFF30E10, 0xEEF10E00, Class::vother},  // VADDV, which would look like the next
    {0xEF800E10, 0xEE800E00, Class::vmac},    // VMLADAV, VMLALDAV, VRMLALDAVH ...
    {0xEF800F50, 0xEF000C50, Class::vmac},    // VFMA
    {0xEF000000, 0xEF000000, Class::vother},
    {0xEC000E00, 0xEC000E00, Class::vother},
    // Floating point: coprocessors 9 (half), 10 (single) and 11 (double).
    {0xEC000F00, 0xEC000800, Class::sys},
    {0xFFE00C00, 0xEC400800, Class::fp},  // VMOV of two registers
    {0xEF300F00, 0xED100B00, Class::fpld, 3, 3},
    {0xEF300C00, 0xED100800, Class::fpld, 2, 2},
    {0xEF300F00, 0xED000B00, Class::fpst, 3, 3},
    {0xEF300C00, 0xED000800, Class::fpst, 2, 2},
    {0xEE100C00, 0xEC100800, Class::fpld, 1, 1, kStraight, List::number8},
    {0xEE100C00, 0xEC000800, Class::fpst, 1, 1, kStraight, List::number8},
    {0xFFA00C10, 0xEE000800, Class::fpmac, 3, 3},    // VMLA, VMLS, VNMLA, VNMLS
    {0xFFB00C10, 0xEE900800, Class::fpmac, 3, 3},    // VFNMA, VFNMS
    {0xFFB00C10, 0xEEA00800, Class::fpmac, 3, 3},    // VFMA, VFMS
    {0xFFB00C10, 0xEE800800, Class::fpdiv, 14, 14},  // VDIV
    {0xFFBF0CD0, 0xEEB108C0, Class::fpdiv, 14, 14},  // VSQRT
    {0xEC000C00, 0xEC000800, Class::fp},
    {0xEC000000, 0xEC000000, Class::sys},
    {0xF8000000, 0xF8000000, Class::alu},
    {0x00000000, 0x00000000, Class::sys},
};

int list_length(List list, uint32_t code) {
  switch (list) {
    case List::none:
      return 0;
    case List::bits8:
      return __builtin_popcount(code & 0xFF);
    case List::bits9:
      return __builtin_popcount(code & 0x1FF);
    case List::bits16:
      return __builtin_popcount(code & 0xFFFF);
    case List::number8:
      return static_cast<int>(code & 0xFF);
  }
  return 0;
}

/// DBG #n on v7-M and later; ANDS and ORRS of a register with itself on v6-M.
Marker marker_of(uint32_t code, bool is_32_bit) {
  const auto number = static_cast<int8_t>(code & 15);
  if (is_32_bit) {
    if ((code & 0xFFFFFFF0) != 0xF3AF80F0) return {};
    return {static_cast<int8_t>(number >> 1), (number & 1) == 0};
  }
  const auto kind = static_cast<int8_t>(code & 7);
  if (code == 0x4000u + 9u * static_cast<uint32_t>(kind)) return {kind, true};
  if (code == 0x4300u + 9u * static_cast<uint32_t>(kind)) return {kind, false};
  return {};
}

}  // namespace

Instruction decode_thumb(const uint8_t* code_bytes) {
  uint32_t code = static_cast<uint32_t>(code_bytes[0] | code_bytes[1] << 8);
  const bool is_32_bit = code >> 11 >= 0x1D;
  if (is_32_bit) code = code << 16 | static_cast<uint32_t>(code_bytes[2] | code_bytes[3] << 8);
  const Group* group = is_32_bit ? kGroups32 : kGroups16;
  while ((code & group->mask) != group->bits) ++group;
  const int n_listed = list_length(group->list, code);
  Instruction instruction;
  instruction.n_bytes = is_32_bit ? 4 : 2;
  instruction.cls = group->cls;
  instruction.flow = group->flow;
  instruction.cycles_m4 = static_cast<uint8_t>(group->cycles_m4 + n_listed);
  instruction.cycles_m3 = static_cast<uint8_t>(group->cycles_m3 + n_listed);
  instruction.marker = marker_of(code, is_32_bit);
  return instruction;
}

}  // namespace inkling::plugin
