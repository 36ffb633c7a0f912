// Plans of random lifetimes: nothing overlaps, nothing is out of line, and the sum is what it must be.
#include "inkling/plan/planner.h"

#include "host/engine/plan_search.h"
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
    block = {random.integer(0, max_bytes), 0, static_cast<int16_t>(first), static_cast<int16_t>(last)};
    if (random.one_in(2)) block.lead = Lead(random.integer(0, max_bytes), random.one_in(2));
    block.place = block.n_bytes > 0 ? random.one_of({0, 1, 2, block.n_bytes}) : -7;
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

// Whether an output lies as its input allows.
bool keeps_lead(const Block& input, const Block& output) {
  if (!shares(input, output)) return false;
  const int32_t lead = input.place - output.place;
  return input.lead.exact() ? lead == input.lead.n_bytes() : lead >= input.lead.n_bytes();
}

TEST(Planner, NeverLetsBlocksOverlap) {
  Random random(1);
  int32_t n_shared = 0;
  for (int32_t round = 0; round < 5000; ++round) {
    std::vector<Block> blocks = draw_blocks(random);
    const int32_t needed = plan(span(blocks)), before = n_shared;
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
        const bool apart = a.place + a.n_bytes <= b.place || b.place + b.n_bytes <= a.place;
        ASSERT_TRUE(apart || keeps_lead(a, b) || keeps_lead(b, a)) << "round " << round;
        n_shared += !apart;
      }
    }
    ASSERT_EQ(needed, end);
    if (n_shared == before) {
      ASSERT_GE(needed, peak(blocks));
    }
  }
  EXPECT_GT(n_shared, 1000);
}

TEST(Planner, StaysNearTheOptimumForChains) {
  Random random(2);
  int64_t all_needed = 0, all_peaks = 0;
  for (int32_t round = 0; round < 1000; ++round) {
    std::vector<Block> blocks;
    for (int16_t step = 0; step < 20; ++step) {
      const int32_t n_bytes = random.integer(1, 1000);
      blocks.push_back({n_bytes, n_bytes, step, static_cast<int16_t>(step + 1)});
    }
    const int32_t needed = plan(span(blocks));
    all_needed += needed;
    all_peaks += peak(blocks);
  }
  EXPECT_LT(all_needed, all_peaks * 110 / 100);
}

// Outputs that may lie in front of their inputs by 16 bytes or more, exactly 16, or not at all.
TEST(Planner, LetsAnOutputReachIntoItsInput) {
  const auto needed = [](Lead lead) {
    std::vector<Block> blocks = {{800, 0, 0, 1, 0, lead}, {400, 0, 1, 2}, {80, 0, 1, 1}};
    return plan(span(blocks));
  };
  EXPECT_EQ(needed({}), 800 + 400 + 80);
  EXPECT_EQ(needed(Lead(16)), 800 + 16 + 80);
  EXPECT_EQ(needed(Lead(15, true)), 800 + 16 + 80);
  EXPECT_EQ(needed(Lead(0, true)), 800 + 80);
  EXPECT_FALSE(Lead(1 << 28).shares());
}

TEST(Planner, IsBeatenByTheSearchNowAndThenOnly) {
  Random random(4);
  int32_t n_better = 0, n_least = 0;
  for (int32_t round = 0; round < 30; ++round) {
    std::vector<Block> blocks = draw_blocks(random), searched = blocks;
    const int32_t bound = host::least_bytes({searched.data(), static_cast<int32_t>(searched.size())});
    const int32_t needed = plan(span(blocks)), better = host::search_plan(span(searched));
    ASSERT_LE(better, needed);
    ASSERT_GE(better, bound);
    n_better += better < needed;
    n_least += better == bound;
  }
  EXPECT_GT(n_better, 3);
  EXPECT_GT(n_least, 10);
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
