// Case packs: a folder with cases.json and binary tensors that says what models compute. Leaves out running
// them, and whatever a pack's keys say about where its cases came from.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "host/data/compare.h"

namespace inkling::host {

/// One input or output of a case's model, in graph order.
struct CaseTensor {
  std::string type;            // float32, int8, bool, ...
  std::vector<int32_t> shape;  // empty for a single value; -1: left open by a model that must fail
  /// One raw little-endian file per invocation; empty: nothing to feed or to compare in that invocation.
  std::vector<std::filesystem::path> files;
};

/// What a tensor inside the model holds after the first invocation.
struct Intermediate {
  int32_t tensor;  // its index in the main subgraph
  std::string type;
  std::filesystem::path file;
};

/// Bytes of an output that the reference never writes.
struct Undefined {
  int32_t output;
  int32_t invocation;
  ByteRange bytes;
};

enum class Expect : uint8_t { ok, error, either };
enum class ErrorAt : uint8_t { nowhere, prepare, invoke };

/// One model with its inputs and the outputs that must come of them.
struct Case {
  std::string id;
  std::string op;     // BuiltinOperator name, custom operator name, or MODEL
  std::string dtype;  // for grouping: "int8", "int16/w_int8/b_int64", ...
  std::string note;
  std::filesystem::path model;
  std::vector<CaseTensor> inputs, outputs;
  int32_t invokes = 0;                // invocations of one interpreter; 0 if preparing it must fail
  std::vector<int32_t> reset_before;  // invocations before which the state is reset
  std::vector<int32_t> aborts;        // invocations that an operator must end early, without an output
  Expect expect = Expect::ok;
  ErrorAt error_at = ErrorAt::nowhere;
  double tolerance = 0;                  // 0: bit for bit; else see compare()
  std::optional<double> test_tolerance;  // the looser one of the test that the case was recorded from
  std::vector<Undefined> undefined;
  std::vector<Intermediate> intermediates;
  bool intermediates_match_output = true;
  std::optional<int64_t> tflm_arena_used;  // bytes
  bool untrusted = false;  // run it on anything, for some steps: it must be refused or come to an end

  bool resets_before(int32_t invocation) const;
  bool aborts_in(int32_t invocation) const;
  /// The ranges that compare() must leave out for one output in one invocation.
  std::vector<ByteRange> undefined_bytes(int32_t output, int32_t invocation) const;
};

/// Reads <folder>/cases.json; all paths come out with the folder in front. Unknown keys are ignored. Throws
/// an Error that names the file, the case and the key. The tensors' files are not opened.
std::vector<Case> read_case_pack(const std::filesystem::path& folder);

/// Cases of all .tflite files below a folder, in the order of their names: models that nobody trusts. Throws
/// an Error if there are none.
std::vector<Case> untrusted_models(const std::filesystem::path& folder);

}  // namespace inkling::host
