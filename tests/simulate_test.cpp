// Tests of the simulation: applications and models by name, and the yes_no firmware on a virtual Cortex-M4
// that hears recordings. Skips what needs a compiler, QEMU or the recordings where they are missing.
#include <fmt/format.h>

#include <algorithm>

#include "host/data/files.h"
#include "host/data/sound.h"
#include "host/simulate/app.h"
#include "host/simulate/simulation.h"
#include "host_test.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(App, AnUnknownOneIsAnsweredWithTheKnownOnes) {
  const std::string message = message_of([] { read_app("yes_maybe"); });
  EXPECT_PRED2(holds, message, "\"yes_maybe\"");
  EXPECT_PRED2(holds, message, "yes_no");
}

TEST(App, WithoutItsModelsSaysWhereTheyWereLookedFor) {
  App app = read_app("yes_no");
  EXPECT_EQ(app.labels.size(), 4u);
  app.models = {"/nowhere/a.tflite", "/nowhere/b.tflite"};
  const std::string message = message_of([&] { static_cast<void>(app.default_model()); });
  EXPECT_PRED2(holds, message, "/nowhere/a.tflite nor /nowhere/b.tflite");
  EXPECT_PRED2(holds, message, "--model");
}

TEST(LinkedModel, BadFilesAndLabelsAreRefused) {
  const TemporaryFolder folder;
  const fs::path path = folder / "broken.tflite";
  write_atomically(path, std::string_view("this is not a model at all, but a sentence"));
  EXPECT_PRED2(holds, message_of([&] { read_linked_model(path, {"yes"}); }), "broken.tflite");
  EXPECT_PRED2(holds, message_of([&] { read_linked_model(folder / "none", {"yes"}); }), "no such file");
  EXPECT_PRED2(holds, message_of([&] { read_linked_model(path, {"yes,no"}); }), "\"yes,no\"");
  EXPECT_PRED2(holds, message_of([&] { read_linked_model(path, {""}); }), "empty");
}

TEST(Silence, SurroundsShortSoundsAndFollowsAll) {
  const std::vector<int16_t> half_a_second(8000, 7);
  const std::vector<int16_t> padded = with_silence(half_a_second);
  ASSERT_EQ(padded.size(), 32000u);
  EXPECT_EQ(std::count(padded.begin() + 8000, padded.begin() + 16000, 7), 8000);
  EXPECT_EQ(std::count(padded.begin(), padded.end(), 0), 24000);

  const std::vector<int16_t> longer = with_silence(std::vector<int16_t>(16001, 7));
  ASSERT_EQ(longer.size(), 48000u);
  EXPECT_EQ(std::count(longer.begin(), longer.begin() + 16001, 7), 16001);
  EXPECT_EQ(with_silence({}).size(), 32000u);
}

/// yes_no on a virtual Cortex-M4.
class YesNo : public testing::Test {
 protected:
  static bool has(const std::string& program) {
    return run_process({"sh", "-c", "command -v " + program}, ".").status == 0;
  }
  void SetUp() override {
    for (const char* program : {"arm-none-eabi-g++", "qemu-system-arm"})
      if (!has(program)) GTEST_SKIP() << program << " is not installed";
    board_ = open_board("cortex-m4", Kernels::fastest, {app_target("yes_no")});
  }
  fs::path shared_model(const std::string& name) const {
    return shared_folder() / "conformance/models" / name / "model.tflite";
  }
  Simulation hear(const std::string& sound, const LinkedModel& model) const {
    return simulate(board_, "yes_no", model, with_silence(read_sound(shared_folder() / "sounds" / sound)));
  }

  Board board_;
};

class YesNoHears : public YesNo {
 protected:
  void SetUp() override {
    YesNo::SetUp();
    const fs::path needed = shared_model("micro_speech_quantized");
    for (const fs::path& path : {needed, shared_folder() / "sounds"})
      if (!fs::exists(path)) GTEST_SKIP() << "there is no " << path;
  }
  Simulation hear(const std::string& sound,
                  const std::vector<std::string>& labels = {"silence", "unknown", "yes", "no"}) const {
    return YesNo::hear(sound, read_linked_model(shared_model("micro_speech_quantized"), labels));
  }
};

/// The lights except the heartbeat that were on, in their order.
std::vector<std::string> lit(const Simulation& s) {
  std::vector<std::string> names;
  for (const LedChange& change : s.leds)
    if (change.on && change.led != "blue") names.push_back(change.led);
  return names;
}

