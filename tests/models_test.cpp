// Tests of our own models: each is small enough, names its labels, and hears what it is for.
#include <gtest/gtest.h>

#include <cstdlib>

#include "host/data/files.h"
#include "host/data/sound.h"
#include "host/engine/labels.h"
#include "host/evaluate/word_stream.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;
const fs::path kYesNo = fs::path(INKLING_REPO_DIR) / "models/yes_no.tflite";

/// The words that are heard in a sound file after a second of silence, one after the other.
std::string heard(const fs::path& path) {
  WordModel model(kYesNo, read_labels(kYesNo));
  std::vector<int16_t> sound(kSampleRateHz);
  const std::vector<int16_t> recording = read_sound(path);
  sound.insert(sound.end(), recording.begin(), recording.end());
  std::string words;
  for (const HeardLabel& word : heard_in(model, sound, {})) words += word.label + " ";
  return words;
}

TEST(YesNoModel, IsSmallAndNamesItsLabels) {
  EXPECT_LE(read_file(kYesNo).size(), 18u * 1024);
  EXPECT_EQ(read_labels(kYesNo), (std::vector<std::string>{"silence", "unknown", "yes", "no"}));
}

// What ./dev demo speaks where there are no recordings.
TEST(YesNoModel, HearsSynthesizedWordsOnce) {
  const TemporaryFolder folder;
  for (const std::string word : {"yes", "no"}) {
    const fs::path path = folder / (word + ".wav");
    ASSERT_EQ(std::system(("espeak-ng -v en-us -w " + path.string() + " " + word).c_str()), 0);
    EXPECT_EQ(heard(path), word + " ");
  }
}

TEST(YesNoModel, HearsRecordedWordsOnceAndNothingElse) {
  const fs::path sounds = shared_folder() / "sounds";
  if (!fs::exists(sounds)) GTEST_SKIP() << sounds << " is not there";
  EXPECT_EQ(heard(sounds / "yes_1000ms.wav"), "yes ");
  EXPECT_EQ(heard(sounds / "no_1000ms.wav"), "no ");
  EXPECT_EQ(heard(sounds / "noise_1000ms.wav"), "");
  EXPECT_EQ(heard(sounds / "silence_1000ms.wav"), "");
}

}  // namespace
}  // namespace inkling::host
