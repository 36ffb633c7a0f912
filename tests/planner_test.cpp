// Plans of random lifetimes: nothing overlaps, nothing is out of line, and the sum is what it must be.
#include "inkling/plan/planner.h"

#include "tests/engine_test.h"

namespace inkling {
namespace {

using host::Random;

Span<Block> span(std::vector<Block>& blocks) {
  return {blocks.data(), static_cast<int32_t>(blocks.size())};
}

bool alive_together(const Block& a, const Block& b) {
  return a.first <= b.last && b.first <= a.last;
}

std::vector<Block> draw_blocks(Random& random) {
  std::vector<Block> blocks(static_cast<size_t>(random.integer(0, 40)));
  const int32_t n_steps = random.integer(1, 20), max_bytes = random.one_of({4, 100, 5000});
  for (Block& block : blocks) {
    const int32_t first = random.integer(0, n_steps), last = random.integer(first, n_steps);
    block = {random.integer(0, max_bytes), -7, static_cast<int16_t>(first), static_cast<int16_t>(last)};
  }
  return blocks;
}

// The most bytes alive in any step.
int32_t peak(const std::vector<Block>& blocks) {
  int32_t most = 0;
  for (int32_t step = 0; step <= 20; ++step) {
    int32_t n_bytes = 0;
    for (const Block& block : blocks)
      if (block.first <= step && step <= block.last) n_bytes += aligned(block.n_bytes);
    most = std::max(most, n_bytes);
  }
  return most;
}

TEST(Planner, NeverLetsBlocksOverlap) {
  Random random(1);
  for (int32_t round = 0; round < 5000; ++round) {
    std::vector<Block> blocks = draw_blocks(random);
    const int32_t needed = plan(span(blocks));
    int32_t end = 0;
    for (size_t i = 0; i < blocks.size(); ++i) {
      const Block& a = blocks[i];
      if (a.n_bytes == 0) {
        EXPECT_EQ(a.place, -7) << "an empty block was given a place";
        continue;
      }
      ASSERT_GE(a.place, 0);
      ASSERT_EQ(a.place % kArenaAlignment, 0);
      end = std::max(end, a.place + aligned(a.n_bytes));
      for (size_t k = 0; k < i; ++k) {
        const Block& b = blocks[k];
        if (b.n_bytes == 0 || !alive_together(a, b)) continue;
        ASSERT_TRUE(a.place + a.n_bytes <= b.place || b.place + b.n_bytes <= a.place) << "round " << round;
      }
    }
    ASSERT_EQ(needed, end);
    ASSERT_GE(needed, peak(blocks));
  }
}

TEST(Planner, StaysNearTheOptimumForChains) {
  Random random(2);
  int64_t all_needed = 0, all_peaks = 0;
  for (int32_t round = 0; round < 1000; ++round) {
    std::vector<Block> blocks;
    for (int16_t step = 0; step < 20; ++step)
      blocks.push_back({random.integer(1, 1000), 0, step, static_cast<int16_t>(step + 1)});
    const int32_t needed = plan(span(blocks));
    all_needed += needed;
    all_peaks += peak(blocks);
  }
  EXPECT_LT(all_needed, all_peaks * 110 / 100);
}

TEST(Planner, IsDeterministic) {
  Random random(3);
  std::vector<Block> once = draw_blocks(random), again = once;
  EXPECT_EQ(plan(span(once)), plan(span(again)));
  for (size_t i = 0; i < once.size(); ++i) EXPECT_EQ(once[i].place, again[i].place);
}

TEST(Planner, RefusesWhatPassesItsLimit) {
  std::vector<Block> one = {{kMaxArenaBytes, 0, 0, 0}};
  EXPECT_EQ(plan(span(one)), kMaxArenaBytes);
  one[0].n_bytes = kMaxArenaBytes + 1;
  EXPECT_EQ(plan(span(one)), -1);
  one[0].n_bytes = INT32_MAX;
  EXPECT_EQ(plan(span(one)), -1);
  std::vector<Block> together = {{kMaxArenaBytes, 0, 0, 1}, {1, 0, 1, 2}};
  EXPECT_EQ(plan(span(together)), -1);
  std::vector<Block> apart = {{kMaxArenaBytes, 0, 0, 0}, {kMaxArenaBytes, 0, 1, 2}};
  EXPECT_EQ(plan(span(apart)), kMaxArenaBytes);
  std::vector<Block> many(300, {kMaxArenaBytes / 4, 0, 0, 0});
  EXPECT_EQ(plan(span(many)), -1);
  EXPECT_EQ(plan({}), 0);
}

}  // namespace
}  // namespace inkling
