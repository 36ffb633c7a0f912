// The pictures of docs/performance.md: bars, drawn as SVG by hand.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "host/bench/survey.h"

namespace inkling::host {
namespace {

constexpr int kBar = 16, kGap = 10, kLeft = 190, kWidth = 420, kRight = 150;
constexpr const char *kInterpretedColour = "#7aa6c2", *kCompiledColour = "#1f5f8b";

struct Bars {
  std::optional<double> interpreted, compiled;  ///< of the peer's, 1 being equal
};

std::string bar(int y, double ratio, double scale, const char* colour) {
  const double width = ratio * scale;
  return fmt::format(
      "<rect x=\"{}\" y=\"{}\" width=\"{:.1f}\" height=\"{}\" fill=\"{}\"/>\n"
      "<text x=\"{:.1f}\" y=\"{}\" font-size=\"11\">{:.0f} %</text>\n",
      kLeft, y, width, kBar, colour, kLeft + width + 5, y + kBar - 4, 100 * ratio);
}

}  // namespace

std::string performance_chart(const Survey& survey, const std::string& board) {
  std::vector<std::string> order;
  std::map<std::string, Bars> bars;
  double largest = 1;
  for (const SurveyEntry& entry : survey.entries) {
    if (entry.board != board || !entry.cost || !entry.peer.instructions) continue;
    const double ratio =
        static_cast<double>(entry.cost->instructions) / static_cast<double>(*entry.peer.instructions);
    if (bars.count(entry.model) == 0) order.push_back(entry.model);
    (entry.mode == Mode::interpreted ? bars[entry.model].interpreted : bars[entry.model].compiled) = ratio;
    largest = std::max(largest, ratio);
  }
  const double scale = kWidth / largest;
  const int row = 2 * kBar + kGap, height = 60 + row * static_cast<int>(order.size());
  std::string body;
  int y = 50;
  for (const std::string& model : order) {
    body += fmt::format("<text x=\"{}\" y=\"{}\" font-size=\"12\" text-anchor=\"end\">{}</text>\n", kLeft - 8,
                        y + kBar + 4, model);
    if (bars[model].interpreted) body += bar(y, *bars[model].interpreted, scale, kInterpretedColour);
    if (bars[model].compiled) body += bar(y + kBar, *bars[model].compiled, scale, kCompiledColour);
    y += row;
  }
  const double peer = kLeft + scale;
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" font-family=\"sans-serif\">\n"
      "<rect width=\"{0}\" height=\"{1}\" fill=\"white\"/>\n"
      "<text x=\"10\" y=\"20\" font-size=\"13\">{2}: instructions of one invoke, {3}</text>\n"
      "<rect x=\"10\" y=\"28\" width=\"10\" height=\"10\" fill=\"{4}\"/>"
      "<text x=\"24\" y=\"37\" font-size=\"11\">interpreted</text>\n"
      "<rect x=\"100\" y=\"28\" width=\"10\" height=\"10\" fill=\"{5}\"/>"
      "<text x=\"114\" y=\"37\" font-size=\"11\">compiled</text>\n{6}"
      "<line x1=\"{7:.1f}\" x2=\"{7:.1f}\" y1=\"44\" y2=\"{8}\" stroke=\"#c0392b\" stroke-dasharray=\"4 "
      "3\"/>\n"
      "</svg>\n",
      kLeft + kWidth + kRight, height, board,
      order.empty() ? "of which no peer is recorded" : "TFLM + CMSIS-NN being 100 %", kInterpretedColour,
      kCompiledColour, body, peer, y);
}

}  // namespace inkling::host
