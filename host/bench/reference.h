// The reference models and what was recorded of them: the outputs of every operator, and what another engine
// (TensorFlow Lite for Microcontrollers) costs. They lie in the folder "shared" beside the project, or where
// the environment's INKLING_SHARED says. Leaves out measuring.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace inkling::host {

struct ReferenceModel {
  std::string name;  ///< "mlperf_kws_int8", as in the peer's figures
  std::filesystem::path path;
  std::vector<uint32_t> op_hashes;  ///< FNV-1a 32 of each operator's first output on the documented input
};

/// One figure of several builds of the peer: the smallest one.
struct PeerFigures {
  std::optional<int64_t> instructions, modelled_cycles, load_instructions, code_bytes, arena_bytes,
      stack_bytes;
};

class Reference {
 public:
  /// Throws an Error that says where the folder must be if it is missing.
  Reference();

  const std::vector<ReferenceModel>& models() const { return models_; }
  /// The peer's best of all its builds for a board ("cortex-m4"), figure by figure; nothing was recorded for
  /// some boards. `model` may also be "core_without_operators" or "empty_main".
  PeerFigures peer(const std::string& model, const std::string& board) const;
  /// Of one build: "m4_O3_ref".
  PeerFigures peer_build(const std::string& model, const std::string& build) const;

 private:
  nlohmann::json peers_;
  std::vector<ReferenceModel> models_;
};

}  // namespace inkling::host
