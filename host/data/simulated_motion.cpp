// A hand's path, twice derived.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "host/data/simulated.h"
#include "host/error.h"

namespace inkling::host {
namespace {

using Point = std::array<double, 3>;

constexpr int32_t kRows = 128;
constexpr int32_t kRateHz = 50;
constexpr int32_t kFine = 10;  // steps of the path in a row
constexpr double kGravity = 9.81;
constexpr double kPi = 3.141592653589793;

/// How far a hand is on its way: minimum jerk (Flash and Hogan, 1985).
double progress(double t) {
  t = std::clamp(t, 0.0, 1.0);
  return t * t * t * (10 - 15 * t + 6 * t * t);
}

/// Where on the unit square the wand points, a share t of the gesture's time after its begin.
Point place(const std::string& name, double t) {
  if (name == "ring") {
    const double angle = 2 * kPi * progress(t);
    return {0.5 * std::sin(angle), 0.5 * std::cos(angle), 0};
  }
  using Way = std::vector<Point>;
  const Way way = name == "wing"
                      ? Way{{-0.5, 0.5, 0}, {-0.25, -0.5, 0}, {0, 0.2, 0}, {0.25, -0.5, 0}, {0.5, 0.5, 0}}
                      : Way{{0.3, 0.5, 0}, {-0.5, -0.5, 0}, {0.5, -0.5, 0}};
  const auto n = static_cast<double>(way.size() - 1);
  const auto leg = static_cast<size_t>(std::clamp(std::floor(t * n), 0.0, n - 1));
  const double share = progress(t * n - static_cast<double>(leg));
  Point at{};
  for (size_t i = 0; i < 3; ++i) at[i] = way[leg][i] + share * (way[leg + 1][i] - way[leg][i]);
  return at;
}

/// Corners are round: the mean over a tenth of a second, twice.
void smooth(std::vector<Point>& path) {
  constexpr int32_t kHalf = kRateHz * kFine / 20;
  const auto last = static_cast<int32_t>(path.size()) - 1;
  for (int32_t round = 0; round < 2; ++round) {
    const std::vector<Point> from = path;
    for (int32_t i = 0; i <= last; ++i)
      for (size_t axis = 0; axis < 3; ++axis) {
        double sum = 0;
        for (int32_t j = i - kHalf; j <= i + kHalf; ++j)
          sum += from[static_cast<size_t>(std::clamp(j, 0, last))][axis];
        path[static_cast<size_t>(i)][axis] = sum / (2 * kHalf + 1);
      }
  }
}

void turn(Point& point, size_t a, size_t b, double angle) {
  const double x = point[a], y = point[b];
  point[a] = std::cos(angle) * x - std::sin(angle) * y;
  point[b] = std::sin(angle) * x + std::cos(angle) * y;
}

}  // namespace

const std::vector<std::string>& gesture_names() {
  static const std::vector<std::string> names = {"rest", "ring", "slope", "wing"};
  return names;
}

std::vector<float> simulated_gesture(const std::string& name, Random random) {
  const bool moves = name != "rest";
  const double length_s = random.uniform(0.9, 1.9), begin_s = random.uniform(0.1, 2.46 - length_s);
  const double size_m = moves ? random.uniform(0.2, 0.5) : 0, width = random.uniform(0.8, 1.25);
  const double tremor_m = random.uniform(0.0001, 0.0004), tremor_hz = random.uniform(6, 11);
  std::array<double, 3> tilt{}, phase{}, drift{};
  for (size_t i = 0; i < 3; ++i) {
    tilt[i] = random.uniform(-0.4, 0.4);
    phase[i] = random.uniform(0, 2 * kPi);
    drift[i] = random.uniform(-0.3, 0.3) * (moves ? 0.5 : 1);
  }
  std::vector<Point> path;
  for (int32_t i = 0; i < (kRows + 2) * kFine; ++i) {
    const double t = static_cast<double>(i) / (kRateHz * kFine);
    Point at = place(moves ? name : "ring", (t - begin_s) / length_s);
    for (size_t axis = 0; axis < 3; ++axis)
      at[axis] = size_m * (axis == 0 ? width : 1) * at[axis] +
                 tremor_m * std::sin(2 * kPi * tremor_hz * t + phase[axis]);
    path.push_back(at);
  }
  smooth(path);
  std::vector<float> rows;
  const double step = 1.0 / kRateHz;
  for (int32_t row = 1; row <= kRows; ++row) {
    const auto at = [&](int32_t i) { return path[static_cast<size_t>(i * kFine)]; };
    Point felt{0, kGravity, 0};  // a sensor at rest feels what holds it up
    for (size_t axis = 0; axis < 3; ++axis)
      felt[axis] += (at(row + 1)[axis] - 2 * at(row)[axis] + at(row - 1)[axis]) / (step * step);
    const double share = static_cast<double>(row) / kRows;
    for (size_t axis = 0; axis < 3; ++axis)
      turn(felt, axis, (axis + 1) % 3, tilt[axis] + drift[axis] * share);
    for (const double value : felt)
      rows.push_back(static_cast<float>(value / kGravity + 0.01 * random.normal()));
  }
  return rows;
}

}  // namespace inkling::host
