// Simulation: an application's firmware with a model, on a virtual board that hears a sound, and what
// happened when. Leaves out showing it.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "host/bench/board.h"
#include "host/bench/firmware.h"
#include "host/engine/program.h"
#include "host/evaluate/word_decision.h"

namespace inkling::host {

/// A model as it is linked into a firmware.
struct LinkedModel {
  ModelFile file;
  std::vector<std::string> labels;
  std::vector<std::string> operators;  ///< "ops::int8::conv_2d"
  int32_t arena_bytes = 0;
  WordDecision decision = {};
  int32_t head_operator = -1;  ///< the last layer, whose int8 features an application may learn; -1: none
  int32_t head_features = 0;
};

/// Reads a model and finds its operators and the arena that it needs. Throws an Error that says what is wrong
/// with it. `labels` may not contain commas.
LinkedModel read_linked_model(const std::filesystem::path& path, const std::vector<std::string>& labels);

/// Times are those of the sound that the board hears, in seconds.
struct HeardWord {
  double time_s;
  std::string label;
  double score;  ///< 0..1
};
struct LedChange {
  double time_s;
  std::string led;
  bool on;
};

/// What the board spent on a second of sound.
struct SecondCost {
  int64_t instructions;
  std::optional<int64_t> modelled_cycles;  ///< nothing where the core has no cycle model
};

struct Simulation {
  std::vector<HeardWord> words;
  std::vector<LedChange> leds;
  std::vector<SecondCost> seconds;
  int64_t n_instructions = 0;  ///< all, start-up and the rest of a second included
  int64_t n_overruns = 0;      ///< how often the program came too late to the microphone
  int64_t n_samples_lost = 0;
  double duration_s = 0;  ///< of the sound
  int status = 0;         ///< the program's exit status; not 0 after an error
  std::string console;
  FirmwareSize size;
};

/// The sound that the board hears: what lasts less than a second is led in by silence up to a second (a word
/// is heard in the second that it ends), and a second of silence and the rest of the last second follow (a
/// word is reported some time after its end).
std::vector<int16_t> with_silence(const std::vector<int16_t>& samples);

/// Makes the firmware of the application `app` for a board and lets it hear `samples` (16 kHz), to their end.
/// The board's button goes down, up, down ... at the milliseconds `button_ms`. `board` has the target
/// app_target(app). Throws an Error if the firmware does not fit the board or does not
/// end.
Simulation simulate(const Board& board, const std::string& app, const LinkedModel& model,
                    const std::vector<int16_t>& samples, const std::vector<uint32_t>& button_ms = {});

/// The target that an application's library has in a board's build tree.
std::string app_target(const std::string& app);

}  // namespace inkling::host
