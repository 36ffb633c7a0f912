// Reading the recordings.
#include "host/bench/reference.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "host/data/files.h"
#include "host/error.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// The int8 models, and their names in the recording of operators' outputs.
constexpr const char* kModels[][2] = {
    {"hello_world_int8", "hello"},       {"micro_speech_quantized", "mspeech"},
    {"keyword_scrambled_8bit", "kwscr"}, {"mlperf_kws_int8", "kws"},
    {"mlperf_str_ww_int8", "strww"},     {"mlperf_ad01_int8", "ad01"},
    {"mlperf_resnet_int8", "resnet"},    {"person_detect", "person"},
    {"mlperf_vww_int8", "vww"},
};

fs::path shared_folder() {
  const char* const named = std::getenv("INKLING_SHARED");
  const fs::path folder = named ? fs::path(named) : fs::path(INKLING_REPO_DIR) / "../shared";
  if (!fs::exists(folder / "baseline/tflm.json"))
    throw Error(
        fmt::format("{}: no reference models there; put the folder \"shared\" beside the project, or "
                    "name it in INKLING_SHARED",
                    folder.string()));
  return folder;
}

/// Lines "kws 3 fnv1a=0123abcd bytes=16": by the model's name, in the order of the operators.
std::map<std::string, std::vector<uint32_t>> read_hashes(const fs::path& path) {
  require_file(path);
  std::map<std::string, std::vector<uint32_t>> hashes;
  std::ifstream file(path);
  std::string model, hash, bytes;
  for (size_t index = 0; file >> model >> index >> hash >> bytes;) {
    if (index != hashes[model].size() || hash.rfind("fnv1a=", 0) != 0)
      throw Error(fmt::format("{}: {} {}: want the operators in order, each with fnv1a=", path.string(),
                              model, index));
    hashes[model].push_back(static_cast<uint32_t>(std::stoul(hash.substr(6), nullptr, 16)));
  }
  return hashes;
}

void keep_smaller(std::optional<int64_t>* best, const json& figures, const char* key) {
  if (!figures.contains(key)) return;
  const int64_t value = figures[key];
  if (!*best || value < **best) *best = value;
}

void add_build(const json& figures, PeerFigures* best) {
  keep_smaller(&best->instructions, figures, "instructions");
  keep_smaller(&best->modelled_cycles, figures, "modelled_cycles");
  keep_smaller(&best->load_instructions, figures, "load_instructions");
  keep_smaller(&best->code_bytes, figures, "code_bytes");
  keep_smaller(&best->code_bytes, figures, "code_bytes_int8_only");
  keep_smaller(&best->arena_bytes, figures, "arena_bytes");
  if (!figures.contains("stack_bytes_load")) return;
  const int64_t load = figures["stack_bytes_load"], invoke = figures["stack_bytes_invoke"];
  const int64_t stack = std::max(load, invoke);
  best->stack_bytes = std::min(stack, best->stack_bytes.value_or(stack));
}

}  // namespace

Reference::Reference() {
  const fs::path shared = shared_folder();
  const std::vector<uint8_t> text = read_file(shared / "baseline/tflm.json");
  peers_ = json::parse(text.begin(), text.end()).at("peers");
  const auto hashes = read_hashes(shared / "baseline/op_hashes_host_ref.txt");
  for (const auto& [name, recorded] : kModels)
    models_.push_back({name, shared / "conformance/models" / name / "model.tflite", hashes.at(recorded)});
}

PeerFigures Reference::peer(const std::string& model, const std::string& board) const {
  static const std::map<std::string, std::string> kBuilds = {{"cortex-m0", "m0p_"},
                                                             {"cortex-m3", "m3_"},
                                                             {"cortex-m4", "m4_"},
                                                             {"cortex-m7", "m7_"},
                                                             {"cortex-m55", "m55_"}};
  PeerFigures best;
  const auto builds = kBuilds.find(board);
  if (builds == kBuilds.end()) return best;
  for (const auto& [build, figures] : peers_.items())
    if (build.rfind(builds->second, 0) == 0 && figures.contains(model)) add_build(figures[model], &best);
  return best;
}

PeerFigures Reference::peer_build(const std::string& model, const std::string& build) const {
  PeerFigures figures;
  add_build(peers_.at(build).at(model), &figures);
  return figures;
}

}  // namespace inkling::host
