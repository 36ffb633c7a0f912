// Execution: one model, given inputs, and what came out - run by the very code of the device. Leaves out
// judging it (verify.h).
#pragma once
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/engine/tensor_facts.h"

namespace inkling::host {

/// The bytes of pseudo-random inputs: x = x * 1664525 + 1013904223 modulo 2^32, starting at the seed, once
/// per element. An element of 8 bits is x >> 24 (a boolean: its lowest bit), of 16 bits x >> 16, of 32 bits
/// x, of 64 bits x as a signed number; float32 is (int32(x) >> 8) / 2^23, in [-1, 1). Other types are filled
/// byte by byte with x >> 24.
class InputGenerator {
 public:
  explicit InputGenerator(uint32_t seed) : x_(seed) {}
  std::vector<uint8_t> bytes(Type type, int32_t n_elements, int32_t n_bytes);

 private:
  uint32_t next() { return x_ = x_ * 1664525u + 1013904223u; }
  uint32_t x_;
};

struct ExecutionRequest {
  std::filesystem::path model;
  std::vector<std::filesystem::path> inputs;  ///< .npy files in the order of the inputs; empty: see seed
  std::optional<uint32_t> seed;               ///< of random inputs, one stream over all of them; none: zeros
  int32_t n_invokes = 1;    ///< all with the same inputs; variables keep their values in between
  int32_t arena_bytes = 0;  ///< 0: what the model needs
  bool per_operator = false;
};

struct OutputTensor {
  TensorFacts facts;
  std::vector<uint8_t> bytes;
};

/// The first output of an operator in the last invocation.
struct OperatorOutput {
  int32_t subgraph, index;
  std::string name;
  uint32_t hash;  ///< FNV-1a
  int32_t n_bytes;
};

struct Execution {
  int32_t arena_bytes;  ///< on the desk, whose pointers are larger than a board's
  bool stopped;         ///< the model ended the last invocation early
  std::vector<OutputTensor> outputs;
  std::vector<OperatorOutput> operators;  ///< in the order in which they ran; only if asked for
};

/// Throws an Error when the model cannot be loaded or an input does not fit: which, what it has, what the
/// model takes.
Execution execute(const ExecutionRequest& request);

/// Writes DIR/output_0.npy, output_1.npy ...; makes the folder. Throws an Error for types that .npy does not
/// have.
void write_outputs(const Execution& execution, const std::filesystem::path& folder);

/// {file, arena_bytes, stopped, outputs [{..., hash, values}], operators [{subgraph, index, name, hash,
/// bytes}]}
nlohmann::ordered_json to_json(const Execution& execution, const std::string& file);

/// For people: each output's elements with their labels and real values, the operators' hashes.
std::string to_text(const Execution& execution, const std::vector<std::string>& labels);

}  // namespace inkling::host
