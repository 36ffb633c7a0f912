// Regions: which kinds of region are open, since which counts, and the line that is written when one closes.
#pragma once
#include <cstdio>
#include <vector>

#include "tools/qemu_plugin/counts.h"

namespace inkling::plugin {

class Regions {
 public:
  void open(int kind, const Counts& now) {
    open_[kind].push_back(now);
    ++depth_;
  }

  /// Closes the latest open region of this kind and writes its "R" line; without one does nothing.
  void close(int kind, const Counts& now, std::FILE* out);

  bool is_open(int kind) const { return !open_[kind].empty(); }

 private:
  std::vector<Counts> open_[8];
  int depth_ = 0;
  unsigned long sequence_ = 0;
};

}  // namespace inkling::plugin
