// Which network fits a budget: by measuring, as the device would spend it. Leaves out learning.
#pragma once
#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/train/network.h"

namespace inkling::host {

/// What a network may cost; what is not set may be anything.
struct Budget {
  std::optional<uint64_t> flash_bytes;  ///< of the .tflite file
  std::optional<uint64_t> ram_bytes;    ///< of the arena on a 32-bit chip
  std::optional<double> mips;  ///< million cycles per second (instructions where cycles are not modelled)
  std::string board = "cortex-m4";  ///< on which mips count

  bool is_set() const { return flash_bytes || ram_bytes || mips; }
};

void add_budget_options(CLI::App& verb, Budget& budget);

/// The last of `plans`, which are ordered by what they cost, that fits; what each costs is said on stderr.
/// mips count `runs_per_second` of a network. Throws an Error that names the nearest if none fits.
NetworkPlan largest_within(const Budget& budget,
                           const std::vector<std::pair<std::string, NetworkPlan>>& plans, int64_t n_labels,
                           double runs_per_second);

}  // namespace inkling::host
