// Tests of measuring on virtual boards: bit-exact outputs on every board, what a program carries, what does
// not fit, case packs on a board. Skips what needs the folder "shared" or a board's tools where they are
// missing.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "host/bench/board_verify.h"
#include "host/bench/measure.h"
#include "host/bench/reference.h"
#include "host/bench/survey.h"
#include "host/data/files.h"
#include "host/engine/operator_files.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

bool has(const std::string& tool) {
  return run_process({"sh", "-c", "command -v " + tool}, ".").status == 0;
}

bool has_tools(const std::string& board) {
  const std::vector<uint8_t> text = read_file(fs::path(INKLING_REPO_DIR) / "boards" / board / "board.json");
  const auto described = nlohmann::json::parse(text.begin(), text.end());
  return has(described["compiler"].get<std::string>() + "g++") && has(described["qemu"][0]);
}

class BenchTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!has_tools(GetParam())) GTEST_SKIP() << "the tools of " << GetParam() << " are not installed";
  }
};

const ReferenceModel& find_model(const Reference& reference, const std::string& name) {
  const auto& models = reference.models();
  return *std::find_if(models.begin(), models.end(), [&](const auto& model) { return model.name == name; });
}

TEST_P(BenchTest, CompiledModelsComputeTheSameInLessSpace) {
  if (!fs::exists(shared_folder() / "baseline")) GTEST_SKIP() << "no recordings";
  const Reference reference;
  const Board board = open_board(GetParam());
  const ReferenceModel& model = find_model(reference, "mlperf_str_ww_int8");
  const ModelCost interpreted = measure_model(board, ModelFile(model.path));
  for (const Mode mode : {Mode::compiled, Mode::compiled_small}) {
    const SurveyEntry entry = survey_model(board, model, reference, mode);
    ASSERT_TRUE(entry.cost) << entry.why_not;
    EXPECT_EQ(entry.n_equal_ops, static_cast<int32_t>(model.op_hashes.size()));
    EXPECT_EQ(entry.cost->output_hash, model.op_hashes.back());
    EXPECT_LT(entry.cost->arena_bytes, interpreted.arena_bytes);
    EXPECT_LT(entry.cost->code_bytes, interpreted.code_bytes);
    EXPECT_LT(entry.cost->load_instructions, 100);
    EXPECT_LE(entry.cost->stack_bytes, 1024);
  }
}

// Within 2 % of what was counted when docs/performance.md was written: nothing gets slower unnoticed, and
// what gets faster is measured again.
TEST_P(BenchTest, CountedInstructionsAreTheCommittedOnes) {
  if (!fs::exists(shared_folder() / "baseline")) GTEST_SKIP() << "no recordings";
  const Reference reference;
  const Board board = open_board(GetParam());
  std::ifstream table(library_root() / "docs/performance/instructions.csv");
  const bool is_m4 = board.name == "cortex-m4";
  int32_t n_compared = 0;
  for (std::string line; std::getline(table, line);) {
    std::vector<std::string> row;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
    ASSERT_EQ(row.size(), 4u) << line;
    const bool chosen = row[2] == "hello_world_int8" || (row[2] == "mlperf_str_ww_int8" && is_m4);
    if (row[0] != board.name || !chosen) continue;
    const Mode mode = row[1] == name_of(Mode::compiled) ? Mode::compiled : Mode::interpreted;
    const ModelCost cost = measure_model(board, ModelFile(find_model(reference, row[2]).path), mode);
    const double want = std::stod(row[3]);
    EXPECT_NEAR(static_cast<double>(cost.instructions), want, 0.02 * want)
        << line << ": ./dev bench counts again, if this is meant";
    ++n_compared;
  }
  if (n_compared == 0 && !is_m4) GTEST_SKIP() << "nothing was committed for this board";
  EXPECT_EQ(n_compared, is_m4 ? 4 : 2);
}

TEST_P(BenchTest, EveryOperatorComputesWhatTheReferenceComputes) {
  if (!fs::exists(shared_folder() / "baseline")) GTEST_SKIP() << "no recordings";
  const Reference reference;
  const Board board = open_board(GetParam());
  for (const char* name : {"hello_world_int8", "mlperf_str_ww_int8"}) {
    const ReferenceModel& model = find_model(reference, name);
    const SurveyEntry entry = survey_model(board, model, reference);
    ASSERT_TRUE(entry.cost) << entry.why_not;
    EXPECT_EQ(entry.cost->per_op.size(), model.op_hashes.size());
    EXPECT_EQ(entry.n_equal_ops, static_cast<int32_t>(model.op_hashes.size())) << name;
    EXPECT_EQ(entry.cost->output_hash, model.op_hashes.back());
    // An operator is measured with the call of its observer; the whole is not.
    int64_t sum = 0;
    for (const OpCost& op : entry.cost->per_op) sum += op.instructions;
    EXPECT_NEAR(static_cast<double>(sum), static_cast<double>(entry.cost->instructions),
                100.0 * static_cast<double>(model.op_hashes.size()));
    EXPECT_EQ(entry.cost->macs, name == std::string("hello_world_int8") ? 288 : 826368);
  }
}

