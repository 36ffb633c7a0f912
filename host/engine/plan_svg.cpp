// The memory plan as a picture: memory from left to right, steps from top to bottom, a rectangle for each
// tensor and scratch from its first step to its last.
#include <fmt/format.h>

#include <algorithm>

#include "host/engine/inspection.h"
#include "host/engine/text_table.h"

namespace inkling::host {
namespace {

constexpr double kLeft = 190, kTop = 46, kMemoryWidth = 760, kRow = 18, kBottom = 30;

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : printable(text))
    if (c == '&')
      safe += "&amp;";
    else if (c == '<')
      safe += "&lt;";
    else if (c == '"')
      safe += "&quot;";
    else
      safe += c;
  return safe;
}

// Scratch is grey; tensors get hues that differ between neighbours in time.
std::string color_of(const PlannedBlock& block, size_t number) {
  return block.tensor < 0 ? "hsl(0,0%,72%)" : fmt::format("hsl({},62%,68%)", number * 137 % 360);
}

}  // namespace

std::string plan_svg(const Inspection& all, int32_t subgraph) {
  std::vector<PlannedBlock> blocks;
  int32_t start = INT32_MAX, end = 1, n_rows = 0;
  for (const PlannedBlock& block : all.rehearsal.plan.blocks) {
    if (block.subgraph != subgraph) continue;
    blocks.push_back(block);
    start = std::min(start, block.place);
    end = std::max(end, block.place + block.n_bytes);
    n_rows = std::max(n_rows, block.last + 1);
  }
  if (blocks.empty()) start = 0;
  const double unit = kMemoryWidth / (end - start), height = kTop + n_rows * kRow + kBottom;
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
      "font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
      "<text x=\"10\" y=\"18\" font-size=\"13\">{2}: {3} bytes of activations, at least {4} are alive at "
      "once</text>\n",
      kLeft + kMemoryWidth + 20, height, escaped(all.file), grouped(end - start),
      grouped(all.rehearsal.plan.least_activation_bytes));
  int32_t row = 0;
  for (const OperatorFacts& op : all.operators)
    if (op.subgraph == subgraph)
      svg += fmt::format("<text x=\"10\" y=\"{}\">{} {}</text>\n", kTop + (row + 0.7) * kRow, row,
                         escaped(op.name)),
          ++row;
  for (size_t i = 0; i < blocks.size(); ++i) {
    const PlannedBlock& block = blocks[i];
    const double x = kLeft + (block.place - start) * unit, width = block.n_bytes * unit;
    const std::string name = escaped(all.name_of_block(block));
    svg += fmt::format(
        "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\" stroke=\"white\">"
        "<title>{}: {} bytes at {}, steps {} to {}</title></rect>\n",
        x, kTop + block.first * kRow, width, (block.last - block.first + 1) * kRow, color_of(block, i), name,
        grouped(block.n_bytes), grouped(block.place), block.first, block.last);
    if (width > 60)
      svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", x + 4,
                         kTop + (block.first + 0.7) * kRow, grouped(block.n_bytes));
  }
  return svg + "</svg>\n";
}

}  // namespace inkling::host
