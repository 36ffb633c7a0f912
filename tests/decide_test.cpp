// Tests of inkling/decide: streams of made-up scores and the events they must give.
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <vector>

#include "inkling/decide/decider.h"

namespace inkling {
namespace {

constexpr int32_t kSilence = 0, kUnknown = 1, kYes = 2, kNo = 3;
constexpr LabelRule kRules[] = {{200, false}, {200, false}, {200, true}, {180, true}};

/// A decider with its memory, fed every `step_ms` with scores in which one label has nearly everything.
class Decide : public testing::Test {
 protected:
  static constexpr int32_t kRows = 32;

  Decider make(DecideSettings settings = {}) { return {settings, kRules, scores_, times_}; }

  /// One row: `label` has `score` of 255, silence (or yes, if it is silence) the rest.
  static std::vector<int8_t> row(int32_t label, int score) {
    std::vector<int8_t> values(4, -128);
    values[static_cast<size_t>(label)] = static_cast<int8_t>(score - 128);
    values[label == kSilence ? kYes : kSilence] = static_cast<int8_t>(255 - score - 128);
    return values;
  }
  void feed(Decider& decider, int32_t label, int score, uint32_t duration_ms, uint32_t step_ms = 50) {
    for (uint32_t passed = 0; passed < duration_ms; passed += step_ms) {
      const auto values = row(label, score);
      Event event;
      if (decider.push(now_ms_, {values.data(), 4}, event)) events_.push_back(event);
      now_ms_ += step_ms;
    }
  }
  std::vector<int32_t> labels() const {
    std::vector<int32_t> result;
    for (const Event& event : events_) result.push_back(event.label);
    return result;
  }