TEST_P(BenchTest, OperatorsCarryOnlyTheTypesTheyAreListedFor) {
  const Board board = open_board(GetParam());
  const int64_t none = measure_core(board).code_bytes;
  const int64_t int8 = measure_core(board, {"ops::int8::conv_2d"}).code_bytes;
  const int64_t all = measure_core(board, {"ops::conv_2d"}).code_bytes;
  EXPECT_LT(measure_empty(board).code_bytes, none);
  EXPECT_LT(none, int8);
  EXPECT_LT(int8, all);
}

INSTANTIATE_TEST_SUITE_P(Boards, BenchTest, testing::ValuesIn(board_names()), [](const auto& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Bench, TheCoreKeepsItsBudget) {
  if (!has_tools("cortex-m3")) GTEST_SKIP() << "no tools";
  EXPECT_LE(measure_core(open_board("cortex-m3")).code_bytes, 6 * 1024);
}

TEST(Bench, ModelsThatAreTooLargeAreRefusedInOneLine) {
  if (!has_tools("cortex-m0")) GTEST_SKIP() << "no tools";
  const fs::path models = shared_folder() / "conformance/models";
  if (!fs::exists(models)) GTEST_SKIP() << "no models";
  const Board board = open_board("cortex-m0");
  const auto refusal = [&](const char* name) {
    return message_of([&] { measure_model(board, ModelFile(models / name / "model.tflite")); });
  };
  const std::string flash = refusal("mlperf_vww_int8"), arena = refusal("mlperf_resnet_int8");
  EXPECT_NE(flash.find("does not fit: the flash is "), std::string::npos) << flash;
  EXPECT_NE(arena.find("does not fit: it needs an arena of "), std::string::npos) << arena;
  EXPECT_EQ(flash.find('\n'), std::string::npos);
}

TEST(Bench, UnknownBoardsAreAnsweredWithTheKnownOnes) {
  const std::string message = message_of([] { open_board("cortex-m5"); });
  EXPECT_NE(message.find("there is no board \"cortex-m5\""), std::string::npos) << message;
  EXPECT_NE(message.find("cortex-m55"), std::string::npos) << message;
}

TEST(Process, TellsWhatAProgramDid) {
  const ProcessResult result = run_process({"sh", "-c", "echo out; echo err >&2; pwd; exit 3"}, "/");
  EXPECT_EQ(result.status, 3);
  EXPECT_EQ(result.out, "out\n/\n");
  EXPECT_EQ(result.err, "err\n");
  EXPECT_TRUE(run_process({"sleep", "600"}, "/", 1).timed_out);
  EXPECT_NE(message_of([] { run_process({"inkling-no-such-tool"}, "/"); }).find("is not installed"),
            std::string::npos);
}

TEST(BoardVerify, JudgesCasesAsTheDeskDoes) {
  if (!has_tools("cortex-m0")) GTEST_SKIP() << "no tools";
  const fs::path pack = shared_folder() / "conformance";
  if (!fs::exists(pack)) GTEST_SKIP() << "no case pack";
  std::vector<Case> cases = read_case_pack(pack);
  cases.erase(std::remove_if(cases.begin(), cases.end(), [](const Case& c) { return c.op != "CONV_2D"; }),
              cases.end());
  ASSERT_FALSE(cases.empty());
  Case wrong = *std::find_if(cases.begin(), cases.end(), [](const Case& c) {
    return c.expect == Expect::ok && run_on_desk(c).error.empty();
  });
  wrong.inputs.pop_back();
  cases.push_back(wrong);
  int32_t n_passed = 0;
  size_t n_results = 0;
  verify_on_board("cortex-m0", cases, [&](const Case& c, const CaseResult& result) {
    ++n_results;
    if (n_results == cases.size()) {
      EXPECT_EQ(result.verdict, Verdict::failed);
      EXPECT_NE(result.reason.find("inputs, the model"), std::string::npos) << result.reason;
    } else if (result.verdict != Verdict::skipped) {
      const Verdict on_desk = judge(c, run_on_desk(c)).verdict;
      EXPECT_EQ(result.verdict, on_desk) << c.id << ": " << result.reason;
      n_passed += result.verdict == Verdict::passed;
    }
  });
  EXPECT_EQ(n_results, cases.size());
  EXPECT_GT(n_passed, 0);
}

}  // namespace
}  // namespace inkling::host
