// SignalOverlapAdd (custom): puts overlapping frames together to a stream, the way back from SignalFramer.
// int16 (sums are limited) and float32; programs for int8 carry int16.
#include "inkling/core/memory.h"
#include "inkling/ops.h"
#include "inkling/prepare/signal.h"

namespace inkling::ops {
namespace {

struct Params {
  int32_t n_rows, n_frames, frame_size, frame_step;

  template <class V>
  static void visit(V&& v, const Params& p) {
    v("n_rows", p.n_rows);
    v("n_frames", p.n_frames);
    v("frame_size", p.frame_size);
    v("frame_step", p.frame_step);
  }
};

int16_t sum(int16_t a, int16_t b) {
  const int32_t s = a + b;
  return static_cast<int16_t>(s < INT16_MIN ? INT16_MIN : s > INT16_MAX ? INT16_MAX : s);
}
float sum(float a, float b) {
  return a + b;
}

template <class T>
void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const Params*>(params);
  const auto* input = io.in<T>(0);
  auto* output = io.out<T>(0);
  auto* unfinished = io.scratch<T>();
  const int32_t element = static_cast<int32_t>(sizeof(T)), n_left = p.frame_size - p.frame_step;
  for (int32_t row = 0; row < p.n_rows; ++row, unfinished += p.frame_size)
    for (int32_t frame = 0; frame < p.n_frames; ++frame) {
      for (int32_t i = 0; i < p.frame_size; ++i) unfinished[i] = sum(unfinished[i], input[i]);
      copy_bytes(output, unfinished, p.frame_step * element);
      move_bytes(unfinished, unfinished + p.frame_step, n_left * element);
      fill_bytes(unfinished + n_left, 0, p.frame_step * element);
      input += p.frame_size;
      output += p.frame_step;
    }
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(c.expect(1, 1, 1));
  const Tensor input = c.input(0), output = c.output(0);
  const Type type = input.type;
  auto& p = c.params<Params>();
  Rows frames = {};
  TRY(rows_of(c, input, &frames));
  if (input.shape.size < 2)
    return c.fail(Status::bad_shape, "the input must have frames of samples", input.shape.size, 2);
  p.frame_size = frames.length;
  p.n_frames = input.shape[input.shape.size - 2];
  p.n_rows = frames.n / p.n_frames;
  TRY(require_option(c, "frame_step", 1, p.frame_size, &p.frame_step));
  TRY(require_tensor(c, output, type, frames.n * p.frame_step));
  TRY(take_state(c, int64_t{p.n_rows} * p.frame_size * (bits_of(type) / 8)));
  if (types != Types::float32 && type == Type::int16) return c.run_with<eval<int16_t>>();
  if (carries(types, Type::float32) && type == Type::float32) return c.run_with<eval<float>>();
  return c.no_kernel(type);
}

template <Types types>
constexpr Op kOp = {"SignalOverlapAdd", kCustom, prepare<types>};

}  // namespace

const Op signal_overlap_add = kOp<Types::any>;
const Op int8::signal_overlap_add = kOp<Types::int8>;
const Op int16::signal_overlap_add = kOp<Types::int16>;
const Op float32::signal_overlap_add = kOp<Types::float32>;

}  // namespace inkling::ops
