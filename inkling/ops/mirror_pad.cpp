// MIRROR_PAD of any type: the input continued by its own mirror image, with or without the edge itself.
#include "inkling/kernels/pad.h"
#include "inkling/ops.h"
#include "inkling/prepare/pad.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { mode };
enum class Mode : int8_t { reflect, symmetric };

void eval(const void* params, const Io& io) {
  pad_with_mirror(*static_cast<const MirrorPadParams*>(params), io.in<void>(0), io.out<void>(0));
}

Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  const Tensor input = c.input(0), output = c.output(0);
  int32_t element_bytes = 0;
  TRY(require_same_bytes(c, input, output, &element_bytes));
  Indices paddings;
  TRY(read_paddings(c, input, output, &paddings));
  auto& p = c.params<MirrorPadParams>();
  p.skip = c.option(mode, Mode::reflect) == Mode::reflect;
  p.run_bytes = element_bytes;
  if (output.n_elements == 0) return run_nothing(c);
  for (int32_t i = 0; i < input.shape.size; ++i) {
    const int32_t n = input.shape[i], before = paddings[2 * i], after = paddings[2 * i + 1];
    const int32_t larger = before > after ? before : after;
    if (larger > n - p.skip && larger > 0)
      return c.fail(Status::bad_value, "a padding is larger than what can be mirrored", larger, n - p.skip);
    if (n == 1 && larger == 0) continue;
    if (p.n_axes == MirrorPadParams::kMaxAxes)
      return c.fail(Status::unsupported, "too many dimensions", p.n_axes + 1, MirrorPadParams::kMaxAxes);
    p.axes[p.n_axes++] = {n, before, after};
  }
  // Dimensions at the end that are not padded move as one.
  for (; p.n_axes > 0; --p.n_axes) {
    const MirrorAxis& last = p.axes[p.n_axes - 1];
    if (last.before + last.after > 0) break;
    p.run_bytes *= last.n;
  }
  p.output_bytes = output.n_bytes;
  return c.run_with<eval>();
}

}  // namespace

const Op mirror_pad = {"MIRROR_PAD", 100, prepare};
const Op int8::mirror_pad = {"MIRROR_PAD", 100, prepare};
const Op int16::mirror_pad = {"MIRROR_PAD", 100, prepare};
const Op float32::mirror_pad = {"MIRROR_PAD", 100, prepare};

}  // namespace inkling::ops
