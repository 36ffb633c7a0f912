// Pads cells; their width is counted in characters, not in bytes.
#include "host/engine/text_table.h"

#include <algorithm>

namespace inkling::host {
namespace {

size_t width(const std::string& text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(),
                                           [](char c) { return (static_cast<uint8_t>(c) & 0xc0) != 0x80; }));
}

}  // namespace

std::string grouped(int64_t n) {
  std::string digits = std::to_string(n);
  const size_t first = n < 0 ? 1 : 0;
  for (size_t at = digits.size(); at > first + 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string counted(int64_t n, const std::string& noun) {
  return grouped(n) + " " + noun + (n == 1 ? "" : "s");
}

std::string TextTable::text(const std::string& indent) const {
  std::vector<size_t> widths(alignments_.size(), 0);
  for (const auto& row : rows_)
    for (size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], width(row[c]));
  std::vector<bool> used(alignments_.size(), rows_.size() < 2);
  for (size_t r = 1; r < rows_.size(); ++r)
    for (size_t c = 0; c < rows_[r].size(); ++c) used[c] = used[c] || !rows_[r][c].empty();
  std::string all;
  for (const auto& row : rows_) {
    std::string line = indent;
    for (size_t c = 0; c < alignments_.size(); ++c) {
      if (!used[c]) continue;
      const std::string cell = c < row.size() ? row[c] : "";
      const std::string padding(widths[c] - width(cell), ' ');
      if (line.size() > indent.size()) line += "  ";
      line += alignments_[c] == 'r' ? padding + cell : cell + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    all += line + "\n";
  }
  return all;
}

}  // namespace inkling::host
