// Models that nobody should trust: cut short, damaged, or made to do harm. Whatever they are, loading and
// running them ends, touches no memory but its own (AddressSanitizer and UndefinedBehaviorSanitizer watch in
// the sanitized build), and a refusal says why.
#include <filesystem>
#include <map>

#include "host/data/files.h"
#include "tests/host_test.h"
#include "tests/hostile_models.h"

namespace inkling::host {
namespace {

// Stops runs that take too many steps: endless loops are legal in a model.
bool count_down(void* context, const StepEvent&) {
  return --*static_cast<int32_t*>(context) > 0;
}

// Loads and runs a model with random inputs; returns whether it was loaded.
bool survive(const std::vector<uint8_t>& model, int32_t arena_bytes, Random& random) {
  Net net(model, arena_bytes);
  if (net->status() != Status::ok) {
    EXPECT_STRNE(net->failure().why.text, "");
    EXPECT_NE(net->invoke(), Status::ok);
    return false;
  }
  for (int32_t run = 0; run < 2; ++run) {
    int32_t steps_left = 20000;
    net->observe(count_down, &steps_left);
    net.feed_random(random);
    EXPECT_EQ(net->invoke(), Status::ok);
    for (int32_t i = 0; i < net->n_outputs(); ++i) net.output(i);
  }
  net->reset();
  return true;
}

// One small model of every operator in the conformance pack, when it is there.
std::vector<std::vector<uint8_t>> recorded_models() {
  std::map<std::filesystem::path, std::vector<uint8_t>> smallest;
  for (const char* kind : {"kernels", "sweep", "retyped"}) {
    const auto folder = shared_folder() / "conformance" / kind;
    if (!std::filesystem::exists(folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.path().extension() != ".tflite") continue;
      const auto op = entry.path().parent_path().parent_path();
      std::vector<uint8_t> model = read_file(entry.path());
      if (smallest[op].empty() || model.size() < smallest[op].size()) smallest[op] = std::move(model);
    }
  }
  std::vector<std::vector<uint8_t>> models;
  for (auto& [op, model] : smallest) models.push_back(std::move(model));
  return models;
}

// Puts an extreme number at every place of every model in turn.
void survive_extremes(const std::vector<std::vector<uint8_t>>& models, Random& random) {
  for (const std::vector<uint8_t>& original : models)
    for (size_t at = 0; at + 4 <= original.size(); at += 4)
      for (const uint32_t number : {0u, 1u, 0x7fffffffu, 0x80000000u, 0xffffffffu, 0x7fc00000u, 0x10000u}) {
        std::vector<uint8_t> model = original;
        copy_bytes(&model[at], &number, 4);
        survive(model, 16384, random);
      }
}

TEST(HostileModels, MayBeCutAnywhere) {
  Random random(1);
  for (const std::vector<uint8_t>& model : small_models())
    for (size_t n = 0; n < model.size(); ++n)
      survive({model.begin(), model.begin() + static_cast<std::ptrdiff_t>(n)}, 4096, random);
}

TEST(HostileModels, MayBeDamagedAnywhere) {
  Random random(2);
  int32_t n_loaded = 0, n_refused = 0;
  for (const std::vector<uint8_t>& original : small_models())
    for (int32_t round = 0; round < 500; ++round) {
      std::vector<uint8_t> model = original;
      damage(model, random);
      ++(survive(model, 16384, random) ? n_loaded : n_refused);
    }
  EXPECT_GT(n_loaded, 0);
  EXPECT_GT(n_refused, 0);
}

TEST(HostileModels, MayHoldExtremeNumbersAnywhere) {
  Random random(3);
  survive_extremes(small_models(), random);
}

TEST(HostileModels, OfEveryRecordedOperatorMayHoldExtremeNumbers) {
  const auto models = recorded_models();
  if (models.empty()) GTEST_SKIP() << "no conformance pack in " << shared_folder();
  Random random(5);
  survive_extremes(models, random);
}

TEST(HostileModels, OfTheConformancePackAreSurvived) {
  const auto folder = shared_folder() / "conformance" / "malformed";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is not there";
  Random random(4);
  int32_t n_models = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".tflite") continue;
    SCOPED_TRACE(entry.path());
    survive(read_file(entry.path()), 1 << 20, random);
    ++n_models;
  }
  EXPECT_GT(n_models, 0);
}

}  // namespace
}  // namespace inkling::host
