// Tests of host/data/machine_dataset.h and of the area under the ROC curve: what is normal, what is kept
// back, what is skipped.
#include "host/data/machine_dataset.h"

#include <gtest/gtest.h>

#include <set>

#include "host/data/files.h"
#include "host/evaluate/machine_windows.h"
#include "host/evaluate/score.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

using testing::IsSubstring;
using Names = std::vector<std::string>;

class Machine : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    write_atomically(folder_ / name, std::string_view(text));
  }
  // A file of windows of 20 rows of two channels.
  void write_rows(const std::string& name, int32_t n_rows, double scale = 1) {
    std::string text;
    for (int32_t i = 0; i < n_rows; ++i)
      text += std::to_string(scale * (i % 3)) + "," + std::to_string(scale * (i % 5)) + "\n";
    write(name, text);
  }
  TemporaryFolder folder_;
};

TEST_F(Machine, FoldersNamedNormalAreNormal) {
  write_rows("normal/a.csv", 40);
  write_rows("worn/a.csv", 40);
  const MachineSettings settings = settings_of(folder_.path(), {}, 0);
  EXPECT_EQ(settings.normal, Names{"normal"});
  EXPECT_FALSE(settings.is_sound);
  EXPECT_EQ(settings.n_channels, 2);
  EXPECT_EQ(settings.n_rows, 40);
  EXPECT_EQ(settings.counts_per_unit, 4096);
}

TEST_F(Machine, WithoutSuchAFolderAllAreThatDoNotSoundOtherwise) {
  write_rows("slow/a.csv", 40);
  write_rows("fast/deep/er/a.csv", 30);
  write_rows("Fault_3/a.csv", 20);
  write_rows("anomaly_0001.csv", 20);
  const MachineSettings settings = settings_of(folder_.path(), {}, 0);
  EXPECT_EQ(settings.normal, (Names{"fast", "slow"}));
  EXPECT_EQ(settings.n_rows, 30);
}

TEST_F(Machine, PatternsSayWhatIsNormal) {
  write_rows("fan_low_0/a.csv", 40);
  write_rows("fan_low_1/a.csv", 40);
  const MachineSettings settings = settings_of(folder_.path(), {"*_0"}, 20);
  const MachineDataset dataset = read_machine_dataset(folder_.path(), settings);
  ASSERT_EQ(dataset.windows.size(), 4u);
  EXPECT_TRUE(dataset.windows[0].is_normal);
  EXPECT_FALSE(dataset.windows[3].is_normal);
  EXPECT_EQ(dataset.windows[3].part, Part::test);
  EXPECT_EQ(dataset.windows[0].features.size(), 20u);
  EXPECT_PRED_FORMAT2(IsSubstring, "no folder is normal",
                      message_of([&] { settings_of(folder_.path(), {"nothing*"}, 0); }));
}

TEST_F(Machine, KeepsNeighboursTogether) {
  write_rows("normal/a.csv", 20 * 100);
  const MachineDataset dataset = read_machine_dataset(folder_.path(), settings_of(folder_.path(), {}, 20));
  ASSERT_EQ(dataset.windows.size(), 100u);
  EXPECT_EQ(dataset.normal(Part::train).size(), 80u);
  for (size_t i = 0; i < 100; ++i)
    EXPECT_EQ(dataset.windows[i].part, i / 10 == 3   ? Part::validation
                                       : i / 10 == 7 ? Part::test
                                                     : Part::train);
}

TEST_F(Machine, SkipsAndCountsWhatIsDamaged) {
  for (int32_t i = 0; i < 20; ++i) write_rows("normal/" + std::to_string(i) + ".csv", 20);
  write("normal/bad.csv", "1,2\nthree,4\n");
  const MachineSettings settings = settings_of(folder_.path(), {}, 20);
  const MachineDataset dataset = read_machine_dataset(folder_.path(), settings);
  EXPECT_EQ(dataset.windows.size(), 20u);
  ASSERT_EQ(dataset.skipped.size(), 1u);
  EXPECT_PRED_FORMAT2(IsSubstring, "bad.csv: line 2", dataset.skipped[0]);
  write_rows("normal/short.csv", 5);
  write("normal/empty.csv", "");
  EXPECT_PRED_FORMAT2(IsSubstring, "3 of 23 files cannot be used",
                      message_of([&] { read_machine_dataset(folder_.path(), settings); }));
}

TEST_F(Machine, RefusesWhatMakesNoDataset) {
  EXPECT_PRED_FORMAT2(IsSubstring, "no recordings", message_of([&] { settings_of(folder_.path(), {}, 0); }));
  write_rows("normal/a.csv", 10);
  EXPECT_PRED_FORMAT2(IsSubstring, "10 rows, want 16",
                      message_of([&] { settings_of(folder_.path(), {}, 0); }));
  write("normal/a.wav", "");
  EXPECT_PRED_FORMAT2(IsSubstring, "1 CSV files and 1 sounds",
                      message_of([&] { settings_of(folder_.path(), {}, 0); }));
}

TEST_F(Machine, SettingsSurviveTheMetadata) {
  write_rows("normal/a.csv", 20 * 30, 0.5);
  MachineJudge judge;
  judge.settings = settings_of(folder_.path(), {}, 20);
  const MachineDataset dataset = read_machine_dataset(folder_.path(), judge.settings);
  judge.set_standard(dataset.normal(Part::train));
  judge.limit = 1.25;
  const MachineJudge again = MachineJudge::from_json(judge.to_json(), "model");
  EXPECT_EQ(again.to_json(), judge.to_json());
  EXPECT_EQ(again.input_of(dataset.windows[5].features), judge.input_of(dataset.windows[5].features));
  nlohmann::json damaged = judge.to_json();
  damaged["means"] = {1, 2};
  EXPECT_PRED_FORMAT2(IsSubstring, "does not make sense",
                      message_of([&] { MachineJudge::from_json(damaged, "model"); }));
  damaged.erase("means");
  EXPECT_PRED_FORMAT2(IsSubstring, "is damaged",
                      message_of([&] { MachineJudge::from_json(damaged, "model"); }));
}

TEST(Roc, AreaIsTheShareOfPairsInOrder) {
  EXPECT_EQ(area_under_roc({1, 2, 3, 4}, {false, false, true, true}), 1.0);
  EXPECT_EQ(area_under_roc({4, 3, 2, 1}, {false, false, true, true}), 0.0);
  EXPECT_EQ(area_under_roc({1, 1, 1}, {false, true, true}), 0.5);
  EXPECT_EQ(area_under_roc({1, 3, 2, 4}, {false, false, true, true}), 0.75);
  EXPECT_EQ(area_under_roc({1, 2}, {true, true}), std::nullopt);
}

}  // namespace
}  // namespace inkling::host