void expect_one_word(const Simulation& s, const std::string& word, const std::string& led) {
  EXPECT_EQ(s.status, 0) << s.console;
  ASSERT_EQ(s.words.size(), 1u) << s.console;
  EXPECT_EQ(s.words[0].label, word);
  EXPECT_GT(s.words[0].score, 0.75);
  EXPECT_LE(s.words[0].score, 1.0);
  EXPECT_EQ(lit(s), std::vector<std::string>{led});
}

TEST_F(YesNoHears, YesOnceAndLightsYellow) {
  const Simulation s = hear("yes_1000ms.wav");
  expect_one_word(s, "yes", "yellow");
  EXPECT_EQ(s.n_overruns, 0);
  ASSERT_EQ(s.seconds.size(), 2u);
  for (const SecondCost& second : s.seconds) {
    EXPECT_GT(second.instructions, 1000000);
    ASSERT_TRUE(second.modelled_cycles);
    EXPECT_GT(*second.modelled_cycles, second.instructions);
  }
  EXPECT_GE(s.n_instructions, s.seconds[0].instructions + s.seconds[1].instructions);
  const auto n_beats =
      std::count_if(s.leds.begin(), s.leds.end(), [](const LedChange& c) { return c.led == "blue"; });
  EXPECT_GE(n_beats, 3);
}

TEST_F(YesNoHears, NoOnceAndLightsRed) {
  expect_one_word(hear("no_1000ms.wav"), "no", "red");
}

TEST_F(YesNoHears, NothingInNoiseAndSilence) {
  for (const char* sound : {"noise_1000ms.wav", "silence_1000ms.wav"}) {
    const Simulation s = hear(sound);
    EXPECT_EQ(s.status, 0) << s.console;
    EXPECT_EQ(s.words.size(), 0u) << sound << "\n" << s.console;
    EXPECT_EQ(lit(s), std::vector<std::string>{}) << sound;
  }
}

TEST_F(YesNoHears, EachWordOnceInALongerSound) {
  const LinkedModel model =
      read_linked_model(shared_model("micro_speech_quantized"), {"silence", "unknown", "yes", "no"});
  std::vector<int16_t> sound(16000);
  for (const char* name : {"yes_1000ms.wav", "silence_1000ms.wav", "no_1000ms.wav"}) {
    const std::vector<int16_t> part = read_sound(shared_folder() / "sounds" / name);
    sound.insert(sound.end(), part.begin(), part.end());
    sound.resize(sound.size() + 16000);
  }
  const Simulation s = simulate(board_, "yes_no", model, with_silence(sound));
  ASSERT_EQ(s.words.size(), 2u) << s.console;
  EXPECT_EQ(s.words[0].label, "yes");
  EXPECT_EQ(s.words[1].label, "no");
  EXPECT_EQ(lit(s), (std::vector<std::string>{"yellow", "red"}));
  // Each light goes out again after a second.
  for (const char* led : {"yellow", "red"}) {
    std::vector<double> times_s;
    for (const LedChange& change : s.leds)
      if (change.led == led) times_s.push_back(change.time_s);
    ASSERT_EQ(times_s.size(), 2u);
    EXPECT_NEAR(times_s[1] - times_s[0], 1.0, 0.1);
  }
}

TEST_F(YesNoHears, TheLabelsSayWhatALightMeans) {
  expect_one_word(hear("yes_1000ms.wav", {"_silence_", "_unknown_", "go", "stop"}), "go", "yellow");
  expect_one_word(hear("yes_1000ms.wav", {"left", "up", "a \"third\" \\word", "right"}), "a \"third\" \\word",
                  "green");
  const Simulation unknown = hear("yes_1000ms.wav", {"yes", "no", "unknown", "silence"});
  EXPECT_EQ(unknown.words.size(), 0u) << unknown.console;
  EXPECT_EQ(lit(unknown), std::vector<std::string>{"green"});
  const Simulation silence = hear("yes_1000ms.wav", {"yes", "no", "silence", "unknown"});
  EXPECT_EQ(lit(silence), std::vector<std::string>{});
}

/// The program has told its error, blinks red until the sound ends, and does nothing else.
void expect_blinking(const Simulation& s, const std::string& message) {
  EXPECT_EQ(s.status, 1);
  EXPECT_PRED2(holds, s.console, (message));
  EXPECT_EQ(std::count(s.console.begin(), s.console.end(), '\n'), 1) << s.console;
  ASSERT_GE(s.leds.size(), 4u);
  for (size_t i = 0; i < s.leds.size(); ++i) {
    EXPECT_EQ(s.leds[i].led, "red");
    EXPECT_EQ(s.leds[i].on, i % 2 == 0);
    EXPECT_NEAR(s.leds[i].time_s, 0.5 * static_cast<double>(i), 0.1);
  }
}

