// Silhouettes out of discs, bars and boxes.
#include <algorithm>
#include <cmath>

#include "host/data/simulated.h"

namespace inkling::host {
namespace {

constexpr int32_t kSize = 128;

/// A picture in grey, 0 .. 255, places in shares of its size, y downwards.
struct Canvas {
  std::vector<double> grey = std::vector<double>(kSize * kSize);

  /// Paints where inside(x, y) says so.
  template <class Inside>
  void paint(double value, const Inside& inside) {
    for (int32_t i = 0; i < kSize * kSize; ++i)
      if (inside((i % kSize + 0.5) / kSize, (i / kSize + 0.5) / kSize)) grey[static_cast<size_t>(i)] = value;
  }
  void disc(double value, double cx, double cy, double rx, double ry) {
    paint(value, [=](double x, double y) { return std::hypot((x - cx) / rx, (y - cy) / ry) < 1; });
  }
  /// A bar with round ends.
  void bar(double value, double x0, double y0, double x1, double y1, double half_width) {
    const double dx = x1 - x0, dy = y1 - y0, square = std::max(dx * dx + dy * dy, 1e-9);
    paint(value, [=](double x, double y) {
      const double t = std::clamp(((x - x0) * dx + (y - y0) * dy) / square, 0.0, 1.0);
      return std::hypot(x - x0 - t * dx, y - y0 - t * dy) < half_width;
    });
  }
  void box(double value, double left, double top, double right, double bottom) {
    paint(value, [=](double x, double y) { return x > left && x < right && y > top && y < bottom; });
  }
};

/// Where a thing stands: the middle of its foot and its height.
struct Stand {
  double x, y, height;
};

void person(Canvas& canvas, double value, Stand at, Random& random) {
  const double h = at.height, hip = at.y - 0.48 * h, neck = at.y - 0.82 * h;
  const double stride = random.uniform(0.02, 0.16) * h, lean = random.uniform(-0.04, 0.04) * h;
  const double thick = random.uniform(0.035, 0.055) * h;
  canvas.disc(value, at.x + lean, at.y - 0.92 * h, 0.06 * h, 0.08 * h);
  canvas.bar(value, at.x + lean, neck, at.x, hip, random.uniform(0.07, 0.1) * h);
  canvas.bar(value, at.x, hip, at.x - stride, at.y, thick);
  canvas.bar(value, at.x, hip, at.x + stride, at.y, thick);
  for (const double side : {-1.0, 1.0}) {
    const double elbow_x = at.x + lean + side * random.uniform(0.1, 0.2) * h,
                 elbow_y = neck + random.uniform(0.1, 0.22) * h;
    canvas.bar(value, at.x + lean + side * 0.07 * h, neck + 0.02 * h, elbow_x, elbow_y, 0.7 * thick);
    canvas.bar(value, elbow_x, elbow_y, elbow_x + random.uniform(-0.12, 0.12) * h,
               elbow_y + random.uniform(0, 0.18) * h, 0.6 * thick);
  }
}

void animal(Canvas& canvas, double value, Stand at, Random& random) {
  const double h = 0.6 * at.height, half = random.uniform(0.35, 0.55) * h;
  const double side = random.chance(0.5) ? 1 : -1;
  canvas.disc(value, at.x, at.y - 0.6 * h, half, random.uniform(0.18, 0.28) * h);
  for (const double leg : {-0.8, -0.55, 0.5, 0.8})
    canvas.bar(value, at.x + leg * half, at.y - 0.5 * h, at.x + (leg + random.uniform(-0.2, 0.2)) * half,
               at.y, 0.05 * h);
  canvas.bar(value, at.x + side * 0.8 * half, at.y - 0.65 * h, at.x + side * 1.15 * half, at.y - 0.9 * h,
             0.09 * h);
  canvas.disc(value, at.x + side * 1.3 * half, at.y - 0.92 * h, 0.18 * h, 0.11 * h);
  canvas.bar(value, at.x - side * half, at.y - 0.65 * h, at.x - side * 1.4 * half,
             at.y - random.uniform(0.5, 0.9) * h, 0.03 * h);
}

void tree(Canvas& canvas, double value, Stand at, Random& random) {
  const double h = at.height;
  canvas.bar(value, at.x, at.y, at.x, at.y - 0.6 * h, random.uniform(0.02, 0.05) * h);
  const int32_t n_clumps = 1 + random.below(6);
  for (int32_t i = 0; i < n_clumps; ++i)
    canvas.disc(value, at.x + random.uniform(-0.15, 0.15) * h, at.y - random.uniform(0.6, 0.85) * h,
                random.uniform(0.12, 0.25) * h, random.uniform(0.1, 0.2) * h);
}

void lamp(Canvas& canvas, double value, Stand at, Random& random) {
  const double h = at.height, arm = random.uniform(-0.25, 0.25) * h;
  canvas.bar(value, at.x, at.y, at.x, at.y - h, random.uniform(0.012, 0.03) * h);
  canvas.bar(value, at.x, at.y - h, at.x + arm, at.y - h, 0.015 * h);
  canvas.disc(value, at.x + arm, at.y - 0.97 * h, random.uniform(0.04, 0.1) * h,
              random.uniform(0.03, 0.08) * h);
}

void house(Canvas& canvas, double value, Stand at, Random& random) {
  const double h = at.height, half = random.uniform(0.2, 0.4) * h,
               eaves = at.y - random.uniform(0.5, 0.9) * h;
  canvas.box(value, at.x - half, eaves, at.x + half, at.y);
  const double roof = random.uniform(0.05, 0.3) * h;
  canvas.paint(value, [=](double x, double y) {
    return y < eaves && y > eaves - roof * (1 - std::abs(x - at.x) / half);
  });
}

void heap(Canvas& canvas, double value, Stand at, Random& random) {
  for (int32_t i = 0; i < 4; ++i) {
    const double x = at.x + random.uniform(-0.25, 0.25) * at.height,
                 y = at.y - random.uniform(0, 0.6) * at.height;
    const double rx = random.uniform(0.05, 0.2) * at.height, ry = random.uniform(0.05, 0.2) * at.height;
    if (random.chance(0.5))
      canvas.box(value, x - rx, y - ry, x + rx, y + ry);
    else
      canvas.disc(value, x, y, rx, ry);
  }
}

void background(Canvas& canvas, Random& random) {
  const double top = random.uniform(40, 220), bottom = random.uniform(40, 220),
               slant = random.uniform(-60, 60);
  for (int32_t i = 0; i < kSize * kSize; ++i) {
    const double x = static_cast<double>(i % kSize) / kSize, y = static_cast<double>(i / kSize) / kSize;
    canvas.grey[static_cast<size_t>(i)] = top + (bottom - top) * y + slant * (x - 0.5);
  }
  const int32_t n_patches = random.below(5);
  for (int32_t i = 0; i < n_patches; ++i) {
    const double left = random.uniform(-0.2, 1), above = random.uniform(-0.2, 1),
                 value = random.uniform(30, 225);
    canvas.box(value, left, above, left + random.uniform(0.05, 0.6), above + random.uniform(0.05, 0.6));
  }
}

}  // namespace

const std::vector<std::string>& silhouette_names() {
  static const std::vector<std::string> names = {"other", "person"};
  return names;
}

Picture simulated_silhouette(const std::string& what, Random random) {
  Canvas canvas;
  background(canvas, random);
  const Stand at{random.uniform(0.3, 0.7), random.uniform(0.8, 0.98), random.uniform(0.5, 0.85)};
  const double around = canvas.grey[static_cast<size_t>(kSize / 2 * kSize + kSize / 2)];
  const double value = around > 127 ? random.uniform(0, around - 60) : random.uniform(around + 60, 255);
  using Paint = void (*)(Canvas&, double, Stand, Random&);
  const std::vector<Paint> others = {animal, tree, lamp, house, heap};
  (what == "person" ? person : random.pick(others))(canvas, value, at, random);
  const double noise = random.uniform(2, 14);
  Picture picture{kSize, kSize, 3, {}};
  for (const double grey : canvas.grey) {
    const auto pixel = static_cast<uint8_t>(std::clamp(grey + noise * random.normal(), 0.0, 255.0));
    picture.pixels.insert(picture.pixels.end(), 3, pixel);
  }
  return picture;
}

}  // namespace inkling::host
