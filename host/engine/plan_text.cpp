// The drawn memory plan: a line per step, memory from left to right. Leaves out the persistent bytes, which
// never move.
#include <fmt/format.h>

#include <algorithm>

#include "host/engine/inspection.h"
#include "host/engine/text_table.h"

namespace inkling::host {
namespace {

constexpr int32_t kWidth = 64;
constexpr char kLetters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr char kScratch = '*';
constexpr size_t kNameWidth = 80;

struct Drawn {
  PlannedBlock block;
  char letter;
};

bool is_alive(const PlannedBlock& block, int32_t step) {
  return block.first <= step && step <= block.last;
}

// The blocks of a subgraph in the order of their lives, named with letters.
std::vector<Drawn> letter_blocks(const Inspection& all, int32_t subgraph) {
  std::vector<Drawn> drawn;
  for (const PlannedBlock& block : all.rehearsal.plan.blocks)
    if (block.subgraph == subgraph) drawn.push_back({block, kScratch});
  std::stable_sort(drawn.begin(), drawn.end(), [](const Drawn& a, const Drawn& b) {
    return a.block.first != b.block.first ? a.block.first < b.block.first : a.block.last < b.block.last;
  });
  size_t next = 0;
  for (Drawn& d : drawn)
    if (d.block.tensor >= 0) d.letter = kLetters[next++ % (sizeof kLetters - 1)];
  return drawn;
}

// One line: in every column the letter of the block that has most of it.
std::string draw_step(const std::vector<Drawn>& drawn, int32_t step, int32_t start, int32_t unit,
                      int32_t width) {
  std::string line(static_cast<size_t>(width), ' ');
  for (int32_t c = 0; c < width; ++c) {
    int32_t most = 0;
    for (const Drawn& d : drawn) {
      if (!is_alive(d.block, step)) continue;
      const int32_t from = std::max(d.block.place - start, c * unit);
      const int32_t to = std::min(d.block.place - start + d.block.n_bytes, (c + 1) * unit);
      if (to - from <= most) continue;
      most = to - from;
      line[static_cast<size_t>(c)] = d.letter;
    }
  }
  return line;
}

// Bytes in use in a step. An output may overlap an input; then those count once.
int64_t used_bytes(const std::vector<Drawn>& drawn, int32_t step) {
  std::vector<std::pair<int64_t, int64_t>> used;
  for (const Drawn& d : drawn)
    if (is_alive(d.block, step)) used.emplace_back(d.block.place, d.block.place + d.block.n_bytes);
  std::sort(used.begin(), used.end());
  int64_t n = 0, end = 0;
  for (const auto& [from, to] : used) {
    n += std::max<int64_t>(to - std::max(from, end), 0);
    end = std::max(end, to);
  }
  return n;
}

std::string chart(const Inspection& all, int32_t subgraph, const std::vector<Drawn>& drawn) {
  int32_t start = INT32_MAX, end = 0, last_step = 0;
  for (const Drawn& d : drawn) {
    start = std::min(start, d.block.place);
    end = std::max(end, d.block.place + d.block.n_bytes);
    last_step = std::max(last_step, d.block.last);
  }
  const int32_t unit = std::max((end - start + kWidth - 1) / kWidth, 1);
  const int32_t width = (end - start + unit - 1) / unit;
  int64_t peak = 0;
  for (int32_t step = 0; step <= last_step; ++step) peak = std::max(peak, used_bytes(drawn, step));
  std::vector<std::string> names;
  for (const OperatorFacts& op : all.operators)
    if (op.subgraph == subgraph) names.push_back(printable(op.name));
  const auto n_steps = static_cast<int32_t>(names.size());
  TextTable table("rllrl");
  table.add({"#", "step", fmt::format("memory, {} a column, {} is scratch", counted(unit, "byte"), kScratch),
             "used", ""});
  for (int32_t step = 0; step <= last_step; ++step) {
    const bool in_graph = step < n_steps;
    const int64_t used = used_bytes(drawn, step);
    table.add(
        {in_graph ? std::to_string(step) : "", in_graph ? names[static_cast<size_t>(step)] : "(outputs)",
         "|" + draw_step(drawn, step, start, unit, width) + "|", grouped(used), used == peak ? "peak" : ""});
  }
  return table.text();
}

}  // namespace

std::string plan_text(const Inspection& all, int32_t subgraph) {
  const std::vector<Drawn> drawn = letter_blocks(all, subgraph);
  if (drawn.empty()) return "";
  TextTable legend("lrrll");
  legend.add({"", "place", "bytes", "steps", "tensor"});
  for (const Drawn& d : drawn) {
    const PlannedBlock& block = d.block;
    if (block.tensor < 0) continue;
    const std::string steps = block.first == block.last ? std::to_string(block.first)
                                                        : fmt::format("{}-{}", block.first, block.last);
    legend.add({std::string(1, d.letter), grouped(block.place), grouped(block.n_bytes), steps,
                shortened(all.name_of_block(block), kNameWidth)});
  }
  return chart(all, subgraph, drawn) + "\n" + legend.text();
}

}  // namespace inkling::host
