// Object detection: boxes from anchors, overlap, and the choice of the best boxes. Leaves out tensors.
// Formulas: W. Liu et al., "SSD: Single Shot MultiBox Detector", 2016.
#pragma once
#include "inkling/core/memory.h"
#include "inkling/kernels/float_math.h"

namespace inkling {

struct Box {
  float top, left, bottom, right;
};

/// A centre and a size: what anchors are, and by what boxes differ from them (y, x, height, width).
struct BoxCentre {
  float y, x, h, w;
};

/// The box that `code` makes of an anchor: the centre moves by code / scale sizes, the size grows by
/// e^(code / scale).
inline Box decode_box(const BoxCentre& code, const BoxCentre& scale, const BoxCentre& anchor) {
  const float y = code.y / scale.y * anchor.h + anchor.y, x = code.x / scale.x * anchor.w + anchor.x;
  const float half_h = 0.5f * exp_float(code.h / scale.h) * anchor.h;
  const float half_w = 0.5f * exp_float(code.w / scale.w) * anchor.w;
  return {y - half_h, x - half_w, y + half_h, x + half_w};
}

/// The area that two boxes share, as a part of what they cover together.
inline float overlap(const Box& a, const Box& b) {
  const auto larger = [](float p, float q) { return p < q ? q : p; };
  const auto smaller = [](float p, float q) { return q < p ? q : p; };
  const float area_a = (a.bottom - a.top) * (a.right - a.left);
  const float area_b = (b.bottom - b.top) * (b.right - b.left);
  if (area_a <= 0 || area_b <= 0) return 0;
  const float h = larger(smaller(a.bottom, b.bottom) - larger(a.top, b.top), 0);
  const float w = larger(smaller(a.right, b.right) - larger(a.left, b.left), 0);
  return h * w / (area_a + area_b - h * w);
}

/// Something with a score; `index` says what.
struct Candidate {
  float score;
  int32_t index;
};

/// Higher scores go first, then lower indices.
inline bool goes_before(const Candidate& a, const Candidate& b) {
  return a.score > b.score || (a.score == b.score && a.index < b.index);
}

/// Sorts in place, by a heap: no recursion, no memory.
inline void sort_candidates(Candidate* list, int32_t n) {
  for (int32_t start = n / 2, end = n; end > 1;) {
    Candidate moved;
    if (start > 0) {
      moved = list[--start];
    } else {
      moved = list[--end];
      list[end] = list[0];
    }
    int32_t at = start;
    for (int32_t child = 2 * at + 1; child < end; child = 2 * at + 1) {
      if (child + 1 < end && goes_before(list[child], list[child + 1])) ++child;
      if (!goes_before(moved, list[child])) break;
      list[at] = list[child];
      at = child;
    }
    list[at] = moved;
  }
}

/// Non-maximum suppression: sorts the candidates (indices of boxes) and moves to the front those that overlap
/// no better one by more than `most_overlap`, at most `n_most`. Returns how many there are.
inline int32_t suppress_overlaps(const Box* boxes, Candidate* list, int32_t n, float most_overlap,
                                 int32_t n_most) {
  sort_candidates(list, n);
  int32_t n_chosen = 0;
  for (int32_t i = 0; i < n && n_chosen < n_most; ++i) {
    bool fits = true;
    for (int32_t k = 0; k < n_chosen && fits; ++k)
      fits = !(overlap(boxes[list[k].index], boxes[list[i].index]) > most_overlap);
    if (fits) list[n_chosen++] = list[i];
  }
  return n_chosen;
}

/// Puts a candidate into a sorted list of at most n_most, behind those with the same score; the last one may
/// fall out.
inline void insert_candidate(Candidate* list, int32_t* n, int32_t n_most, const Candidate& candidate) {
  int32_t at = *n;
  while (at > 0 && list[at - 1].score < candidate.score) --at;
  if (at >= n_most) return;
  if (*n < n_most) ++*n;
  for (int32_t i = *n - 1; i > at; --i) list[i] = list[i - 1];
  list[at] = candidate;
}

/// What is detected, and where.
struct DetectionParams {
  int32_t n_boxes, code_size, n_classes, n_scores, n_outputs;
  int32_t max_detections, classes_per_box, detections_per_class;
  bool regular;
  float score_threshold, most_overlap;
  BoxCentre scale;

