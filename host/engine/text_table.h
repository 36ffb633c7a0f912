// Text for people: aligned tables, thousands separators. Leaves out colours.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace inkling::host {

/// "7,489,664"
std::string grouped(int64_t n);

/// "1 step", "31 steps"
std::string counted(int64_t n, const std::string& noun);

/// Rows of cells, padded to columns that are as wide as their widest cell.
class TextTable {
 public:
  /// One character per column: 'l' left or 'r' right.
  explicit TextTable(std::string alignments) : alignments_(std::move(alignments)) {}
  /// At most as many cells as there are columns; the rest stays empty.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  /// All rows, each behind `indent`, columns two spaces apart; columns that are empty throughout below the
  /// first row are left out.
  std::string text(const std::string& indent = "  ") const;

 private:
  std::string alignments_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace inkling::host
