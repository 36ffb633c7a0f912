// Models that nobody should trust, on virtual boards: each is refused or runs to an end, and the board's
// memory protection sees every access outside of model, arena, stack and program. Skips boards whose tools
// are not installed.
#include <filesystem>

#include "host/bench/board_verify.h"
#include "host/bench/process.h"
#include "host/data/files.h"
#include "tests/host_test.h"
#include "tests/hostile_models.h"

namespace inkling::host {
namespace {

class BoardHostile : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    for (const char* tool : {"arm-none-eabi-g++", "qemu-system-arm"})
      if (run_process({"sh", "-c", std::string("command -v ") + tool}, ".").status != 0)
        GTEST_SKIP() << tool << " is not installed";
  }
};

// Runs all models below a folder.
void survive(const std::string& board, const std::filesystem::path& folder) {
  const std::vector<Case> cases = untrusted_models(folder);
  size_t n_results = 0;
  verify_on_board(board, cases, [&](const Case& c, const CaseResult& result) {
    ++n_results;
    EXPECT_NE(result.verdict, Verdict::failed) << c.id << ": " << result.reason;
  });
  EXPECT_EQ(n_results, cases.size());
}

TEST_P(BoardHostile, DamagedModelsDoNoHarm) {
  const TemporaryFolder folder;
  Random random(7);
  int32_t n_models = 0;
  for (const std::vector<uint8_t>& original : small_models())
    for (int32_t i = 0; i < 8; ++i) {
      std::vector<uint8_t> model = original;
      if (i == 0)
        model.resize(static_cast<size_t>(random.integer(0, static_cast<int64_t>(model.size()))));
      else
        damage(model, random);
      write_atomically(folder / (std::to_string(n_models++) + ".tflite"), model);
    }
  survive(GetParam(), folder.path());
}

TEST_P(BoardHostile, ModelsOfTheConformancePackDoNoHarm) {
  const auto folder = shared_folder() / "conformance" / "malformed";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is not there";
  survive(GetParam(), folder);
}

INSTANTIATE_TEST_SUITE_P(Boards, BoardHostile, testing::Values("cortex-m3", "cortex-m4"),
                         [](const auto& info) {
                           return info.param == std::string("cortex-m3") ? "cortex_m3" : "cortex_m4";
                         });

}  // namespace
}  // namespace inkling::host
