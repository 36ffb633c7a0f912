// The heaviest block first, each at the lowest place where it meets no other that is alive at the same time.
// Two lists run through the blocks: those still to be placed, by weight, and those placed, by place - so that
// one walk finds the gap.
#include "inkling/plan/planner.h"

namespace inkling {
namespace {

constexpr int16_t kEnd = -1;

// Of two blocks alike the later one goes first: then outputs lie low, and inputs find their lead above them.
bool goes_before(const Block& a, const Block& b) {
  return a.place != b.place ? a.place > b.place : a.last != b.last ? a.last > b.last : a.n_bytes > b.n_bytes;
}

// Links all blocks that need memory, in the order in which they are placed. From the last one on, as early
// tensors are mostly larger: each then finds its place near the head.
int16_t link_by_weight(const Span<Block>& blocks) {
  int16_t head = kEnd;
  for (int32_t i = blocks.size - 1; i >= 0; --i) {
    if (blocks[i].n_bytes <= 0) continue;
    int16_t* link = &head;
    while (*link != kEnd && goes_before(blocks[*link], blocks[i])) link = &blocks[*link].next;
    blocks[i].next = *link;
    *link = static_cast<int16_t>(i);
  }
  return head;
}

// The lowest place for a block: below the first neighbour in time that leaves a gap of its size, or above
// them all. An output that has its lead may reach into its input.
int32_t lowest_place(const Span<Block>& blocks, int16_t placed, const Block& block) {
  const int32_t first = block.first, last = block.last;
  int32_t place = 0;
  int16_t shared = kEnd;  // the first one passed that overlaps
  for (int16_t i = placed, now; i != kEnd;) {
    const Block& other = blocks[now = i];
    i = other.next;
    if (other.last < first || last < other.first) continue;
    if (place + block.n_bytes <= other.place) break;
    int32_t end = other.place + aligned(other.n_bytes);
    const bool as_output = shares(other, block);
    if (as_output || shares(block, other)) {
      if (shared == kEnd) shared = now;
      const Lead lead = as_output ? other.lead : block.lead;
      const int32_t nearest = as_output ? other.place - lead.n_bytes() : other.place + lead.n_bytes();
      if (place == nearest || (!lead.exact() && (place < nearest) == as_output)) continue;
      if (place < nearest) end = nearest;
    }
    if (end > place) {
      place = end;
      if (shared != kEnd) i = shared;  // it may be in the way now
    }
  }
  return place;
}

}  // namespace

int32_t plan(Span<Block> blocks) {
  int32_t needed = 0;
  int16_t waiting = link_by_weight(blocks), placed = kEnd;
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
