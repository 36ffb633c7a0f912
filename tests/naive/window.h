// Windows over pictures [batch, height, width, channels]: TFLite's rules of strides, dilation and padding.
#pragma once
#include "tests/naive/quantized.h"

namespace inkling::naive {

/// One axis of a window.
struct Axis {
  int32_t n_input, n_taps, stride, dilation;
  bool same;  ///< padding SAME, not VALID

  int32_t extent() const { return (n_taps - 1) * dilation + 1; }
  int32_t n_output() const {
    return same ? ceiling(n_input, stride) : ceiling(n_input - extent() + 1, stride);
  }
  int32_t pad() const { return std::max(0, (n_output() - 1) * stride + extent() - n_input) / 2; }
  /// Where tap `tap` of output `out` reads; may be outside.
  int32_t position(int32_t out, int32_t tap) const { return out * stride - pad() + tap * dilation; }
  bool inside(int32_t position) const { return position >= 0 && position < n_input; }

 private:
  static int32_t ceiling(int32_t a, int32_t b) { return (a + b - 1) / b; }
};

/// An axis with at least one output.
inline Axis draw_axis(Random& random, bool same, bool may_dilate) {
  Axis a;
  do {
    a = {random.integer(1, 9), random.integer(1, 4), random.integer(1, 3),
         may_dilate && random.one_in(3) ? random.integer(2, 3) : 1, same};
  } while (!same && a.extent() > a.n_input);
  return a;
}

/// Writes two axes into options with the schema's usual names.
inline void set_axes(Options& options, const Axis& rows, const Axis& columns, bool with_dilation) {
  options.set("padding", rows.same ? 0 : 1).set("stride_h", rows.stride).set("stride_w", columns.stride);
  if (with_dilation)
    options.set("dilation_h_factor", rows.dilation).set("dilation_w_factor", columns.dilation);
}

/// The axes of a case with filters of n_rows x n_columns taps.
inline Axis rows_of(const Case& c, int32_t n_taps, bool with_dilation) {
  return {c.inputs[0].dim(1), n_taps, static_cast<int32_t>(c.option("stride_h")),
          with_dilation ? static_cast<int32_t>(c.option("dilation_h_factor")) : 1, c.option("padding") == 0};
}
inline Axis columns_of(const Case& c, int32_t n_taps, bool with_dilation) {
  return {c.inputs[0].dim(2), n_taps, static_cast<int32_t>(c.option("stride_w")),
          with_dilation ? static_cast<int32_t>(c.option("dilation_w_factor")) : 1, c.option("padding") == 0};
}

/// Calls f(tap_y, tap_x, y, x) for every tap of output (out_y, out_x) that lies inside.
template <class F>
void for_each_tap(const Axis& rows, const Axis& columns, int32_t out_y, int32_t out_x, F f) {
  for (int32_t ky = 0; ky < rows.n_taps; ++ky)
    for (int32_t kx = 0; kx < columns.n_taps; ++kx) {
      const int32_t y = rows.position(out_y, ky), x = columns.position(out_x, kx);
      if (rows.inside(y) && columns.inside(x)) f(ky, kx, y, x);
    }
}

/// Calls f(index) for every index [batch, y, x, channel] of a tensor of rank 4.
template <class F>
void for_each_pixel(const Operand& t, F f) {
  for (int32_t b = 0; b < t.dim(0); ++b)
    for (int32_t y = 0; y < t.dim(1); ++y)
      for (int32_t x = 0; x < t.dim(2); ++x)
        for (int32_t c = 0; c < t.dim(3); ++c) f(b, y, x, c);
}

/// Pooling over random windows; `define` differs.
inline Case draw_pool(Random& random, Type type) {
  const bool same = random.one_in(2);
  const Axis rows = draw_axis(random, same, false), columns = draw_axis(random, same, false);
  const int32_t batches = random.integer(1, 2), channels = random.integer(1, 9);
  Case c;
  c.tolerance = 1e-5;
  const std::vector<int32_t> in = {batches, rows.n_input, columns.n_input, channels};
  c.inputs = {type == Type::float32 ? tensor(type, in) : quantized(random, type, in, draw_scale(random))};
  fill(random, c.inputs[0]);
  c.outputs = {c.inputs[0]};
  c.outputs[0].shape = {batches, rows.n_output(), columns.n_output(), channels};
  c.options = Options("Pool2DOptions");
  set_axes(c.options, rows, columns, false);
  c.options.set("filter_height", rows.n_taps).set("filter_width", columns.n_taps);
  c.options.set("fused_activation_function", draw_activation(random));
  return c;
}

/// The same in any type that averages and maxima have.
inline Case draw_pool(Random& random) {
  return draw_pool(random, random.one_of({Type::int8, Type::int8, Type::int16, Type::uint8, Type::float32}));
}

/// Sets every output to combine(the window's numbers), clamped by the activation.
template <class F>
void define_pool(Case& c, F combine) {
  Operand& out = c.outputs[0];
  const Axis rows = rows_of(c, static_cast<int32_t>(c.option("filter_height")), false);
  const Axis columns = columns_of(c, static_cast<int32_t>(c.option("filter_width")), false);
  const Bounds bounds = activation_bounds(c.option("fused_activation_function"), out);
  out.v.resize(static_cast<size_t>(out.size()));
  for_each_pixel(out, [&](int32_t b, int32_t y, int32_t x, int32_t channel) {
    std::vector<double> numbers;
    for_each_tap(rows, columns, y, x, [&](int32_t, int32_t, int32_t in_y, int32_t in_x) {
      numbers.push_back(c.inputs[0].at({b, in_y, in_x, channel}));
    });
    out.at({b, y, x, channel}) = clamp(combine(numbers), bounds.low, bounds.high);
  });
}

}  // namespace inkling::naive