  template <class V>
  static void visit(V&& v, const DetectionParams& p) {
    v("n_boxes", p.n_boxes);
    v("code_size", p.code_size);
    v("n_classes", p.n_classes);
    v("n_scores", p.n_scores);
    v("n_outputs", p.n_outputs);
    v("max_detections", p.max_detections);
    v("classes_per_box", p.classes_per_box);
    v("detections_per_class", p.detections_per_class);
    v("regular", static_cast<int32_t>(p.regular));
    v("score_threshold", p.score_threshold);
    v("most_overlap", p.most_overlap);
    v("y_scale", p.scale.y);
    v("x_scale", p.scale.x);
    v("h_scale", p.scale.h);
    v("w_scale", p.scale.w);
  }
};

/// One use while it runs. The scores start behind the background's; a box's are n_scores apart.
struct Detector {
  const DetectionParams& p;
  const float* scores;
  Box* boxes;             ///< n_boxes
  Candidate* candidates;  ///< n_boxes
  Candidate* best;        ///< max_detections when regular
  Box* out_boxes;         ///< n_outputs, as the next two
  float *out_classes, *out_scores;

  /// Fills `boxes`; false when one is degenerate.
  bool decode(const float* codes, const BoxCentre* anchors) const {
    for (int32_t i = 0; i < p.n_boxes; ++i) {
      const auto code = load<BoxCentre>(codes + i * p.code_size);
      boxes[i] = decode_box(code, p.scale, anchors[i]);
      if (boxes[i].top >= boxes[i].bottom || boxes[i].left >= boxes[i].right) return false;
    }
    return true;
  }

  float score(int32_t box, int32_t c) const { return scores[box * p.n_scores + c]; }

  /// The class of a box that goes right behind `before`; the best one for a score of infinity.
  Candidate next_class(int32_t box, const Candidate& before) const {
    Candidate next = {-__builtin_inff(), 0};
    for (int32_t c = 0; c < p.n_classes; ++c) {
      const Candidate candidate = {score(box, c), c};
      if (goes_before(before, candidate) && goes_before(candidate, next)) next = candidate;
    }
    return next;
  }
  Candidate best_class(int32_t box) const { return next_class(box, {__builtin_inff(), -1}); }

  /// The boxes that a class keeps, or with c < 0 those that all classes keep.
  int32_t choose(int32_t c, int32_t n_most) const {
    int32_t n = 0;
    for (int32_t box = 0; box < p.n_boxes; ++box) {
      const float s = c < 0 ? best_class(box).score : score(box, c);
      if (s >= p.score_threshold) candidates[n++] = {s, box};
    }
    return suppress_overlaps(boxes, candidates, n, p.most_overlap, n_most);
  }

  void put(int32_t at, int32_t box, const Candidate& of_class) const {
    if (at >= p.n_outputs) return;
    out_boxes[at] = boxes[box];
    out_classes[at] = static_cast<float>(of_class.index);
    out_scores[at] = of_class.score;
  }

  /// Class by class; the best of all classes together. Returns the number of detections.
  int32_t run_regular() const {
    int32_t n_best = 0;
    for (int32_t c = 0; c < p.n_classes; ++c) {
      const int32_t n = choose(c, p.detections_per_class);
      for (int32_t i = 0; i < n; ++i)
        insert_candidate(best, &n_best, p.max_detections,
                         {candidates[i].score, candidates[i].index * p.n_classes + c});
    }
    for (int32_t i = 0; i < n_best; ++i)
      put(i, best[i].index / p.n_classes, {best[i].score, best[i].index % p.n_classes});
    return n_best;
  }

  /// Box i's classes start at classes_per_box times the classes before it, plus one place more for each: that
  /// is where the reference puts them.
  int32_t run_fast() const {
    const int32_t n = choose(-1, p.max_detections);
    int32_t n_put = 0;
    for (int32_t i = 0; i < n; ++i) {
      Candidate of_class = best_class(candidates[i].index);
      for (int32_t k = 0; k < p.classes_per_box; ++k, ++n_put) {
        if (n_put < p.n_outputs) put(p.classes_per_box * n_put + k, candidates[i].index, of_class);
        of_class = next_class(candidates[i].index, of_class);
      }
    }
    return n_put;
  }
};

}  // namespace inkling
