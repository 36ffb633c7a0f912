// Every operator against TFLM's reference interpreter, over the random cases that tests/naive draws. They
// become a case pack in build/oracle/cases/<OPERATOR>, tools/record_pack.py has the interpreter fill in the
// outputs, and the desk is judged by them: "inkling verify build/oracle/cases/ADD" does it once more. The
// operators that run other subgraphs, or keep memory from run to run, come in models of their own. Leaves out
// cases that the interpreter refuses, which it counts. Skipped where "./dev" could not install the
// interpreter.
#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "host/bench/process.h"
#include "host/data/files.h"
#include "host/engine/execution.h"
#include "host/engine/verify.h"
#include "host/error.h"
#include "tests/control_flow_models.h"
#include "tests/naive/quantized.h"

namespace inkling::naive {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// Other cases than those of operators_test.
constexpr uint32_t kFirstSeed = 1000000;
constexpr uint32_t kCases = 100;

const fs::path kRepo = INKLING_REPO_DIR;
const fs::path kPython = kRepo / "build/oracle/bin/python";
constexpr const char* kNoInterpreter = "no reference interpreter in build/oracle: ./dev test installs it";

std::string type_name(Type type) {
  return type == Type::boolean ? "bool" : name_of(type);
}

// Where the reference computes something else, or nothing that is defined.
struct Exemption {
  const char* op;
  const char* why;
  bool (*applies)(const Case&);
};

bool any_number(const Operand& t, const std::function<bool(double)>& is_so) {
  return std::any_of(t.v.begin(), t.v.end(), is_so);
}
bool has_int64_list(const Case& c) {
  return std::any_of(c.inputs.begin() + 1, c.inputs.end(),
                     [](const Operand& t) { return t.type == Type::int64; });
}
// Whether a row is named that the input does not have; `size` is the number of rows for the i-th index.
template <class Size>
bool reaches_outside(const Operand& indices, Size size) {
  for (size_t i = 0; i < indices.v.size(); ++i)
    if (indices.v[i] < 0 || indices.v[i] >= size(i)) return true;
  return false;
}
bool slice_reaches_outside(const Case& c) {
  return reaches_outside(c.inputs[1], [&](size_t i) { return c.inputs[0].dim(i) - c.outputs[0].dim(i) + 1; });
}
bool gather_reaches_outside(const Case& c) {
  const double axis = c.option("axis"), rank = static_cast<double>(c.inputs[0].shape.size());
  const auto along = static_cast<size_t>(axis < 0 ? axis + rank : axis);
  return reaches_outside(c.inputs[1], [&](size_t) { return c.inputs[0].dim(along); });
}
bool gather_nd_reaches_outside(const Case& c) {
  const auto depth = static_cast<size_t>(c.inputs[1].shape.back());
  return reaches_outside(c.inputs[1], [&](size_t i) { return c.inputs[0].dim(i % depth); });
}
// Whether some quotient is 0 or below two steps of the output; the reference shifts these by more than 31.
bool divides_to_nearly_nothing(const Case& c) {
  const Operand &a = c.inputs[0], &b = c.inputs[1];
  if (a.type == Type::int32 || a.type == Type::float32) return false;
  double smallest = 256, largest = 1;
  for (const double x : a.v) smallest = std::min(smallest, std::abs(centred(a, x)));
  for (const double x : b.v) largest = std::max(largest, std::abs(centred(b, x)));
  return smallest * a.scale() / (largest * b.scale()) < 2 * c.outputs[0].scale();
}

const Exemption kExemptions[] = {
    {"BATCH_TO_SPACE_ND", "it reads int64 as int32", has_int64_list},
    {"SPACE_TO_BATCH_ND", "it reads int64 as int32, and pads with 0, not the zero point",
     [](const Case& c) { return has_int64_list(c) || c.inputs[0].type == Type::int8; }},
    {"TRANSPOSE", "it reads int64 as int32", has_int64_list},
    {"STRIDED_SLICE", "it reads int64 as int32", has_int64_list},
    {"SLICE", "it reads int64 as int32 beside int32, and outside of its input",
     [](const Case& c) { return c.inputs[1].type != c.inputs[2].type || slice_reaches_outside(c); }},
    {"GATHER", "it reads outside of its input", gather_reaches_outside},
    {"GATHER_ND", "it reads outside of its input", gather_nd_reaches_outside},
    {"GREATER", "it compares int16 bytes", [](const Case& c) { return c.inputs[0].type == Type::int16; }},
    {"CAST", "negative floats have no uint32",
     [](const Case& c) { return c.inputs[0].type == Type::float32 && c.outputs[0].type == Type::uint32; }},
    {"DIV", "it shifts by more than 31", divides_to_nearly_nothing},
    {"SignalFftAutoScale", "it counts the leading zeros of 0",
     [](const Case& c) { return !any_number(c.inputs[0], [](double x) { return x != 0; }); }},
};

std::string exemption(const std::string& op, const Case& c) {
  for (const Exemption& each : kExemptions)
    if (op == each.op && each.applies(c)) return each.why;
  return "";
}

// Numbers of output 0 that the reference never writes, as the pack has them.
json undefined_bytes(const std::string& op, const Case& c) {
  const Operand& out = c.outputs[0];
  json ranges = json::array();
  const auto leave_out = [&](size_t output, int32_t first, int32_t end) {
    if (first < end) ranges.push_back({output, 0, 4 * first, 4 * end});
  };
  if (op == "SignalEnergy") {
    leave_out(0, 0, static_cast<int32_t>(c.custom.at("start_index")));
    leave_out(0, static_cast<int32_t>(c.custom.at("end_index")), out.size());
  }
  if (op == "TFLite_Detection_PostProcess") {
    const auto n = static_cast<int32_t>(c.outputs[3].v[0]);
    leave_out(0, 4 * n, out.size());
    for (const size_t i : {1, 2}) leave_out(i, n, c.outputs[i].size());
  }
  return ranges;
}

// One file's name for each invocation.
json file_names(const std::string& prefix, int32_t invocations) {
  json names = json::array();
  for (int32_t k = 0; k < invocations; ++k) names.push_back(prefix + "_" + std::to_string(k) + ".bin");
  return names;
}

// Writes the case of a seed and returns its entry in cases.json.
json write_case(const fs::path& folder, const Definition& definition, uint32_t seed) {
  Random random(seed);
  Case c = definition.draw(random);
  const std::string prefix = std::to_string(seed) + "_";
  json inputs = json::array(), outputs = json::array();
  const auto entry_of = [&](const Operand& t, const std::string& what, size_t i) {
    const json names = file_names(prefix + what + std::to_string(i), c.invocations);
    return json{{"type", type_name(t.type)}, {"shape", t.shape}, {"file", names}};
  };
  host::write_atomically(folder / (prefix + "model.tflite"), model_of(definition.name, c));
  for (size_t i = 0; i < c.outputs.size(); ++i) outputs.push_back(entry_of(c.outputs[i], "output", i));
  for (size_t i = 0; i < c.inputs.size(); ++i)
    if (c.inputs[i].role == Role::fed) inputs.push_back(entry_of(c.inputs[i], "input", i));
  for (size_t k = 0; k < static_cast<size_t>(c.invocations); ++k) {
    size_t n_fed = 0;
    for (Operand& input : c.inputs) {
      if (input.role != Role::fed) continue;
      if (k > 0) fill(random, input);
      host::write_atomically(folder / inputs[n_fed++]["file"][k].get<std::string>(), encode(input));
    }
  }
  if (inputs.empty())  // the one that model_of adds
    inputs.push_back({{"type", "float32"}, {"shape", json::array()}, {"file", nullptr}});
  definition.define(c);
  const bool is_float = c.outputs[0].type == Type::float32;
  return {{"id", prefix + definition.name},
          {"op", definition.name},
          {"dtype", type_name(c.outputs[0].type)},
          {"path", prefix + "model.tflite"},
          {"inputs", inputs},
          {"outputs", outputs},
          {"invokes", c.invocations},
          {"expect", "ok"},
          {"tolerance", is_float ? std::max(c.tolerance, c.absolute_tolerance) : 0},
          {"undefined", undefined_bytes(definition.name, c)}};
}

// Has the interpreter complete a pack; returns the reasons of the cases that it refuses.
std::vector<std::string> complete(const fs::path& folder) {
  const host::ProcessResult recorded = host::run_process(
      {kPython.string(), (kRepo / "tools/record_pack.py").string(), folder.string()}, folder);
  if (recorded.status != 0) throw host::Error("the interpreter cannot be run: " + recorded.err);
  const std::vector<uint8_t> refused = host::read_file(folder / "refused.json");
  std::vector<std::string> reasons;
  for (const json& each : json::parse(refused.begin(), refused.end())) reasons.push_back(each["reason"]);
  return reasons;
}

using Counts = std::map<std::string, int32_t>;  // by reason

fs::path empty_folder(const std::string& name) {
  const fs::path folder = kRepo / "build/oracle/cases" / name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

// Has the interpreter complete the pack, and judges the desk by it.
void compare(const fs::path& folder, const json& entries, Counts not_compared) {
  host::write_atomically(folder / "cases.json", entries.dump());
  for (const std::string& why : complete(folder)) ++not_compared["refused: " + why];
  const std::vector<host::Case> cases = host::read_case_pack(folder);
  for (const host::Case& c : cases) {
    const host::CaseResult result = judge(c, host::run_on_desk(c));
    EXPECT_EQ(result.verdict, host::Verdict::passed) << c.id << ": " << result.reason;
  }
  std::string line =
      "oracle: " + folder.filename().string() + ": " + std::to_string(cases.size()) + " compared";
  for (const auto& [why, n] : not_compared) line += ", " + std::to_string(n) + " not (" + why + ")";
  std::printf("%s\n", line.c_str());
}

class Oracle : public testing::TestWithParam<Definition> {};

TEST_P(Oracle, AgreesWithTheDesk) {
  if (!fs::exists(kPython)) GTEST_SKIP() << kNoInterpreter;
  const Definition& definition = GetParam();
  const fs::path folder = empty_folder(definition.name);
  Counts not_compared;
  json entries = json::array();
  for (uint32_t seed = kFirstSeed; seed < kFirstSeed + kCases; ++seed) {
    Random random(seed);
    const std::string why = exemption(definition.name, definition.draw(random));
    if (why.empty())
      entries.push_back(write_case(folder, definition, seed));
    else
      ++not_compared["exempt: " + why];
  }
  compare(folder, entries, not_compared);
}

INSTANTIATE_TEST_SUITE_P(All, Oracle, testing::ValuesIn(definitions()),
                         [](const auto& info) { return info.param.name; });

// Writes a model with random inputs for each of `invocations` and returns its entry in cases.json.
json write_model(const fs::path& folder, const host::graph::Graph& model, const std::string& id,
                 int32_t invocations, uint32_t seed) {
  host::InputGenerator generator(seed);
  json inputs = json::array(), outputs = json::array();
  const host::graph::Subgraph& main = model.subgraphs[0];
  const auto entry_of = [&](int32_t tensor, const std::string& what) {
    const host::graph::Tensor& t = main.tensors[static_cast<size_t>(tensor)];
    const json names = file_names(id + "_" + what + std::to_string(tensor), invocations);
    return json{{"type", type_name(t.type)}, {"shape", t.shape}, {"file", names}};
  };
  for (const int32_t output : main.outputs) outputs.push_back(entry_of(output, "output"));
  for (const int32_t input : main.inputs) {
    inputs.push_back(entry_of(input, "input"));
    const host::graph::Tensor& t = main.tensors[static_cast<size_t>(input)];
    int32_t n = 1;
    for (const int32_t dim : t.shape) n *= dim;
    for (const json& name : inputs.back()["file"]) {
      std::vector<uint8_t> bytes = generator.bytes(t.type, n, n * static_cast<int32_t>(bits_of(t.type) / 8));
      if (t.type == Type::boolean) bytes[0] &= 1;
      host::write_atomically(folder / name.get<std::string>(), bytes);
    }
  }
  host::write_atomically(folder / (id + ".tflite"), host::graph::write(model));
  return {{"id", id},
          {"op", folder.filename().string()},
          {"dtype", outputs[0]["type"]},
          {"path", id + ".tflite"},
          {"inputs", inputs},
          {"outputs", outputs},
          {"invokes", invocations},
          {"expect", "ok"},
          {"tolerance", 0},
          {"undefined", json::array()}};
}

TEST(OracleOfModels, AgreesWithTheDesk) {
  if (!fs::exists(kPython)) GTEST_SKIP() << kNoInterpreter;
  using host::if_model, host::while_model;
  const std::pair<const char*, host::graph::Graph> models[] = {
      {"if", if_model(1, 2)},
      {"if_not", if_model(2, 1)},
      {"while_of_3", while_model(4)},
      {"while_of_many", while_model(0.3f)},
      {"streaming", host::streaming_model()},
      {"every_row", host::circular_buffer_model(1)},
      {"every_second_row", host::circular_buffer_model(2)},
      {"every_third_row", host::circular_buffer_model(3)},
  };
  const fs::path folder = empty_folder("models");
  json entries = json::array();
  for (const auto& [name, model] : models)
    for (uint32_t seed = 0; seed < 10; ++seed) {
      entries.push_back(write_model(folder, model, name + ("_" + std::to_string(seed)), 8, seed));
      if (model.subgraphs[0].operators[0].custom_name == "CIRCULAR_BUFFER")
        entries.back()["undefined"] = {{0, 0, 0, 4},
                                       {0, 1, 0, 2}};  // of its 3 rows those from before the first
    }
  compare(folder, entries, {});
}

}  // namespace
}  // namespace inkling::naive
