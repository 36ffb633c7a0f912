// Comparisons and a drawing.
#include "host/train/pareto.h"

#include <fmt/format.h>

#include <algorithm>

namespace inkling::host {
namespace {

constexpr double kWidth = 640, kHeight = 400, kMargin = 60;

}  // namespace

bool is_best_of_its_cost(const Trial& trial, const std::vector<Trial>& trials) {
  return trial.is_tried && std::none_of(trials.begin(), trials.end(), [&](const Trial& other) {
           const bool is_no_worse = other.is_tried && other.accuracy >= trial.accuracy &&
                                    other.cost.flash_bytes <= trial.cost.flash_bytes &&
                                    other.cost.ram_bytes <= trial.cost.ram_bytes &&
                                    other.cost.macs <= trial.cost.macs;
           const bool is_better =
               other.accuracy > trial.accuracy || other.cost.flash_bytes < trial.cost.flash_bytes ||
               other.cost.ram_bytes < trial.cost.ram_bytes || other.cost.macs < trial.cost.macs;
           return is_no_worse && is_better;
         });
}

std::string pareto_svg(const std::vector<Trial>& trials) {
  std::vector<Trial> tried;
  for (const Trial& trial : trials)
    if (trial.is_tried) tried.push_back(trial);
  std::sort(tried.begin(), tried.end(),
            [](const Trial& a, const Trial& b) { return a.cost.flash_bytes < b.cost.flash_bytes; });
  double most_bytes = 1, worst = 1;
  for (const Trial& trial : tried) {
    most_bytes = std::max(most_bytes, static_cast<double>(trial.cost.flash_bytes));
    worst = std::min(worst, trial.accuracy);
  }
  worst = std::min(worst, 0.99);
  const auto x = [&](const Trial& trial) {
    return kMargin + (kWidth - 2 * kMargin) * static_cast<double>(trial.cost.flash_bytes) / most_bytes;
  };
  const auto y = [&](const Trial& trial) {
    return kHeight - kMargin - (kHeight - 2 * kMargin) * (trial.accuracy - worst) / (1 - worst);
  };
  std::string points, marks;
  for (const Trial& trial : tried) {
    const bool is_best = is_best_of_its_cost(trial, trials);
    if (is_best) points += fmt::format("{:.1f},{:.1f} ", x(trial), y(trial));
    marks += fmt::format(
        "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\" fill=\"{}\"><title>{}: {:.2f} %, {}</title></circle>\n"
        "<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"11\">{}</text>\n",
        x(trial), y(trial), is_best ? "#36c" : "#aaa", trial.name, 100 * trial.accuracy, text_of(trial.cost),
        x(trial) + 8, y(trial) - 6, trial.name);
  }
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" font-family=\"sans-serif\">\n"
      "<rect width=\"{0}\" height=\"{1}\" fill=\"#fff\"/>\n"
      "<text x=\"{2}\" y=\"24\" font-size=\"14\">accuracy, {3:.1f} to 100 %, against bytes of flash, 0 to "
      "{4:.0f}"
      "</text>\n<polyline fill=\"none\" stroke=\"#36c\" points=\"{5}\"/>\n{6}</svg>\n",
      kWidth, kHeight, kMargin, 100 * worst, most_bytes, points, marks);
}

}  // namespace inkling::host
