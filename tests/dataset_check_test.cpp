// Tests of host/data/dataset_check.h: each kind of flaw is found where it is, and a good dataset has none.
#include "host/data/dataset_check.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "host/data/files.h"
#include "host/data/random.h"
#include "host/data/simulated.h"
#include "host/data/wav.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

using testing::IsSubstring;
namespace fs = std::filesystem;

// A tone in the middle of a second, somewhat hoarse, so that no two are alike.
std::vector<int16_t> clip(double hz, double level, uint64_t seed) {
  Random random(seed);
  std::vector<int16_t> samples(16000);
  for (size_t i = 4000; i < 12000; ++i) {
    const double tone = std::sin(6.283185307 * hz / 16000 * static_cast<double>(i)) + 0.02 * random.normal();
    samples[i] = static_cast<int16_t>(std::max(-32768.0, std::min(32767.0, level * tone)));
  }
  return samples;
}

class CheckWords : public testing::Test {
 protected:
  CheckWords() {
    uint64_t seed = 0;
    for (const auto& [word, hz] : {std::pair("low", 400.0), {"high", 3000.0}, {"_unknown_", 1500.0}})
      for (int speaker = 0; speaker < 60; ++speaker)
        write(fs::path(word) / ("v" + std::to_string(speaker) + "_nohash_0.wav"), clip(hz, 8000, ++seed));
    fs::create_directories(folder_ / "_background_noise_");
  }
  void write(const fs::path& name, const std::vector<int16_t>& samples) {
    fs::create_directories((folder_.path() / name).parent_path());
    write_wav(folder_.path() / name, samples);
  }
  DatasetCheck check() const {
    return check_dataset(folder_.path(), DatasetKind::words, [](int64_t, int64_t) {});
  }
  TemporaryFolder folder_;
};

// The names of the files, separated by spaces.
std::string names(const std::vector<Finding>& findings) {
  std::string all;
  for (const Finding& finding : findings) all += finding.path.filename().string() + " ";
  return all;
}

TEST_F(CheckWords, CountsAndFindsNothingWrongWhereAllIsRight) {
  const DatasetCheck result = check();
  EXPECT_TRUE(result.is_clean()) << names(result.suspicious) << names(result.silent)
                                 << (result.advice.empty() ? "" : result.advice[0]);
  ASSERT_EQ(result.classes.size(), 3u);
  const ClassFacts& high = result.classes[1];
  EXPECT_EQ(high.label, "high");
  EXPECT_EQ(high.n_clips, 60);
  EXPECT_EQ(high.n_speakers, 60);
  EXPECT_EQ(high.n_train + high.n_validation + high.n_test, 60);
  EXPECT_EQ(high.median_s, 1);
  EXPECT_EQ(high.total_s, 60);
}

TEST_F(CheckWords, FindsEachFlawWhereItIs) {
  write("low/a_nohash_quiet.wav", std::vector<int16_t>(16000, 3));
  write("low/b_nohash_loud.wav", clip(400, 60000, 900));
  write("low/v5_nohash_again.wav", clip(400, 8000, 6));
  write("low/c_nohash_high.wav", clip(3000, 8000, 901));
  write_atomically(folder_.path() / "low" / "d_nohash_text.wav", std::string_view("no sound"));
  const DatasetCheck result = check();
  EXPECT_EQ(names(result.silent), "a_nohash_quiet.wav ");
  EXPECT_EQ(names(result.clipped), "b_nohash_loud.wav ");
  EXPECT_EQ(names(result.duplicates), "v5_nohash_again.wav ");
  EXPECT_EQ(names(result.suspicious), "c_nohash_high.wav ");
  EXPECT_PRED_FORMAT2(IsSubstring, "'high'", result.suspicious.at(0).what);
  EXPECT_EQ(names(result.unreadable), "d_nohash_text.wav ");
  EXPECT_FALSE(result.is_clean());
}

TEST_F(CheckWords, AdvisesOnTheWhole) {
  write("few/v1_nohash_0.wav", clip(800, 8000, 950));
  fs::create_directories(folder_ / "none");
  fs::remove_all(folder_ / "_background_noise_");
  std::string advice;
  for (const std::string& line : check().advice) advice += line + "\n";
  EXPECT_PRED_FORMAT2(IsSubstring, "'few' has 1 clips", advice);
  EXPECT_PRED_FORMAT2(IsSubstring, "'none' is empty", advice);
  EXPECT_PRED_FORMAT2(IsSubstring, "no _background_noise_", advice);
}

TEST(CheckWordsOf, AnEmptyFolderIsRefused) {
  const TemporaryFolder folder;
  EXPECT_PRED_FORMAT2(IsSubstring, "no clips", message_of([&] {
                        check_dataset(folder.path(), DatasetKind::words, [](int64_t, int64_t) {});
                      }));
}

TEST(CheckMotion, FindsWhatIsStillCopiedOrUnreadable) {
  const TemporaryFolder folder;
  simulate_dataset("gestures", 12, 1, folder / "gestures", [](int64_t, int64_t) {});
  const fs::path ring = folder / "gestures" / "ring";
  write_atomically(ring / "still.csv", std::string_view("1,2,3\n1,2,3\n1,2,3\n"));
  write_atomically(ring / "bad.csv", std::string_view("1,2,3\nx,2,3\n"));
  fs::copy_file(ring / "0003.csv", ring / "copy.csv");
  EXPECT_EQ(kind_of_dataset(folder / "gestures"), DatasetKind::motion);
  const DatasetCheck result =
      check_dataset(folder / "gestures", DatasetKind::motion, [](int64_t, int64_t) {});
  EXPECT_EQ(names(result.silent), "still.csv ");
  EXPECT_EQ(names(result.unreadable), "bad.csv ");
  EXPECT_EQ(names(result.duplicates), "copy.csv ");
  EXPECT_EQ(result.classes[1].longest_s, 128);
}

TEST(CheckPictures, FindsOneShadeAndWrongPlaces) {
  const TemporaryFolder folder;
  // Dark below in one class, dark above in the other.
  for (int32_t i = 0; i < 30; ++i)
    for (const char* label : {"below", "above"}) {
      Picture picture{20, 20, 3, {}};
      for (int32_t j = 0; j < 1200; ++j)
        picture.pixels.push_back(static_cast<uint8_t>((j < 600) == (label[0] == 'b') ? 200 : 40 + i));
      const bool is_lost = i == 29 && label[0] == 'b';
      const fs::path path = folder.path() / (is_lost ? "above" : label) / fmt::format("{}{}.png", label, i);
      fs::create_directories(path.parent_path());
      write_atomically(path, png_bytes(picture));
    }
  write_atomically(folder / "above" / "grey.png", png_bytes({8, 8, 3, std::vector<uint8_t>(192, 77)}));
  EXPECT_EQ(kind_of_dataset(folder.path()), DatasetKind::pictures);
  const DatasetCheck result = check_dataset(folder.path(), DatasetKind::pictures, [](int64_t, int64_t) {});
  EXPECT_EQ(names(result.silent), "grey.png ");
  EXPECT_EQ(names(result.suspicious), "below29.png ");
}

}  // namespace
}  // namespace inkling::host
