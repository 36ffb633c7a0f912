// The largest block first, each at the lowest place where it meets no other that is alive at the same time.
// Two lists run through the blocks: those still to be placed, by size, and those placed, by place - so that
// one walk finds the gap.
#include "inkling/plan/planner.h"

namespace inkling {
namespace {

constexpr int16_t kEnd = -1;

// Links all blocks that need memory, the largest first, on a tie the earlier one.
int16_t link_by_size(const Span<Block>& blocks) {
  int16_t head = kEnd;
  for (int32_t i = 0; i < blocks.size; ++i) {
    if (blocks[i].n_bytes <= 0) continue;
    int16_t* link = &head;
    while (*link != kEnd && blocks[*link].n_bytes >= blocks[i].n_bytes) link = &blocks[*link].next;
    blocks[i].next = *link;
    *link = static_cast<int16_t>(i);
  }
  return head;
}

// The lowest place for a block: below the first neighbour in time that leaves a gap of its size, or above
// them all.
int32_t lowest_place(const Span<Block>& blocks, int16_t placed, const Block& block) {
  int32_t place = 0;
  for (int16_t i = placed; i != kEnd; i = blocks[i].next) {
    const Block& other = blocks[i];
    if (other.last < block.first || block.last < other.first) continue;
    if (place + block.n_bytes <= other.place) break;
    const int32_t other_end = other.place + aligned(other.n_bytes);
    if (other_end > place) place = other_end;
  }
  return place;
}

}  // namespace

int32_t plan(Span<Block> blocks) {
  int32_t needed = 0;
  int16_t waiting = link_by_size(blocks), placed = kEnd;
  while (waiting != kEnd) {
    const int16_t now = waiting;
    Block& block = blocks[now];
    waiting = block.next;
    if (block.n_bytes > kMaxArenaBytes) return -1;
    block.place = lowest_place(blocks, placed, block);
    const int32_t end = block.place + aligned(block.n_bytes);
    if (end > kMaxArenaBytes) return -1;
    if (end > needed) needed = end;
    int16_t* link = &placed;
    while (*link != kEnd && blocks[*link].place < block.place) link = &blocks[*link].next;
    block.next = *link;
    *link = now;
  }
  return needed;
}

}  // namespace inkling
