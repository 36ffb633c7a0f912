// Tests of inkling/learn: classes are learned from takes, told apart, kept and forgotten; what is like none
// is said to be so; the arithmetic is that of its definition.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "host/data/random.h"
#include "inkling/learn/prototypes.h"

namespace inkling {
namespace {

using host::Random;
using Features = std::vector<int8_t>;
constexpr int32_t kFeatures = 16, kClasses = 3;

class Learn : public testing::Test {
 protected:
  /// A point about the corner of a class, `far` away from it at most in each feature.
  static Features take(int32_t label, Random& random, int32_t far = 8) {
    Random corner(static_cast<uint64_t>(label) + 77);
    Features features;
    for (int32_t i = 0; i < kFeatures; ++i)
      features.push_back(static_cast<int8_t>(corner.below(200) - 100 + random.below(2 * far + 1) - far));
    return features;
  }
  static Span<const int8_t> span(const Features& features) {
    return {features.data(), static_cast<int32_t>(features.size())};
  }
  Prototypes prototypes() { return {kFeatures, {memory_.data(), static_cast<int32_t>(memory_.size())}}; }

  std::vector<int16_t> memory_ = std::vector<int16_t>(Prototypes::memory_size(kClasses, kFeatures));
};

TEST_F(Learn, TellsClassesApartAfterAFewTakes) {
  Prototypes known = prototypes();
  EXPECT_EQ(known.n_classes(), kClasses);
  Random random(1);
  EXPECT_EQ(known.find(span(take(0, random))).nearest, -1);
  for (int32_t label = 0; label < kClasses; ++label)
    for (int32_t i = 0; i < 3; ++i) EXPECT_TRUE(known.learn(label, span(take(label, random))));
  for (int32_t label = 0; label < kClasses; ++label) {
    EXPECT_EQ(known.n_takes(label), 3);
    for (int32_t i = 0; i < 20; ++i) {
      const Likeness like = known.find(span(take(label, random)));
      EXPECT_EQ(like.label, label);
      EXPECT_GE(like.score, 200);
    }
  }
  const Likeness other = known.find(span(take(9, random)));
  EXPECT_EQ(other.label, -1);
  EXPECT_GE(other.nearest, 0);
}

TEST_F(Learn, KeepsAndForgets) {
  Prototypes known = prototypes();
  Random random(2);
  for (int32_t label = 0; label < kClasses; ++label)
    for (int32_t i = 0; i < 2; ++i) known.learn(label, span(take(label, random)));
  std::vector<int16_t> flash = memory_;
  const Prototypes kept(kFeatures, {flash.data(), static_cast<int32_t>(flash.size())});
  known.forget(1);
  EXPECT_EQ(known.n_takes(1), 0);
  EXPECT_EQ(known.n_takes(2), 2);
  const Features one = take(1, random);
  EXPECT_NE(known.find(span(one)).label, 1);
  EXPECT_EQ(kept.find(span(one)).label, 1);
}

TEST_F(Learn, RefusesWhatItHasNoRoomFor) {
  Prototypes known = prototypes();
  const Features zeros(kFeatures), fewer(kFeatures - 1);
  EXPECT_FALSE(known.learn(-1, span(zeros)));
  EXPECT_FALSE(known.learn(kClasses, span(zeros)));
  EXPECT_FALSE(known.learn(0, span(fewer)));
  EXPECT_EQ(known.find(span(fewer)).nearest, -1);
  EXPECT_EQ(known.n_takes(kClasses), 0);
  known.forget(kClasses);
  EXPECT_EQ(Prototypes(0, {memory_.data(), 10}).n_classes(), 0);
  EXPECT_EQ(Prototypes(1 << 20, {memory_.data(), 10}).n_classes(), 0);
}

// The largest sums: as many takes as there may be, of the lowest value.
TEST_F(Learn, DoesNotOverflow) {
  Prototypes known = prototypes();
  const Features lowest(kFeatures, -128), highest(kFeatures, 127);
  for (int32_t i = 0; i < Prototypes::kMaxTakes; ++i) {
    ASSERT_TRUE(known.learn(0, span(lowest)));
    ASSERT_TRUE(known.learn(1, span(highest)));
  }
  EXPECT_FALSE(known.learn(0, span(lowest)));
  EXPECT_EQ(known.n_takes(0), Prototypes::kMaxTakes);
  EXPECT_EQ(known.find(span(lowest)).label, 0);
  EXPECT_EQ(known.find(span(highest)).label, 1);
  EXPECT_EQ(known.find(span(highest)).score, 255);
  EXPECT_EQ(known.find(span(Features(kFeatures, 0))).label, -1);
}

// Which is nearest, and whether it is within reach, by real numbers.
TEST_F(Learn, MeasuresAsDefined) {
  Prototypes known = prototypes();
  Random random(3);
  std::vector<std::vector<Features>> takes(kClasses);
  for (int32_t label = 0; label < kClasses; ++label)
    for (int32_t i = 0; i < 4 + label; ++i) {
      takes[static_cast<size_t>(label)].push_back(take(label, random, 20));
      known.learn(label, span(takes[static_cast<size_t>(label)].back()));
    }
  const auto distance = [](const std::vector<double>& mean, const Features& features) {
    double sum = 0;
    for (size_t i = 0; i < mean.size(); ++i) sum += std::pow(features[i] - mean[i], 2);
    return sum;
  };
  std::vector<std::vector<double>> means;
  double spread = 0, n_free = 0;
  for (const auto& own : takes) {
    std::vector<double> mean(kFeatures);
    for (const Features& features : own)
      for (size_t i = 0; i < mean.size(); ++i) mean[i] += features[i] / static_cast<double>(own.size());
    for (const Features& features : own) spread += distance(mean, features);
    n_free += static_cast<double>(own.size()) - 1;
    means.push_back(mean);
  }
  int n_unlike = 0;
  for (int32_t i = 0; i < 300; ++i) {
    const Features features = take(i % kClasses, random, 20 + i / 4);
    std::vector<double> distances;
    for (const auto& mean : means) distances.push_back(distance(mean, features));
    const auto nearest = std::min_element(distances.begin(), distances.end());
    const double share = *nearest / (4 * spread / n_free);
    if (std::abs(share - 1) < 0.02) continue;  // sums of squares are counted in 16ths
    std::vector<double> sorted = distances;
    std::sort(sorted.begin(), sorted.end());
    const bool is_far_nearer = 3 * sorted[0] <= 2 * sorted[1];
    const Likeness like = known.find(span(features));
    EXPECT_EQ(like.nearest, nearest - distances.begin());
    EXPECT_EQ(like.label, share <= 1 || is_far_nearer ? like.nearest : -1);
    n_unlike += like.label < 0;
  }
  EXPECT_GT(n_unlike, 30);
  EXPECT_LT(n_unlike, 270);
}

}  // namespace
}  // namespace inkling
