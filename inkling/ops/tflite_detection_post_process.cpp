// TFLite_Detection_PostProcess (custom): from box codes, class scores and anchors to the best boxes, their
// classes, scores and number. float32. Regular suppression treats each class for itself, the fast one all at
// once by each box's best score. Degenerate boxes anywhere give no detections.
#include "inkling/core/memory.h"
#include "inkling/kernels/detection.h"
#include "inkling/ops.h"
#include "inkling/prepare/signal.h"

namespace inkling::ops {
namespace {

using Params = DetectionParams;

void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const Params*>(params);
  auto* boxes = io.scratch<Box>();
  auto* candidates = reinterpret_cast<Candidate*>(boxes + p.n_boxes);
  const Detector detector = {p,
                             io.in<float>(1) + (p.n_scores - p.n_classes),
                             boxes,
                             candidates,
                             candidates + p.n_boxes,
                             io.out<Box>(0),
                             io.out<float>(1),
                             io.out<float>(2)};
  fill_bytes(io.out<Box>(0), 0, p.n_outputs * static_cast<int32_t>(sizeof(Box)));
  fill_bytes(io.out<float>(1), 0, p.n_outputs * 4);
  fill_bytes(io.out<float>(2), 0, p.n_outputs * 4);
  int32_t n = 0;
  if (detector.decode(io.in<float>(0), io.in<BoxCentre>(2)))
    n = p.regular ? detector.run_regular() : detector.run_fast();
  *io.out<float>(3) = static_cast<float>(n);
}

Status read_options(Prepare& c, Params& p) {
  constexpr int32_t kMost = 1 << 20;
  const FlexMap options = custom_options(c);
  TRY(require_option(c, "max_detections", 0, kMost, &p.max_detections));
  TRY(require_option(c, "num_classes", 1, kMost, &p.n_classes));
  p.regular = options.integer("use_regular_nms", 0) != 0;
  p.detections_per_class = options.integer("detections_per_class", 100);
  const int32_t classes_per_box = options.integer("max_classes_per_detection", 0);
  p.classes_per_box = classes_per_box < p.n_classes ? classes_per_box : p.n_classes;
  const int32_t n_each = p.regular ? p.detections_per_class : p.classes_per_box;
  if (n_each < 1) return c.fail(Status::bad_value, "detections per class or box must be positive", n_each, 1);
  p.score_threshold = options.number("nms_score_threshold", 0);
  p.most_overlap = options.number("nms_iou_threshold", 0);
  if (!(p.most_overlap > 0 && p.most_overlap <= 1))
    return c.fail(Status::bad_value, "the overlap threshold must be above 0 and at most 1");
  p.scale = {options.number("y_scale", 0), options.number("x_scale", 0), options.number("h_scale", 0),
             options.number("w_scale", 0)};
  return Status::ok;
}

Status prepare(Prepare& c) {
  TRY(c.expect(3, 3, 4));
  const Tensor codes = c.input(0), scores = c.input(1);
  auto& p = c.params<Params>();
  TRY(read_options(c, p));
  if (codes.shape.size != 3 || codes.shape[0] != 1 || codes.shape[2] < 4)
    return c.fail(Status::bad_shape, "the box codes must be 1 x boxes x 4 or more", codes.shape.size, 3);
  p.n_boxes = codes.shape[1];
  p.code_size = codes.shape[2];
  p.n_scores = scores.dim(2);
  if (scores.shape.size != 3 || scores.shape[0] != 1 || scores.shape[1] != p.n_boxes)
    return c.fail(Status::bad_shape, "the scores must be 1 x boxes x classes", scores.dim(1), p.n_boxes);
  if (p.n_scores != p.n_classes && p.n_scores != p.n_classes + 1)
    return c.fail(Status::bad_shape, "there must be a score per class, or one more", p.n_scores, p.n_classes);
  p.n_outputs = c.output(1).n_elements;
  if (p.n_outputs > INT32_MAX / 16 / p.n_classes || p.n_boxes > kMaxArenaBytes / 32 / p.n_classes)
    return c.fail(Status::bad_shape, "too many boxes", p.n_boxes);
  if (p.regular && p.n_outputs < p.max_detections)
    return c.fail(Status::bad_shape, "the outputs do not hold max_detections", p.n_outputs, p.max_detections);
  TRY(require_tensor(c, codes, Type::float32, codes.n_elements));
  TRY(require_tensor(c, scores, Type::float32, scores.n_elements));
  TRY(require_tensor(c, c.input(2), Type::float32, 4 * p.n_boxes));
  TRY(require_tensor(c, c.output(0), Type::float32, 4 * p.n_outputs));
  TRY(require_tensor(c, c.output(1), Type::float32, p.n_outputs));
  TRY(require_tensor(c, c.output(2), Type::float32, p.n_outputs));
  TRY(require_tensor(c, c.output(3), Type::float32, 1));
  const int32_t n_best = p.regular ? p.max_detections : 0;
  c.request_scratch(p.n_boxes * static_cast<int32_t>(sizeof(Box) + sizeof(Candidate)) +
                    n_best * static_cast<int32_t>(sizeof(Candidate)));
  return c.run_with<eval>();
}

constexpr Op kOp = {"TFLite_Detection_PostProcess", kCustom, prepare};

}  // namespace

const Op tflite_detection_post_process = kOp;
const Op int8::tflite_detection_post_process = kOp;
const Op int16::tflite_detection_post_process = kOp;
const Op float32::tflite_detection_post_process = kOp;

}  // namespace inkling::ops
