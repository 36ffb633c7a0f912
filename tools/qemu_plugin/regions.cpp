// The "R" line: R kind=0 seq=0 depth=0 insn=2000 cyc4=3998 cyc3=3998 alu=1000 br=1000 brtaken=999.
#include "tools/qemu_plugin/regions.h"

namespace inkling::plugin {

void Regions::close(int kind, const Counts& now, std::FILE* out) {
  if (!is_open(kind)) return;
  const Counts start = open_[kind].back();
  open_[kind].pop_back();
  --depth_;
  const auto passed = [](uint64_t end, uint64_t begin) {
    return static_cast<unsigned long long>(end - begin);
  };
  std::fprintf(out, "R kind=%d seq=%lu depth=%d insn=%llu cyc4=%llu cyc3=%llu", kind, sequence_++, depth_,
               passed(now.instructions, start.instructions), passed(now.cycles_m4, start.cycles_m4),
               passed(now.cycles_m3, start.cycles_m3));
  for (int i = 0; i < kNClasses; ++i) {
    if (now.classes[i] != start.classes[i]) {
      std::fprintf(out, " %s=%llu", kClassNames[i], passed(now.classes[i], start.classes[i]));
    }
  }
  std::fputc('\n', out);
}

}  // namespace inkling::plugin
