// The counting plug-in of QEMU (TCG): counts executed instructions by class between the markers of
// boards/virtual/markers.h and models Cortex-M4 and M3 cycles. Arguments: out=FILE (default stderr), tb=FILE
// (executions of each block while a region of kind 0 is open). Leaves out several processors, interrupts' own
// cycles, caches.
#include <cstring>
#include <string>
#include <vector>

#include "tools/qemu_plugin/counts.h"
#include "tools/qemu_plugin/qemu_plugin_api_min.h"
#include "tools/qemu_plugin/regions.h"

namespace inkling::plugin {
namespace {

/// Instructions that are always executed together: a block of QEMU's, or what markers leave between them.
struct Run {
  uint64_t address = 0;
  Tally<uint32_t> cost;
  uint64_t n_pending = 0;    // executions not yet added to the counts
  uint64_t n_in_kind_0 = 0;  // for tb=
};

/// A block as QEMU translates it; what is needed to see that the branch at its end was taken.
struct Block {
  uint64_t begin = 0;
  uint64_t end = 0;
  bool ends_in_branch = false;
  Run* run = nullptr;  // the first one; further ones are called by their own first instruction
};

/// Everything. Never destroyed: QEMU calls at_exit() after the destructors of a plug-in's global variables.
struct State {
  Instruction (*decode)(const uint8_t*) = decode_thumb;
  std::FILE* out = stderr;
  std::string blocks_path;
  Counts counts;
  Regions regions;
  const Block* previous = nullptr;
  std::vector<Run*> runs;
  std::vector<Run*> pending;
};
State& state = *new State;

/// Adds what has been executed to the counts. Executions are only noted as they happen, which is much
/// cheaper.
void settle() {
  const bool in_kind_0 = state.regions.is_open(0);
  for (Run* run : state.pending) {
    state.counts.add(run->cost, run->n_pending);
    if (in_kind_0) run->n_in_kind_0 += run->n_pending;
    run->n_pending = 0;
  }
  state.pending.clear();
}

void note(Run* run) {
  if (run->n_pending++ == 0) state.pending.push_back(run);
}

void on_block(unsigned, void* data) {
  const auto* block = static_cast<const Block*>(data);
  const Block* previous = state.previous;
  if (previous != nullptr && previous->ends_in_branch && previous->end != block->begin) {
    ++state.counts.classes[static_cast<int>(Class::brtaken)];
    state.counts.cycles_m4 += kTakenBranchCycles;
    state.counts.cycles_m3 += kTakenBranchCycles;
  }
  state.previous = block;
  if (block->run != nullptr) note(block->run);
}

void on_run(unsigned, void* data) {
  note(static_cast<Run*>(data));
}

/// `data` is not a pointer but 2 * kind, plus 1 for a closing marker.
void on_marker(unsigned, void* data) {
  settle();
  const auto number = static_cast<int>(reinterpret_cast<uintptr_t>(data));
  if (number % 2 == 0) {
    state.regions.open(number / 2, state.counts);
  } else {
    state.regions.close(number / 2, state.counts, state.out);
  }
}

void register_marker(qemu_plugin_insn* instruction, Marker marker) {
  const uintptr_t number = static_cast<uintptr_t>(marker.kind) * 2 + (marker.opens ? 0 : 1);
  qemu_plugin_register_vcpu_insn_exec_cb(instruction, on_marker, QEMU_PLUGIN_CB_NO_REGS,
                                         reinterpret_cast<void*>(number));
}

void on_translation(qemu_plugin_id_t, qemu_plugin_tb* translated) {
  auto* block = new Block;
  block->begin = qemu_plugin_tb_vaddr(translated);
  Cost cost;
  Run* run = nullptr;
  const size_t n = qemu_plugin_tb_n_insns(translated);
  for (size_t i = 0; i < n; ++i) {
    qemu_plugin_insn* const handle = qemu_plugin_tb_get_insn(translated, i);
    const uint64_t address = qemu_plugin_insn_vaddr(handle);
    // qemu_plugin_insn_size() is wrong before the end of a page in QEMU 7.2; the code itself says its length.
    const Instruction instruction = state.decode(static_cast<const uint8_t*>(qemu_plugin_insn_data(handle)));
    block->end = address + instruction.n_bytes;
    block->ends_in_branch = instruction.flow == Flow::branch;
    if (instruction.marker.kind >= 0) {
      register_marker(handle, instruction.marker);
      cost.interrupt();
      run = nullptr;
      continue;
    }
    if (run == nullptr) {
      run = new Run;
      run->address = address;
      state.runs.push_back(run);
      if (i == 0) {
        block->run = run;
      } else {
        qemu_plugin_register_vcpu_insn_exec_cb(handle, on_run, QEMU_PLUGIN_CB_NO_REGS, run);
      }
    }
    cost.add(instruction, run->cost);
  }
  qemu_plugin_register_vcpu_tb_exec_cb(translated, on_block, QEMU_PLUGIN_CB_NO_REGS, block);
}

void write_blocks() {
  std::FILE* file = std::fopen(state.blocks_path.c_str(), "w");
  if (file == nullptr) return;
  for (const Run* run : state.runs) {
    if (run->n_in_kind_0 == 0) continue;
    std::fprintf(file, "%llx %u %llu\n", static_cast<unsigned long long>(run->address),
                 run->cost.instructions, static_cast<unsigned long long>(run->n_in_kind_0));
  }
  std::fclose(file);
}

void at_exit(qemu_plugin_id_t, void*) {
  settle();
  std::fprintf(state.out, "TOTAL insn=%llu\n", static_cast<unsigned long long>(state.counts.instructions));
  std::fflush(state.out);
  if (!state.blocks_path.empty()) write_blocks();
}

}  // namespace
}  // namespace inkling::plugin

extern "C" {

QEMU_PLUGIN_EXPORT int qemu_plugin_version = 1;

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t* info, int n,
                                           char** arguments) {
  using namespace inkling::plugin;
  if (std::strcmp(info->target_name, "riscv32") == 0) state.decode = decode_rv32;
  for (int i = 0; i < n; ++i) {
    const std::string argument = arguments[i];
    if (argument.rfind("tb=", 0) == 0) {
      state.blocks_path = argument.substr(3);
    } else if (argument.rfind("out=", 0) == 0) {
      state.out = std::fopen(argument.c_str() + 4, "w");
    }
    if (state.out == nullptr) {
      std::fprintf(stderr, "inkling plug-in: cannot write %s\n", argument.c_str() + 4);
      return 1;
    }
  }
  qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
  qemu_plugin_register_atexit_cb(id, at_exit, nullptr);
  return 0;
}

}  // extern "C"
