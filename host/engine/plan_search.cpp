// The planner places blocks in the order of their weights, so that an order is a set of weights.
#include "host/engine/plan_search.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

namespace inkling::host {
namespace {

constexpr size_t kFewBlocks = 7;
constexpr size_t kMostTries = 5000;
constexpr size_t kMostWork = 40'000'000;  // in pairs of blocks: about a second

using Order = std::vector<int32_t>;

int64_t alive_bytes(const Span<const Block>& blocks, int32_t step) {
  int64_t alive = 0;
  for (const Block& block : blocks) {
    if (block.n_bytes == 0 || block.first > step || step > block.last) continue;
    alive += aligned(block.n_bytes);
    if (block.first != step) continue;
    int64_t shared = 0;
    for (const Block& input : blocks)
      if (input.n_bytes > 0 && shares(input, block))
        shared += std::clamp(aligned(block.n_bytes) - input.lead.n_bytes(), 0, aligned(input.n_bytes));
    alive -= std::min<int64_t>(shared, aligned(block.n_bytes));
  }
  return alive;
}

// The blocks that need memory, as plan() orders them.
Order usual_order(const Span<Block>& blocks) {
  Order order;
  for (int32_t i = 0; i < blocks.size; ++i)
    if (blocks[i].n_bytes > 0) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](int32_t i, int32_t k) {
    const Block &a = blocks[i], &b = blocks[k];
    return a.place != b.place ? a.place > b.place
           : a.last != b.last ? a.last > b.last
                              : a.n_bytes > b.n_bytes;
  });
  return order;
}

// The bytes that the blocks need when they are placed in this order; INT32_MAX if they do not fit.
int32_t plan_in_order(Span<Block> blocks, const Order& order) {
  int32_t weight = static_cast<int32_t>(order.size());
  for (const int32_t i : order) blocks[i].place = weight--;
  const int32_t needed = plan(blocks);
  return needed < 0 ? INT32_MAX : needed;
}

Order move_one(const Order& order, std::mt19937& random) {
  Order moved = order;
  const auto from = moved.begin() + static_cast<std::ptrdiff_t>(random() % moved.size());
  const auto to = moved.begin() + static_cast<std::ptrdiff_t>(random() % moved.size());
  from < to ? std::rotate(from, from + 1, to + 1) : std::rotate(to, from, from + 1);
  return moved;
}

}  // namespace

int32_t least_bytes(Span<const Block> blocks) {
  int64_t least = 0;
  for (const Block& block : blocks) least = std::max(least, alive_bytes(blocks, block.first));
  return static_cast<int32_t>(std::min<int64_t>(least, INT32_MAX));
}

int32_t search_plan(Span<Block> blocks) {
  const int32_t bound = least_bytes({blocks.data, blocks.size});
  Order best = usual_order(blocks);
  if (best.empty()) return 0;
  int32_t least = plan_in_order(blocks, best);
  if (least == INT32_MAX) return -1;
  const auto consider = [&](const Order& order, bool equal_too) {
    const int32_t needed = plan_in_order(blocks, order);
    if (needed < least || (equal_too && needed == least)) best = order, least = needed;
  };
  if (best.size() <= kFewBlocks) {
    Order order = best;
    std::sort(order.begin(), order.end());
    do consider(order, false);
    while (least > bound && std::next_permutation(order.begin(), order.end()));
  } else {
    std::mt19937 random(1);
    const size_t n_tries = std::min(kMostTries, kMostWork / (best.size() * best.size()));
    for (size_t i = 0; i < n_tries && least > bound; ++i) consider(move_one(best, random), true);
  }
  return plan_in_order(blocks, best);
}

}  // namespace inkling::host
