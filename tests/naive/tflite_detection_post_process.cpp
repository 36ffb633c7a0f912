// TFLite_Detection_PostProcess: the best boxes, none of which overlaps a better one too much.
#include "tests/operator_case.h"

namespace inkling::naive {
namespace {

// Boxes are as large as their anchors (e^0), off their centres. One class per box where
// all classes share the boxes.
Case draw(Random& random) {
  const int32_t n = random.integer(1, 12), n_classes = random.integer(1, 4), n_most = random.integer(1, 6);
  const int32_t background = random.integer(0, 1);
  Case c;
  c.inputs = {tensor(Type::float32, {1, n, 4 + random.integer(0, 1)}),
              tensor(Type::float32, {1, n, n_classes + background}), constant(tensor(Type::float32, {n, 4}))};
  for (Operand& t : c.inputs) fill(random, t);
  for (int32_t i = 0; i < n; ++i)
    for (int32_t k = 2; k < 4; ++k) {
      c.inputs[0].at({0, i, k}) = 0;
      c.inputs[2].at({i, k}) = random.integer(1, 16) / 4.0;
    }
  c.outputs = {tensor(Type::float32, {1, n_most, 4}), tensor(Type::float32, {1, n_most}),
               tensor(Type::float32, {1, n_most}), tensor(Type::float32, {1})};
  c.custom = {{"max_detections", n_most},
              {"max_classes_per_detection", 1},
              {"detections_per_class", random.integer(1, 4)},
              {"use_regular_nms", random.one_in(2)},
              {"nms_score_threshold", random.integer(-4, 1)},
              {"nms_iou_threshold", random.integer(1, 15) / 16.0 + 1.0 / 64},
              {"num_classes", n_classes},
              {"y_scale", 4},
              {"x_scale", 4},
              {"h_scale", 2},
              {"w_scale", 2}};
  return c;
}

struct Found {
  double score;
  int32_t box, label;
};

// top, left, bottom, right
std::vector<double> box(const Case& c, int32_t i) {
  const Operand &code = c.inputs[0], &anchor = c.inputs[2];
  std::vector<double> edges(4);
  for (int32_t k = 0; k < 2; ++k) {
    const double size = anchor.at({i, k + 2});
    const double centre = code.at({0, i, k}) / 4 * size + anchor.at({i, k});
    edges[static_cast<size_t>(k)] = centre - size / 2;
    edges[static_cast<size_t>(k) + 2] = centre + size / 2;
  }
  return edges;
}

double overlap(const Case& c, int32_t i, int32_t j) {
  const std::vector<double> a = box(c, i), b = box(c, j);
  double common = 1, area_a = 1, area_b = 1;
  for (size_t k = 0; k < 2; ++k) {
    common *= std::max(std::min(a[k + 2], b[k + 2]) - std::max(a[k], b[k]), 0.0);
    area_a *= a[k + 2] - a[k];
    area_b *= b[k + 2] - b[k];
  }
  return common / (area_a + area_b - common);
}

std::vector<Found> suppress(const Case& c, std::vector<Found> all, double n_most) {
  std::stable_sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.score > b.score; });
  std::vector<Found> kept;
  for (const Found& f : all) {
    bool fits = f.score >= c.custom.at("nms_score_threshold") && static_cast<double>(kept.size()) < n_most;
    for (const Found& k : kept) fits = fits && overlap(c, k.box, f.box) <= c.custom.at("nms_iou_threshold");
    if (fits) kept.push_back(f);
  }
  return kept;
}

void define(Case& c) {
  const auto n_classes = static_cast<int32_t>(c.custom["num_classes"]);
  const int32_t n = c.inputs[1].dim(1), background = c.inputs[1].dim(2) - n_classes;
  const auto score = [&](int32_t i, int32_t label) { return c.inputs[1].at({0, i, background + label}); };
  std::vector<Found> found;
  if (c.custom["use_regular_nms"] != 0) {
    for (int32_t label = 0; label < n_classes; ++label) {
      std::vector<Found> all;
      for (int32_t i = 0; i < n; ++i) all.push_back({score(i, label), i, label});
      for (const Found& f : suppress(c, all, c.custom["detections_per_class"])) found.push_back(f);
    }
    std::stable_sort(found.begin(), found.end(), [](auto& a, auto& b) { return a.score > b.score; });
  } else {
    for (int32_t i = 0; i < n; ++i) {
      int32_t best = 0;
      for (int32_t label = 1; label < n_classes; ++label)
        if (score(i, label) > score(i, best)) best = label;
      found.push_back({score(i, best), i, best});
    }
    found = suppress(c, found, c.custom["max_detections"]);
  }
  const size_t n_most = c.outputs[1].v.size();
  if (found.size() > n_most) found.resize(n_most);
  for (size_t i = 0; i < found.size(); ++i) {
    const std::vector<double> edges = box(c, found[i].box);
    std::copy(edges.begin(), edges.end(), c.outputs[0].v.begin() + static_cast<ptrdiff_t>(4 * i));
    c.outputs[1].v[i] = found[i].label;
    c.outputs[2].v[i] = found[i].score;
  }
  c.outputs[3].v[0] = static_cast<double>(found.size());
}

const Register registered("TFLite_Detection_PostProcess", draw, define);

}  // namespace
}  // namespace inkling::naive
