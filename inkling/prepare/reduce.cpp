// Axes to loops; the scaling of sums and means.
#include "inkling/prepare/reduce.h"

#include "inkling/prepare/indices.h"
#include "inkling/prepare/quantization.h"

namespace inkling {
namespace {

// Collects the loops of one kind from the innermost outwards.
struct Loops {
  ReduceAxis* axes;
  int32_t first = Reduction::kMaxAxes;  // the first loop that is used

  bool add(int32_t n, int32_t stride, bool merge) {
    if (merge) {
      axes[first].n *= n;
      return true;
    }
    if (first == 0) return false;
    axes[--first] = {n, stride};
    return true;
  }
};

// Bit `i` is set for each axis i that is reduced.
Status read_axes(Prepare& c, const Tensor& axes, int32_t rank, uint32_t* reduced) {
  Indices list;
  TRY(constant_indices(c, axes, &list));
  *reduced = 0;
  for (int32_t i = 0; i < list.size && rank > 0; ++i) {
    int32_t axis = 0;
    TRY(resolve_axis(c, list[i], rank, &axis));
    *reduced |= uint32_t{1} << axis;
  }
  return Status::ok;
}

// m * 2^shift / n for n in [2^shift, 2^(shift + 1)), rounded down, without a 64-bit division.
int32_t divide(int32_t m, int32_t shift, uint32_t n) {
  auto quotient = static_cast<uint32_t>(m) / n, rest = static_cast<uint32_t>(m) % n;
  for (; shift > 0; --shift) {
    rest <<= 1;
    const bool bit = rest >= n;
    if (bit) rest -= n;
    quotient = quotient << 1 | bit;
  }
  return static_cast<int32_t>(quotient);
}

}  // namespace

Status prepare_reduction(Prepare& c, Reduction* shape, int32_t* n_reduced) {
  const Tensor input = c.input(0), output = c.output(0);
  const int32_t rank = input.shape.size;
  uint32_t reduced = 0;
  TRY(read_axes(c, c.input(1), rank, &reduced));
  for (int32_t i = 0; i < Reduction::kMaxAxes; ++i) shape->kept[i] = shape->reduced[i] = {1, 0};
  Loops loops[] = {{shape->kept}, {shape->reduced}};
  // Counts may pass 2^31 when a dimension is 0; then only whether they are 0 matters.
  int64_t stride = 1, counts[] = {1, 1};
  int32_t last_kind = -1;
  for (int32_t i = rank - 1; i >= 0; --i) {
    const int32_t dim = input.shape[i], kind = reduced >> i & 1;
    if (dim == 1) continue;
    if (counts[kind] <= INT32_MAX) counts[kind] *= dim;
    if (input.n_elements == 0) continue;
    if (!loops[kind].add(dim, static_cast<int32_t>(stride), kind == last_kind))
      return c.fail(Status::unsupported, "reduced and kept dimensions alternate too often", rank,
                    2 * Reduction::kMaxAxes);
    last_kind = kind;
    stride *= dim;
  }
  if (counts[0] != output.n_elements)
    return c.fail(Status::bad_shape, "the output's size is not that of the kept dimensions",
                  output.n_elements, static_cast<int32_t>(counts[0] < INT32_MAX ? counts[0] : INT32_MAX));
  if (input.n_elements == 0) {  // each output is a reduction of nothing
    shape->kept[Reduction::kMaxAxes - 1].n = output.n_elements;
    shape->reduced[0].n = 0;
  }
  if (n_reduced) *n_reduced = input.n_elements == 0 ? 0 : static_cast<int32_t>(counts[1]);
  return Status::ok;
}

Status require_same_quantization(Prepare& c) {
  const Tensor input = c.input(0), output = c.output(0);
  if (output.type != input.type)
    return c.fail(Status::bad_type, "the output's type differs from the input's",
                  static_cast<int32_t>(output.type), static_cast<int32_t>(input.type));
  if (output.scale() != input.scale() || output.zero_point() != input.zero_point())
    return c.fail(Status::bad_value, "input and output differ in quantization", output.zero_point(),
                  input.zero_point());
  return Status::ok;
}

Status prepare_sum(Prepare& c, bool mean, FloatSumParams* p) {
  int32_t n = 0;
  TRY(prepare_reduction(c, &p->shape, &n));
  p->divisor = mean && n > 0 ? static_cast<float>(n) : 1.0f;
  return Status::ok;
}

// MEAN divides the multiplier by the number of values, which it first shifts left as far as it can.
Status prepare_sum(Prepare& c, bool mean, QuantizedSumParams* p) {
  const Tensor input = c.input(0), output = c.output(0);
  int32_t n = 0;
  TRY(prepare_reduction(c, &p->shape, &n));
  TRY(require_quantized(c, input));
  TRY(require_quantized(c, output));
  const Range range = range_of(output.type);
  p->low = range.low;
  p->high = range.high;
  if (n == 0) return Status::ok;  // the reference writes zeros then, whatever the zero point
  Multiplier m = multiplier(input.scale(), 1.0f, output.scale());
  if (mean) {
    int32_t shift = 31 - __builtin_clz(static_cast<uint32_t>(n));
    if (shift > 31 + m.shift) shift = 31 + m.shift;
    m = {divide(m.value, shift, static_cast<uint32_t>(n)), m.shift - shift};
  }
  p->zero_points = static_cast<int32_t>(static_cast<uint32_t>(input.zero_point()) * static_cast<uint32_t>(n));
  p->multiplier = m.value;
  p->shift = m.shift;
  p->output_zero_point = output.zero_point();
  return Status::ok;
}

}  // namespace inkling