TEST_F(YesNo, BlinksRedWithABrokenModel) {
  const TemporaryFolder folder;
  write_atomically(folder / "broken.tflite", std::string_view("this is not a model at all, but a sentence"));
  const LinkedModel broken{ModelFile(folder / "broken.tflite"), {"yes"}, {"ops::int8::softmax"}, 4096};
  const Simulation s = simulate(board_, "yes_no", broken, std::vector<int16_t>(32000));
  expect_blinking(s, fmt::format("error: the model cannot be loaded: status {}, not a .tflite file: ",
                                 static_cast<int>(Status::bad_model)));
}

TEST_F(YesNoHears, BlinksRedWithAModelOfAnotherKind) {
  const LinkedModel sine = read_linked_model(shared_model("hello_world_int8"), {"sine"});
  expect_blinking(YesNo::hear("yes_1000ms.wav", sine),
                  "error: the model's input must be rows of 40 features (got 1, want 1960)");
  expect_blinking(hear("yes_1000ms.wav", {"yes", "no"}),
                  "error: the model's outputs are not as many as the labels (got 4, want 2)");
}

TEST_F(YesNoHears, BlinksRedWithTooSmallAnArenaAndTellsTheRightSize) {
  LinkedModel model =
      read_linked_model(shared_model("micro_speech_quantized"), {"silence", "unknown", "yes", "no"});
  model.arena_bytes = 5000;
  const Simulation refused = YesNo::hear("yes_1000ms.wav", model);
  expect_blinking(refused, fmt::format("status {}, ", static_cast<int>(Status::no_room)));
  EXPECT_PRED2(holds, refused.console, "got 5000, want ");
  model.arena_bytes = std::stoi(refused.console.substr(refused.console.rfind("want ") + 5));
  expect_one_word(YesNo::hear("yes_1000ms.wav", model), "yes", "yellow");
}

/// learn on a virtual Cortex-M4.
class Learns : public YesNo {
 protected:
  static constexpr size_t kSlot = 2 * kSampleRateHz;  // a word and the silence after it

  void SetUp() override {
    YesNo::SetUp();
    if (!has("espeak-ng")) GTEST_SKIP() << "espeak-ng is not installed";
  }
  std::vector<int16_t> spoken(const std::string& word) const {
    const fs::path path = folder_ / "word.wav";
    EXPECT_EQ(run_process({"espeak-ng", "-v", "en-us", "-w", path.string(), word}, ".").status, 0);
    std::vector<int16_t> samples = read_sound(path);
    samples.resize(kSlot);
    return samples;
  }
  TemporaryFolder folder_;
};

TEST_F(Learns, TwoWordsWhileTheButtonIsHeld) {
  std::vector<int16_t> sound(kSlot);
  std::vector<uint32_t> button_ms;
  const auto now_ms = [&] { return static_cast<uint32_t>(sound.size() * 1000 / kSampleRateHz); };
  const auto say = [&](const std::string& word, bool held) {
    if (held) button_ms.insert(button_ms.end(), {now_ms(), now_ms() + 1900});
    const std::vector<int16_t> samples = spoken(word);
    sound.insert(sound.end(), samples.begin(), samples.end());
  };
  say("seven", true);
  say("seven", true);
  button_ms.insert(button_ms.end(), {now_ms() + 100, now_ms() + 250});
  sound.resize(sound.size() + kSlot / 2);
  say("house", true);
  say("house", true);
  say("house", false);
  say("seven", false);
  const Board board = open_board("cortex-m4", Kernels::fastest, {app_target("learn")});
  const LinkedModel model = read_linked_model(fs::path(INKLING_REPO_DIR) / "models/yes_no.tflite",
                                              {"silence", "unknown", "yes", "no"});
  EXPECT_EQ(model.head_features, 64);
  const Simulation s = simulate(board, "learn", model, with_silence(sound), button_ms);
  EXPECT_EQ(s.status, 0) << s.console;
  ASSERT_EQ(s.words.size(), 2u) << s.console;
  EXPECT_EQ(s.words[0].label, "word 2");
  EXPECT_EQ(s.words[1].label, "word 1");
  EXPECT_TRUE(holds(s.console, "taught word 2, take 2")) << s.console;
}

}  // namespace
}  // namespace inkling::host
