// The options of espeak-ng and flite.
#include "host/data/voices.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "host/bench/process.h"
#include "host/data/sound.h"
#include "host/error.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

/// What a synthesizer prints. Throws an Error if it fails.
std::string run(const std::vector<std::string>& command) {
  const ProcessResult result = run_process(command, ".");
  if (result.status != 0)
    throw Error(
        fmt::format("'{}' failed with status {}: {}", fmt::join(command, " "), result.status, result.err));
  return result.out;
}

// Timbres that no throat makes would only take the place of others.
bool is_human(const std::string& timbre) {
  for (const char* word : {"obo", "Demonic", "Tweaky", "fast"})
    if (timbre.find(word) != std::string::npos) return false;
  return true;
}

// A column of the table that `espeak-ng --voices=...` prints, without its heading: of the timbres or of the
// others. Voices in mb/ need recordings that are not in the package.
std::vector<std::string> column(const std::string& table, size_t number, bool of_timbres) {
  std::vector<std::string> entries;
  std::istringstream lines(table);
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream words(line);
    std::vector<std::string> row{std::istream_iterator<std::string>(words), {}};
    if (row.size() < 5 || row[4].compare(0, 3, "mb/") == 0) continue;
    if ((row[4].compare(0, 3, "!v/") == 0) == of_timbres) entries.push_back(row[number]);
  }
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  return entries;
}

std::vector<std::string> flite_voices() try {
  const std::string listed = run({"flite", "-lv"});
  std::vector<std::string> found;
  for (const char* voice : {"awb", "kal16", "rms", "slt"})
    if (listed.find(fmt::format(" {}", voice)) != std::string::npos) found.push_back(voice);
  return found;
} catch (const Error&) {
  return {};
}

}  // namespace

Voices::Voices(const std::string& language) : language_(language) {
  accents_ = column(run({"espeak-ng", "--voices=" + language}), 1, false);
  if (accents_.empty())
    throw Error(
        fmt::format("espeak-ng does not speak '{}'; 'espeak-ng --voices' lists its languages", language));
  for (const std::string& file : column(run({"espeak-ng", "--voices=variant"}), 4, true))
    if (is_human(file)) timbres_.push_back(file.substr(3));
  if (language == "en" || language.compare(0, 3, "en-") == 0) flite_ = flite_voices();
}

Voices::Manner Voices::any(Random& random) const {
  // flite's voices sound more like people, but they are few.
  constexpr double kFliteShare = 0.3;
  Manner manner = !flite_.empty() && random.chance(kFliteShare) ? flite(random) : espeak(random);
  manner.ending = random.pick<std::string>({"", ".", "!", "?"});
  return manner;
}

Voices::Manner Voices::espeak(Random& random) const {
  const std::string& accent = random.pick(accents_);
  const std::string timbre = timbres_.empty() ? "" : random.pick(timbres_);
  return {"espeak-" + (timbre.empty() ? accent : timbre),
          {"espeak-ng", "-v", accent + (timbre.empty() ? "" : "+" + timbre), "-s",
           std::to_string(110 + random.below(120)), "-p", std::to_string(15 + random.below(75)), "-w"},
          ""};
}

Voices::Manner Voices::flite(Random& random) const {
  const std::string& voice = random.pick(flite_);
  const double lowest_hz = voice == "slt" ? 140 : 75, highest_hz = voice == "slt" ? 260 : 180;
  const auto feature = [](const char* name, double value) { return fmt::format("{}={:.2f}", name, value); };
  return {"flite-" + voice,
          {"flite", "-voice", voice, "--setf", feature("duration_stretch", random.uniform(0.7, 1.5)),
           "--setf", feature("int_f0_target_mean", random.uniform(lowest_hz, highest_hz)), "--setf",
           feature("int_f0_target_stddev", random.uniform(5, 30)), "-o"},
          ""};
}

std::vector<int16_t> Voices::speak(const Manner& manner, const std::string& text, const fs::path& scratch) {
  std::vector<std::string> command = manner.command;
  command.push_back(scratch.string());
  if (command[0] == "flite") command.push_back("-t");
  command.push_back(text + manner.ending);
  run(command);
  std::vector<int16_t> samples = read_sound(scratch);
  fs::remove(scratch);
  return samples;
}

std::string Voices::phonemes(const std::string& word) const {
  std::string sounds = run({"espeak-ng", "-q", "-x", "-v", language_, word});
  sounds.erase(std::remove_if(sounds.begin(), sounds.end(),
                              [](char c) { return c == '\'' || c == ',' || c == ' ' || c == '\n'; }),
               sounds.end());
  return sounds;
}

}  // namespace inkling::host
