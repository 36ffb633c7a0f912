// Tests of host/data/word_dataset.h and scenes.h: labels, parts without common speakers, examples that are
// the same for the same seed.
#include "host/data/scenes.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "host/data/wav.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

using testing::IsSubstring;

// Half a second of a tone in the middle of a second.
std::vector<int16_t> tone(double hz) {
  std::vector<int16_t> samples(16000);
  for (size_t i = 4000; i < 12000; ++i)
    samples[i] = static_cast<int16_t>(8000 * std::sin(6.283185307 * hz / 16000 * static_cast<double>(i)));
  return samples;
}

class WordsOnDisk : public testing::Test {
 protected:
  WordsOnDisk() {
    int pitch = 0;
    for (const char* word : {"right", "left", "_unknown_", "up", "_background_noise_", "_other_"}) {
      std::filesystem::create_directories(folder_ / word);
      pitch += 300;
      for (int speaker = 0; speaker < 30; ++speaker)
        for (int take = 0; take < 2; ++take)
          write_wav(
              folder_ / word / ("v" + std::to_string(speaker) + "_nohash_" + std::to_string(take) + ".wav"),
              tone(pitch + speaker));
    }
  }
  TemporaryFolder folder_;
};

TEST_F(WordsOnDisk, HaveLabelsInTheOrderAskedFor) {
  const WordDataset asked = read_word_dataset(folder_.path(), {"right", "left"});
  EXPECT_EQ(asked.labels, (std::vector<std::string>{"silence", "unknown", "right", "left"}));
  std::map<int32_t, int> n_clips;
  for (const WordClip& clip : asked.clips) ++n_clips[clip.label];
  EXPECT_EQ(n_clips, (std::map<int32_t, int>{{1, 120}, {2, 60}, {3, 60}}));  // "up" is unknown
  EXPECT_EQ(asked.noises.size(), 60u);
  EXPECT_EQ(read_word_dataset(folder_.path(), {}).labels,
            (std::vector<std::string>{"silence", "unknown", "left", "right", "up"}));
}

TEST_F(WordsOnDisk, HaveNoSpeakerInTwoParts) {
  const WordDataset dataset = read_word_dataset(folder_.path(), {});
  std::map<std::string, std::set<Part>> parts;
  for (const WordClip& clip : dataset.clips) {
    const std::string name = clip.path.stem();
    parts[name.substr(0, name.find("_nohash_"))].insert(clip.part);
  }
  std::map<Part, int> n_speakers;
  for (const auto& [speaker, in] : parts) {
    EXPECT_EQ(in.size(), 1u) << speaker;
    ++n_speakers[*in.begin()];
  }
  EXPECT_EQ(n_speakers.size(), 3u);
  EXPECT_GT(n_speakers[Part::train], 15);
}

TEST(Speakers, AreWhatNamesTell) {
  EXPECT_EQ(speaker_of("yes/ab12_nohash_3.wav"), "ab12");
  EXPECT_EQ(speaker_of("seven/george_41.flac"), "george");
  EXPECT_EQ(speaker_of("jarvis/0386da81-9db7.flac"), "0386da81-9db7");
  EXPECT_EQ(speaker_of("yes/7.wav"), "7");
}

TEST(Speakers, AreSplitByClipWhereTheyAreFew) {
  std::vector<std::filesystem::path> clips;
  for (int i = 0; i < 200; ++i)
    clips.emplace_back(fmt::format("one/{}_{}.wav", i % 4 == 0 ? "ann" : "bob", i));
  std::map<Part, int> n_clips;
  for (const auto& [clip, part] : parts_of(clips)) ++n_clips[part];
  EXPECT_GT(n_clips[Part::train], 120);
  EXPECT_GT(n_clips[Part::validation], 5);
  EXPECT_GT(n_clips[Part::test], 5);
}

TEST_F(WordsOnDisk, BecomeTheSameExamplesForTheSameSeed) {
  const WordDataset dataset = read_word_dataset(folder_.path(), {"right", "left"});
  const Examples first = make_examples(dataset, Part::test, 2, Random(1));
  const Examples second = make_examples(dataset, Part::test, 2, Random(1));
  EXPECT_EQ(first.features, second.features);
  EXPECT_EQ(first.labels, second.labels);
  EXPECT_NE(first.features, make_examples(dataset, Part::test, 2, Random(2)).features);
  EXPECT_EQ(first.features.size(), first.labels.size() * kWindowFeatures);
  EXPECT_EQ(std::set<int32_t>(first.labels.begin(), first.labels.end()), (std::set<int32_t>{0, 1, 2, 3}));
}

TEST_F(WordsOnDisk, AreRefusedWhenOneIsMissing) {
  EXPECT_PRED_FORMAT2(IsSubstring, "no clips of 'down'", message_of([&] {
                        read_word_dataset(folder_.path(), {"left", "down"});
                      }));
  EXPECT_PRED_FORMAT2(IsSubstring, "is not a folder",
                      message_of([&] { read_word_dataset(folder_ / "nothing", {}); }));
}

}  // namespace
}  // namespace inkling::host
