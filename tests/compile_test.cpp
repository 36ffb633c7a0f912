// Compiled models compute what interpreted ones do, byte for byte: every operator, by the random cases of its
// naive definition; generated files build alone; names and folders that cannot be are refused.
#include <fmt/format.h>

#include "host/bench/process.h"
#include "host/compile/compiled_verify.h"
#include "host/compile/print.h"
#include "host/data/files.h"
#include "host/engine/operator_files.h"
#include "tests/host_test.h"
#include "tests/operator_case.h"

namespace inkling::naive {
namespace {

using host::Net;
using host::TemporaryFolder;

constexpr uint32_t kCasesPerOperator = 5, kCasesPerLayer = 60;

std::filesystem::path save(const TemporaryFolder& folder, const std::string& name,
                           const std::vector<uint8_t>& bytes) {
  host::write_atomically(folder / name, bytes);
  return folder / name;
}

// A random use of an operator as a case whose outputs are the interpreter's.
host::Case record(const TemporaryFolder& folder, const Definition& definition, uint32_t seed) {
  Random random(seed);
  Case c = definition.draw(random);
  host::Case recorded;
  recorded.id = definition.name + "_" + std::to_string(seed);
  recorded.op = definition.name;
  recorded.invokes = c.invocations;
  Net net(model_of(definition.name, c));
  EXPECT_EQ(net->status(), Status::ok) << recorded.id;
  recorded.model = save(folder, recorded.id + ".tflite", net.model());
  recorded.inputs.resize(static_cast<size_t>(net->n_inputs()));
  recorded.outputs.resize(static_cast<size_t>(net->n_outputs()));
  for (int32_t k = 0; k < c.invocations; ++k) {
    int32_t n_fed = 0;
    for (host::CaseTensor& input : recorded.inputs) input.files.emplace_back();
    for (Operand& input : c.inputs) {
      if (input.role != Role::fed) continue;
      if (k > 0) fill(random, input);
      const std::string name = fmt::format("{}_in_{}_{}", recorded.id, k, n_fed);
      recorded.inputs.at(static_cast<size_t>(n_fed)).files.back() = save(folder, name, encode(input));
      net.feed(n_fed++, encode(input));
    }
    EXPECT_EQ(net->invoke(), Status::ok);
    for (int32_t i = 0; i < net->n_outputs(); ++i) {
      host::CaseTensor& output = recorded.outputs[static_cast<size_t>(i)];
      output.type = "uint8";  // bytes, whatever they stand for
      output.files.push_back(save(folder, fmt::format("{}_out_{}_{}", recorded.id, k, i), net.output(i)));
    }
  }
  return recorded;
}

void expect_equal(const std::vector<host::Case>& cases, const host::Target& target,
                  const host::Board* board) {
  size_t n_results = 0;
  host::verify_compiled(cases, target, board, [&](const host::Case& c, const host::CaseResult& result) {
    ++n_results;
    EXPECT_EQ(result.verdict, host::Verdict::passed) << c.id << ": " << result.reason;
  });
  EXPECT_EQ(n_results, cases.size());
}

TEST(Compiled, EveryOperatorEqualsTheInterpreter) {
  const TemporaryFolder folder;
  std::vector<host::Case> cases;
  for (const Definition& definition : definitions())
    for (uint32_t seed = 0; seed < kCasesPerOperator; ++seed)
      cases.push_back(record(folder, definition, seed));
  expect_equal(cases, {}, nullptr);
}

// Layers whose weights are packed for a target, and whose kernels are that target's own.
std::vector<host::Case> layers(const TemporaryFolder& folder) {
  std::vector<host::Case> cases;
  for (const Definition& definition : definitions())
    for (const char* name : {"CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "SVDF"})
      for (uint32_t seed = 0; definition.name == name && seed < kCasesPerLayer; ++seed)
        cases.push_back(record(folder, definition, seed));
  return cases;
}

TEST(Compiled, PackedLayersEqualTheInterpreter) {
  const TemporaryFolder folder;
  expect_equal(layers(folder), host::find_target("cortex-m4"), nullptr);
}

TEST(Compiled, PackedLayersEqualTheInterpreterOnTheBoard) {
  const TemporaryFolder folder;
  const host::Board board = host::open_board("cortex-m4");
  expect_equal(layers(folder), host::find_target("cortex-m4"), &board);
}

TEST(Compiled, RecordedModelsGiveTheRecordedBytes) {
  const auto pack = host::shared_folder() / "conformance";
  if (!exists(pack / "cases.json")) GTEST_SKIP() << pack << " is not there";
  std::vector<host::Case> models;
  for (const host::Case& c : host::read_case_pack(pack))
    if (c.op == "MODEL" && models.size() < 40) models.push_back(c);
  host::verify_compiled(models, {}, nullptr, [](const host::Case& c, const host::CaseResult& result) {
    EXPECT_EQ(result.verdict, host::Verdict::passed) << c.id << ": " << result.reason;
  });
}

// The first case of an operator, compiled as "one" into a folder beside a program that runs it.
void compile_alone(const TemporaryFolder& folder, bool standalone) {
  Random random(1);
  for (const Definition& definition : definitions()) {
    if (definition.name != "CONV_2D") continue;
    const Case c = definition.draw(random);
    const host::PrintOptions options{"one", standalone, true};
    const host::Snapshot snapshot =
        host::take_snapshot(host::ModelFile("one.tflite", model_of("CONV_2D", c)));
    host::write_atomically(folder / "one.h", host::print_header(snapshot, options));
    host::write_atomically(folder / "one.cpp", host::print_source(snapshot, options));
  }
  host::write_atomically(folder / "main.cpp", std::string_view(R"(#include "one.h"
static_assert(one::arena_bytes > 0 && one::Input<0>::rank == 4, "known when the program is compiled");
int main() {
  auto input = one::input<0>();
  for (auto& value : input) value = 1;
  one::invoke();
  const auto first = one::output<0>()[0];
  for (auto& value : input) value = 1;
  if (one::step()) return 1;  // the model has one operator
  return one::output<0>()[0] == first ? 0 : 2;
}
)"));
}

TEST(Compiled, FilesBuildWithTheLibrarysHeaders) {
  const TemporaryFolder folder;
  compile_alone(folder, false);
  const host::ProcessResult built =
      host::run_process({"g++", "-std=c++17", "-O2", "-Wall", "-Wextra", "-Werror", "-I",
                         host::library_root().string(), "main.cpp", "one.cpp", "-o", "one"},
                        folder.path());
  ASSERT_EQ(built.status, 0) << built.err;
  EXPECT_EQ(host::run_process({"./one"}, folder.path()).status, 0);
}

TEST(Compiled, StandaloneFilesBuildWithACompilerAlone) {
  const TemporaryFolder folder;
  compile_alone(folder, true);
  const host::ProcessResult built = host::run_process(
      {"g++", "-std=c++17", "-Os", "-Wall", "-Wextra", "-Werror", "main.cpp", "one.cpp", "-o", "one"},
      folder.path());
  ASSERT_EQ(built.status, 0) << built.err;
  EXPECT_EQ(host::run_process({"./one"}, folder.path()).status, 0);
}

TEST(Compiled, OffersNoStepsWhereOneOperatorRunsOthers) {
  host::graph::Graph model;
  model.subgraphs.resize(2);
  model.subgraphs[0].operators.emplace_back("CALL_ONCE", std::vector<int32_t>{}, std::vector<int32_t>{},
                                            Options("CallOnceOptions").set("init_subgraph_index", 1));
  const host::Snapshot snapshot =
      host::take_snapshot(host::ModelFile("once.tflite", host::graph::write(model)));
  const std::string message = host::message_of([&] { host::print_source(snapshot, {"once", false, true}); });
  EXPECT_NE(message.find("--step"), std::string::npos) << message;
}

TEST(Compiled, RefusesNamesThatAreNoNamespaces) {
  for (const char* name : {"", "1st", "a-b", "while", "std", "inkling", "_x", "a b"})
    EXPECT_NE(host::message_of([&] { host::require_namespace_name(name); }).find("--name"), std::string::npos)
        << name;
  host::require_namespace_name("yes_no_2");
}

TEST(Compiled, NamesTheOperatorsThatItLacks) {
  host::graph::Graph model;
  host::graph::Subgraph& main = model.subgraphs.emplace_back();
  host::graph::Tensor x;
  x.name = "x";
  x.shape = {1};
  main.add_input(x);
  main.add_output(x);
  main.operators.emplace_back("ATAN2", std::vector<int32_t>{0, 0}, std::vector<int32_t>{1});
  const std::string message = host::message_of(
      [&] { host::take_snapshot(host::ModelFile("odd.tflite", host::graph::write(model))); });
  EXPECT_NE(message.find("odd.tflite"), std::string::npos) << message;
  EXPECT_NE(message.find("ATAN2"), std::string::npos) << message;
}

}  // namespace
}  // namespace inkling::naive
