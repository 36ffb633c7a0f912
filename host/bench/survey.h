// The survey: all reference models on all boards, beside the peer's figures, and the page that shows it.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "host/bench/measure.h"
#include "host/bench/reference.h"

namespace inkling::host {

/// A model on a board.
struct SurveyEntry {
  std::string model, board;
  Mode mode = Mode::interpreted;
  std::optional<ModelCost> cost;  ///< nothing if it does not fit, see `why_not`
  std::string why_not;
  int32_t n_equal_ops = 0;    ///< operators whose output is the recorded one
  bool output_equal = false;  ///< the model's output is; rewrites change what lies before it
  PeerFigures peer;
  bool all_equal() const {
    if (mode != Mode::interpreted) return output_equal;
    return cost && n_equal_ops == static_cast<int32_t>(cost->per_op.size());
  }
};

/// The code of a program that carries nothing but the core, and nothing at all.
struct CoreSize {
  std::string board;
  FirmwareSize core, empty;
  PeerFigures peer;
};

/// What one operator adds to the core, by the types it carries.
struct TypesSize {
  std::string op;
  int64_t int8_bytes, float32_bytes, all_bytes;
};

struct PortableEntry {
  SurveyEntry entry;
  PeerFigures reference_kernels;  ///< the peer's plain C++ kernels at -O3
};

struct Survey {
  std::vector<SurveyEntry> entries;  ///< board by board, interpreted, then compiled
  std::vector<CoreSize> cores;
  std::vector<TypesSize> types;
  std::vector<PortableEntry> portable;
};

/// Measures everything; `step` is called after each measurement. Throws an Error if the reference models are
/// missing or something does not build; what does not fit a board is noted in its entry.
Survey take_survey(const Reference& reference, const std::function<void()>& step);
/// How many times take_survey() calls `step`.
int64_t survey_steps(const Reference& reference);

/// One model on one board, its operators' outputs compared.
SurveyEntry survey_model(const Board& board, const ReferenceModel& model, const Reference& reference,
                         Mode mode = Mode::interpreted);

/// The page docs/performance.md; it shows the pictures beside it.
std::string performance_page(const Survey& survey);

/// A board's bars: instructions of one invoke, interpreted and compiled, with the peer's as 100 %. SVG.
std::string performance_chart(const Survey& survey, const std::string& board);

/// The counted instructions of all measurements: lines "board,mode,model,instructions" behind a head.
std::string instructions_table(const Survey& survey);
const char* name_of(Mode mode);

}  // namespace inkling::host
