// What a model costs on a board: bytes read from the firmware, instructions counted in QEMU. Leaves out what
// other engines need (report.h).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/bench/board.h"
#include "host/bench/firmware.h"

namespace inkling::host {

/// One operator of the main subgraph.
struct OpCost {
  int32_t index = 0;
  std::string name;
  int64_t macs = 0;
  int64_t instructions = 0;
  std::optional<int64_t> modelled_cycles;  ///< nothing where the core has no cycle model
  uint32_t output_hash = 0;                ///< FNV-1a 32 of its first output
};

/// Code and static RAM come from a release image, which prints nothing; everything else from a measuring
/// image with the same libraries. The input is the documented one (apps/bench/run_model.h).
struct ModelCost {
  std::string model, board;
  int64_t instructions = 0;  ///< of one invoke
  std::optional<int64_t> modelled_cycles;
  int64_t load_instructions = 0;
  int64_t code_bytes = 0;  ///< flash without the model
  int64_t model_bytes = 0;
  int64_t arena_bytes = 0;
  int64_t static_bytes = 0;  ///< RAM without arena and stack
  int64_t stack_bytes = 0;   ///< the deepest of load and invoke
  int64_t macs = 0;
  std::vector<OpCost> per_op;
  uint32_t output_hash = 0;  ///< FNV-1a 32 of output 0 after the first invoke
};

/// How a model gets into the firmware: read there by the interpreter, or compiled to C++ for speed or for
/// size.
enum class Mode : uint8_t { interpreted, compiled, compiled_small };

/// Measures a model. Throws DoesNotFit if it is too large for the board's memory.
ModelCost measure_model(const Board& board, const ModelFile& model, Mode mode = Mode::interpreted);

/// The size of a firmware with the interpreter and these operators ("ops::int8::conv_2d"), or with none.
FirmwareSize measure_core(const Board& board, const std::vector<std::string>& operators = {});

/// The size of a firmware whose main is empty.
FirmwareSize measure_empty(const Board& board);

}  // namespace inkling::host
