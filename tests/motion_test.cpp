// Tests of host/data/motion_dataset.h: takes are found where they are, windows have one size and scale,
// variants keep their kind.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "host/data/files.h"
#include "host/data/motion_dataset.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

using testing::IsSubstring;
using Values = std::vector<float>;

class MotionOnDisk : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    write_atomically(folder_ / name, std::string_view(text));
  }
  std::string refusal(int32_t take_rows = 0) {
    return message_of([&] { read_motion_dataset(folder_.path(), take_rows); });
  }
  TemporaryFolder folder_;
};

TEST_F(MotionOnDisk, IsReadFromFilesAndFolders) {
  write("wave/1.csv", "time,x,y\n0.1,1,2\n0.2,3,4\n");
  write("wave/2.csv", "5;6\r\n7;8\r\n\r\n9;10\r\n");
  write("rest.csv", "11 12\n");
  write("notes.txt", "no motion");
  const MotionDataset dataset = read_motion_dataset(folder_.path(), 0);
  EXPECT_EQ(dataset.labels, (std::vector<std::string>{"rest", "wave"}));
  EXPECT_EQ(dataset.n_channels, 2);
  ASSERT_EQ(dataset.takes.size(), 4u);
  EXPECT_EQ(dataset.takes[0].values, (Values{11, 12}));
  EXPECT_EQ(dataset.takes[1].values, (Values{1, 2, 3, 4}));
  EXPECT_EQ(dataset.takes[2].values, (Values{5, 6, 7, 8}));
  EXPECT_EQ(dataset.takes[3].values, (Values{9, 10}));
  EXPECT_EQ(dataset.takes[3].label, 1);
}

TEST_F(MotionOnDisk, IsCutIntoTakesOfEqualLength) {
  write("wave.csv", "x\n1\n2\n3\n4\n5\n");
  const MotionDataset dataset = read_motion_dataset(folder_.path(), 2);
  ASSERT_EQ(dataset.takes.size(), 2u);
  EXPECT_EQ(dataset.takes[1].values, (Values{3, 4}));
}

TEST_F(MotionOnDisk, IsRefusedWithFileAndLine) {
  EXPECT_PRED_FORMAT2(IsSubstring, "no takes", refusal());
  write("a/1.csv", "1,2\n3,4,5\n");
  EXPECT_PRED_FORMAT2(IsSubstring, "1.csv: line 2 has 3 numbers", refusal());
  write("a/1.csv", "1,2\nthree,4\n");
  EXPECT_PRED_FORMAT2(IsSubstring, "line 2 is no row of numbers", refusal());
  write("a/1.csv", "1,2\n");
  write("b/1.csv", "1,2,3\n");
  EXPECT_PRED_FORMAT2(IsSubstring, "has 3 channels", refusal());
}

// 40 takes each of a wave in x or in y.
MotionDataset waves() {
  MotionDataset dataset;
  dataset.labels = {"x", "y"};
  dataset.n_channels = 3;
  for (int32_t i = 0; i < 80; ++i) {
    Take take{"wave.csv", i % 2, i < 60 ? Part::train : Part::test, {}};
    for (int32_t row = 0; row < 50 + i; ++row)
      for (int32_t channel = 0; channel < 3; ++channel)
        take.values.push_back(channel == i % 2 ? 1 + 100 * std::sin(0.2f * static_cast<float>(row)) : 5);
    dataset.takes.push_back(take);
  }
  return dataset;
}

TEST(Motion, WindowsHaveOneSizeAndScale) {
  const MotionDataset dataset = waves();
  const MotionScale scale = MotionScale::of(dataset);
  EXPECT_NEAR(scale.deviations[0], 50, 10);
  EXPECT_NEAR(scale.means[2], 5, 1e-4);
  const Examples test = motion_examples(dataset, Part::test, scale, 0, Random(1));
  EXPECT_EQ(test.size(), 20);
  EXPECT_EQ(test.features.size(), 20u * 64 * 3);
  const std::vector<int8_t> window = scale.window(
      {scale.means[0], scale.means[1], 5, scale.means[0] + scale.deviations[0], scale.means[1], 5});
  EXPECT_EQ(window[0], 0);
  EXPECT_EQ(window[63 * 3], 32);  // a deviation above the mean
  EXPECT_NEAR(window[32 * 3], 16, 1);
  EXPECT_EQ(window[63 * 3 + 1], 0);
}

TEST(Motion, VariantsDifferButKeepTheirKind) {
  const MotionDataset dataset = waves();
  const MotionScale scale = MotionScale::of(dataset);
  const Examples train = motion_examples(dataset, Part::train, scale, 3, Random(1));
  EXPECT_EQ(train.size(), 180);
  EXPECT_EQ(train.features, motion_examples(dataset, Part::train, scale, 3, Random(1)).features);
  std::set<std::vector<int8_t>> different;
  for (int64_t i = 0; i < train.size(); ++i) {
    const auto first = train.features.begin() + i * 64 * 3;
    different.insert({first, first + 64 * 3});
    int64_t energy[3] = {};
    for (int32_t j = 0; j < 64 * 3; ++j)
      energy[j % 3] += std::abs(int32_t{first[j]} - (j % 3 == 2 ? first[2] : 0));
    const int32_t label = train.labels[static_cast<size_t>(i)];
    EXPECT_GT(energy[label], energy[1 - label]) << i;
  }
  EXPECT_EQ(different.size(), 180u);
}

}  // namespace
}  // namespace inkling::host
