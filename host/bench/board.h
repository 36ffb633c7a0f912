// Boards on the desk: what boards/<name>/board.json says, the build tree of a board, and QEMU. Leaves out
// what a firmware is made of (firmware.h).
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "host/bench/process.h"

namespace inkling::host {

/// Which kernels the library carries: the machine's own, or plain C++ (INKLING_PORTABLE).
enum class Kernels : uint8_t { fastest, portable };

/// A virtual board, its libraries built.
struct Board {
  std::string name, description;
  std::string arch;                                    ///< of its kernels: "armv7em"
  std::string compiler;                                ///< prefix of the tools: "arm-none-eabi-"
  std::vector<std::string> compile_flags, link_flags;  ///< for every program
  std::vector<std::string> libraries;                  ///< to be linked as one group
  std::vector<std::string> qemu;                       ///< how the command line begins
  int32_t icount_shift = 0;                            ///< an instruction takes 2^shift ns
  double clock_hz = 0;                                 ///< of a real core of this kind
  std::string cycle_model;                             ///< "m4", "m3", or empty
  int64_t arena_bytes = 0;                             ///< the largest arena that a small program can have
  std::filesystem::path build;                         ///< its build tree
};

/// The names of all boards: the folders of boards/ with a board.json.
std::vector<std::string> board_names();

/// Reads what is known of a board. Throws an Error that lists the boards if there is none of that name.
Board describe_board(const std::string& name);

/// Reads a board and brings its libraries (and `targets`) up to date, as "./dev build NAME" would. Throws
/// what describe_board does, or an Error that shows the compiler's messages.
Board open_board(const std::string& name, Kernels kernels = Kernels::fastest,
                 const std::vector<std::string>& targets = {});

/// How to run a program on a board.
struct BoardRun {
  std::filesystem::path elf;
  std::filesystem::path folder;  ///< where the program finds and leaves its files
  bool count = false;            ///< with the counting plug-in
  bool board_time = false;       ///< time is instructions executed (-icount), not the desk's clock
  int timeout_s = 300;
};

/// What a program did. After a fault the status is kFaultStatus and the console's last line says why.
struct BoardOutcome {
  int status = 0;
  bool timed_out = false;
  std::string console;
  std::string counts;  ///< lines of the plug-in, see tools/qemu_plugin/README.md
};
constexpr int kFaultStatus = 99;

BoardOutcome run_on_board(const Board& board, const BoardRun& run);

}  // namespace inkling::host
