// A chart of what networks cost and how good they are. Leaves out how that was found.
#pragma once
#include <string>
#include <vector>

#include "host/train/limits.h"

namespace inkling::host {

struct Trial {
  std::string name;
  NetworkCost cost;
  double accuracy = 0;    ///< 0 .. 1
  bool is_tried = false;  ///< else it costs too much
};

/// Whether no other tried one is at least as good for at most as much flash, RAM and work, and better in one.
bool is_best_of_its_cost(const Trial& trial, const std::vector<Trial>& trials);

/// An SVG: flash to the right, accuracy upwards; the best of their cost are joined by a line.
std::string pareto_svg(const std::vector<Trial>& trials);

}  // namespace inkling::host
