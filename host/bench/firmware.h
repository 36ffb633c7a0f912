// Firmwares made on the desk: which operators a model needs, in which types, linked with a program of apps/
// for a board; and how large its sections are. Leaves out running them (board.h).
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "host/bench/board.h"
#include "host/engine/program.h"
#include "host/error.h"

namespace inkling::host {

/// The C++ names of the operators that a model needs, each once: "ops::int8::conv_2d". Those of one type
/// where all of the operator's activations have it (float32 besides int8 or int16 is the model's end), else
/// "ops::conv_2d". Throws an Error that lists what is not supported.
std::vector<std::string> operators_of(const ModelFile& model);

/// The header program.h of apps/bench and others: kModelBytes, kArenaBytes, kInputTypes, kOperators. Without
/// operators or model for firmwares that only show what is linked.
std::string program_header(const std::vector<std::string>& operators, const ModelFile* model,
                           int64_t arena_bytes);

/// A model that is too large for a board; one line.
struct DoesNotFit : Error {
  DoesNotFit(const std::string& board, const std::string& what, const std::string& why_)
      : Error(board + ": " + what + " does not fit: " + why_), why(why_) {}
  std::string why;
};

/// Bytes by what they are for.
struct FirmwareSize {
  int64_t code_bytes = 0;  ///< flash without the model: .text, .rodata, .init_array, initial values of .data
  int64_t static_bytes = 0;  ///< RAM without stack and arena: .data, .bss
};

/// Compiles `source` for a board with program.h beside it and the model, if there is one, in its section; the
/// result is folder/NAME.elf. `generated` are further arguments for the compiler, as files that lie in the
/// folder already. Throws DoesNotFit, or an Error with the compiler's messages.
std::filesystem::path link_firmware(const Board& board, const std::filesystem::path& folder,
                                    const std::filesystem::path& source, const std::string& header,
                                    const ModelFile* model, const std::vector<std::string>& generated = {});

FirmwareSize size_of(const Board& board, const std::filesystem::path& elf);

}  // namespace inkling::host
