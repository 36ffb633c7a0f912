// RV32IMC: an instruction's length and whether it is a marker. Leaves out classes and cycles.
#include "tools/qemu_plugin/instruction.h"

namespace inkling::plugin {

Instruction decode_rv32(const uint8_t* code) {
  Instruction instruction;
  instruction.n_bytes = (code[0] & 3) == 3 ? 4 : 2;
  if (instruction.n_bytes == 2) return instruction;
  const uint32_t word =
      static_cast<uint32_t>(code[0] | code[1] << 8 | code[2] << 16) | static_cast<uint32_t>(code[3]) << 24;
  if ((word & 0xFF0FFFFF) == 0x10002013) {  // slti zero, zero, 0x100 + number
    const auto number = static_cast<int8_t>(word >> 20 & 15);
    instruction.marker = {static_cast<int8_t>(number >> 1), (number & 1) == 0};
  }
  return instruction;
}

}  // namespace inkling::plugin
