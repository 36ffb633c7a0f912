// Tests of host/data/synth.h: a dataset with the right layout, the same for the same seed, and no words that
// sound the same among the others.
#include "host/data/synth.h"

#include <gtest/gtest.h>

#include <map>

#include "host/data/files.h"
#include "host/data/sound.h"
#include "host/data/speech_span.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;
using testing::IsSubstring;
using Files = std::map<std::string, std::vector<uint8_t>>;

Files synthesized(const SynthSettings& settings) {
  const TemporaryFolder temp;
  const fs::path folder = temp / "words";
  int64_t n_clips = 0;
  synthesize(settings, folder, [&] { ++n_clips; });
  EXPECT_EQ(n_clips, n_synth_clips(settings));
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files[fs::relative(entry.path(), folder).string()] = read_file(entry.path());
  return files;
}

SynthSettings small() {
  SynthSettings settings;
  settings.words = {"yes", "no"};
  settings.others = {"go", "know", "yet", "over"};
  settings.n_per_word = 4;
  return settings;
}

TEST(Synth, GivesSecondsOfSpeechInTheLayoutOfSpeechCommands) {
  const TemporaryFolder temp;
  const fs::path folder = temp / "words";
  synthesize(small(), folder, [] {});
  std::map<std::string, int> n_clips;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string label = entry.path().parent_path().filename();
    ++n_clips[label];
    if (label == "_background_noise_") continue;
    const std::vector<int16_t> samples = read_sound(entry.path());
    EXPECT_EQ(samples.size(), 16000u) << entry.path();
    EXPECT_GT(speech_span(samples).size(), 800) << entry.path();
    EXPECT_NE(entry.path().filename().string().find("_nohash_"), std::string::npos);
  }
  EXPECT_EQ(n_clips["yes"], 4);
  EXPECT_EQ(n_clips["no"], 4);
  EXPECT_EQ(n_clips["_unknown_"], 12);
  EXPECT_GT(n_clips["_background_noise_"], 4);
}

TEST(Synth, DependsOnTheSeedAlone) {
  SynthSettings settings = small();
  const Files first = synthesized(settings);
  EXPECT_EQ(first, synthesized(settings));
  settings.seed = 2;
  EXPECT_NE(first, synthesized(settings));
}

TEST(Synth, LeavesOutWordsThatSoundTheSame) {
  SynthSettings settings = small();
  settings.others = {"know"};
  EXPECT_PRED_FORMAT2(IsSubstring, "no other words", message_of([&] { synthesized(settings); }));
}

TEST(Synth, RefusesWhatItCannotSay) {
  SynthSettings settings = small();
  settings.words = {"incomprehensibilities and antidisestablishmentarianism"};
  EXPECT_PRED_FORMAT2(IsSubstring, "cannot be spoken within a second",
                      message_of([&] { synthesized(settings); }));
  settings.language = "xx";
  EXPECT_PRED_FORMAT2(IsSubstring, "does not speak", message_of([&] { synthesized(settings); }));
}

TEST(SpeechSpan, FindsATone) {
  std::vector<int16_t> samples(16000, 3);
  for (size_t i = 4000; i < 8000; ++i) samples[i] = static_cast<int16_t>(i % 2 == 0 ? 3000 : -3000);
  const SampleSpan span = speech_span(samples);
  EXPECT_NEAR(span.begin, 4000 - 320, 160);
  EXPECT_NEAR(span.end, 8000 + 320, 160);
}

}  // namespace
}  // namespace inkling::host
