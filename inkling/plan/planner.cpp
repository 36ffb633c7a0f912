// The largest block first, each at the lowest place where it meets no other that is alive at the same time.
#include "inkling/plan/planner.h"

namespace inkling {
namespace {

constexpr int32_t kUnplaced = -1;

// The largest block that has no place yet; on a tie the first. -1 when all have one.
int32_t largest_unplaced(const Span<Block>& blocks) {
  int32_t best = -1, best_bytes = 0;
  for (int32_t i = 0; i < blocks.size; ++i) {
    if (blocks[i].n_bytes <= best_bytes || blocks[i].place != kUnplaced) continue;
    best = i;
    best_bytes = blocks[i].n_bytes;
  }
  return best;
}

// The lowest place for a block among those that have one already. Moving up past one neighbour may run into
// another that was looked at before, so the scan repeats until nothing moves.
int32_t lowest_place(const Span<Block>& blocks, const Block& block) {
  int32_t place = 0;
  for (bool moved = true; moved;) {
    moved = false;
    for (const Block& other : blocks) {
      if (other.n_bytes == 0 || other.place == kUnplaced) continue;
      if (other.last < block.first || block.last < other.first) continue;
      const int32_t other_end = other.place + aligned(other.n_bytes);
      if (other_end <= place || place + block.n_bytes <= other.place) continue;
      place = other_end;
      moved = true;
    }
  }
  return place;
}

}  // namespace

int32_t plan(Span<Block> blocks) {
  for (Block& block : blocks) {
    if (block.n_bytes > kMaxArenaBytes) return -1;
    if (block.n_bytes > 0) block.place = kUnplaced;
  }
  int32_t needed = 0;
  for (int32_t i = largest_unplaced(blocks); i >= 0; i = largest_unplaced(blocks)) {
    const int32_t place = lowest_place(blocks, blocks[i]);
    const int32_t end = place + aligned(blocks[i].n_bytes);
    if (end > kMaxArenaBytes) return -1;
    blocks[i].place = place;
    if (end > needed) needed = end;
  }
  return needed;
}

}  // namespace inkling