  uint8_t scores_[4 * kRows];
  uint32_t times_[kRows];
  uint32_t now_ms_ = 0;
  std::vector<Event> events_;
};

TEST_F(Decide, ReportsAWordOnce) {
  Decider decider = make();
  feed(decider, kSilence, 255, 2000);
  feed(decider, kYes, 250, 1000);
  feed(decider, kSilence, 255, 2000);
  ASSERT_EQ(labels(), std::vector<int32_t>{kYes});
  EXPECT_GE(events_[0].time_ms, 2000u);
  EXPECT_LT(events_[0].time_ms, 3000u);
  EXPECT_GE(events_[0].score, 200);
}

TEST_F(Decide, ReportsALongWordOnceHoweverLong) {
  Decider decider = make();
  feed(decider, kSilence, 255, 1000);
  feed(decider, kYes, 255, 60000);
  feed(decider, kSilence, 255, 1000);
  EXPECT_EQ(labels(), std::vector<int32_t>{kYes});
}

TEST_F(Decide, ReportsAWaveringWordOnce) {
  DecideSettings settings;
  settings.window_ms = 200;
  settings.hold_off_ms = 0;
  Decider decider = make(settings);
  feed(decider, kSilence, 255, 1000);
  for (int i = 0; i < 20; ++i) {
    feed(decider, kYes, 255, 300);
    feed(decider, kYes, 150, 300);  // below the threshold of 200, above the release at 120
  }
  EXPECT_EQ(labels(), std::vector<int32_t>{kYes});
}

TEST_F(Decide, ReportsAWordAgainWhenItIsSaidAgain) {
  Decider decider = make();
  for (int i = 0; i < 5; ++i) {
    feed(decider, kYes, 255, 1000);
    feed(decider, kSilence, 255, 1000);
  }
  EXPECT_EQ(labels(), std::vector<int32_t>(5, kYes));
}

TEST_F(Decide, ReportsDifferentWordsInTurn) {
  Decider decider = make();
  feed(decider, kYes, 255, 1500);
  feed(decider, kNo, 255, 1500);
  feed(decider, kYes, 255, 1500);
  EXPECT_EQ(labels(), (std::vector<int32_t>{kYes, kNo, kYes}));
}

TEST_F(Decide, DoesNotRepeatLabelsThatTakeTurnsAtTheTop) {
  DecideSettings settings;
  settings.hold_off_ms = 0;
  uint8_t scores[4 * kRows];
  constexpr LabelRule kLow[] = {{100, false}, {100, false}, {100, true}, {100, true}};
  Decider decider(settings, kLow, scores, times_);
  for (int i = 0; i < 20; ++i) {  // means between 100 and 155 for both, never below 60
    feed(decider, kYes, 255, 500);
    feed(decider, kNo, 255, 500);
  }
  EXPECT_EQ(labels(), (std::vector<int32_t>{kYes, kNo}));
}

TEST_F(Decide, HoldsOffTheNextWordButDoesNotLoseIt) {
  DecideSettings settings;
  settings.window_ms = 200;
  settings.hold_off_ms = 1000;
  Decider decider = make(settings);
  feed(decider, kYes, 255, 400);
  feed(decider, kNo, 255, 2000);
  ASSERT_EQ(labels(), (std::vector<int32_t>{kYes, kNo}));
  EXPECT_GE(events_[1].time_ms - events_[0].time_ms, 1000u);
  EXPECT_LT(events_[1].time_ms - events_[0].time_ms, 1100u);
}

TEST_F(Decide, HasAThresholdPerLabel) {
  Decider decider = make();
  feed(decider, kYes, 190, 3000);
  EXPECT_TRUE(events_.empty());
  feed(decider, kNo, 190, 3000);
  EXPECT_EQ(labels(), std::vector<int32_t>{kNo});
}

TEST_F(Decide, KeepsSilenceAndUnknownToItself) {
  Decider decider = make();
  feed(decider, kSilence, 255, 3000);
  feed(decider, kUnknown, 255, 3000);
  EXPECT_TRUE(events_.empty());
  EXPECT_EQ(decider.mean(kUnknown), 255);
}

TEST_F(Decide, WaitsForEnoughScores) {
  Decider decider = make();
  feed(decider, kYes, 255, 250);  // five scores, but only 200 ms
  EXPECT_TRUE(events_.empty());
  feed(decider, kYes, 255, 50);
  EXPECT_EQ(labels(), std::vector<int32_t>{kYes});

  Decider sparse = make();
  events_.clear();
  feed(sparse, kYes, 255, 800, 400);  // 400 ms, but only two scores
  EXPECT_TRUE(events_.empty());
  feed(sparse, kYes, 255, 400, 400);
  EXPECT_EQ(labels(), std::vector<int32_t>{kYes});
}

TEST_F(Decide, IgnoresASingleOutlier) {
  Decider decider = make();
  feed(decider, kSilence, 255, 2000);
  feed(decider, kYes, 255, 50);
  feed(decider, kSilence, 255, 2000);
  EXPECT_TRUE(events_.empty());
}

TEST_F(Decide, IsTheMeanOfTheWindow) {
  Decider decider = make();
  std::mt19937 random(3);
  std::vector<std::pair<uint32_t, int>> all;
  for (int i = 0; i < 500; ++i) {
    const int score = static_cast<int>(random() % 256);
    all.emplace_back(now_ms_, score);
    feed(decider, kNo, score, 50);
    int sum = 0, n = 0;
    for (const auto& [time, value] : all) {
      if (all.back().first - time > 1000) continue;
      sum += value;
      ++n;
    }
    ASSERT_EQ(decider.mean(kNo), (sum + n / 2) / n) << i;
  }
}

TEST_F(Decide, DropsTheOldestScoresWhenTheHistoryIsFull) {
  Decider decider = make();
  feed(decider, kSilence, 255, 500, 5);
  feed(decider, kYes, 255, kRows * 5, 5);
  EXPECT_EQ(decider.mean(kYes), 255);
  EXPECT_EQ(decider.mean(kSilence), 0);
}

TEST_F(Decide, SurvivesTheWrapOfTheClock) {
  now_ms_ = UINT32_MAX - 2200;
  Decider decider = make();
  feed(decider, kSilence, 255, 2000);
  feed(decider, kYes, 255, 1500);
  feed(decider, kSilence, 255, 2000);
  EXPECT_EQ(labels(), std::vector<int32_t>{kYes});
}

TEST_F(Decide, StartsItsHistoryAnewWhenTheClockRunsBackwards) {
  Decider decider = make();
  feed(decider, kYes, 255, 2000);
  now_ms_ = 500;
  feed(decider, kSilence, 255, 50);
  EXPECT_EQ(decider.mean(kYes), 0);
  EXPECT_EQ(decider.mean(kSilence), 255);
}

TEST_F(Decide, ResetForgetsEverything) {
  Decider decider = make();
  feed(decider, kYes, 255, 1000);
  decider.reset();
  EXPECT_EQ(decider.mean(kYes), 0);
  feed(decider, kYes, 255, 1000);
  EXPECT_EQ(labels(), (std::vector<int32_t>{kYes, kYes}));
}

TEST_F(Decide, NeverReportsWithoutMemory) {
  const auto values = row(kYes, 255);
  Event event;
  Decider no_times({}, kRules, scores_, {});
  Decider few_scores({}, kRules, {scores_, 4 * kRows - 1}, times_);
  Decider no_labels({}, {}, scores_, times_);
  for (uint32_t now_ms = 0; now_ms < 3000; now_ms += 50) {
    EXPECT_FALSE(no_times.push(now_ms, {values.data(), 4}, event));
    EXPECT_FALSE(few_scores.push(now_ms, {values.data(), 4}, event));
    EXPECT_FALSE(no_labels.push(now_ms, {values.data(), 4}, event));
  }
}

TEST(ScoreScale, MapsAnyQuantizationToBytes) {
  const ScoreScale softmax;
  EXPECT_EQ(softmax(-128), 0);
  EXPECT_EQ(softmax(0), 128);
  EXPECT_EQ(softmax(127), 255);
  constexpr ScoreScale kSame = ScoreScale::of(1.0f / 256, -128);
  EXPECT_EQ(kSame.multiplier_q16, softmax.multiplier_q16);
  constexpr ScoreScale kCoarse = ScoreScale::of(1.0f / 64, -10);
  EXPECT_EQ(kCoarse(-10), 0);
  EXPECT_EQ(kCoarse(-11), 0);
  EXPECT_EQ(kCoarse(0), 40);
  EXPECT_EQ(kCoarse(127), 255);
}

}  // namespace
}  // namespace inkling
