// Window: the geometry that convolutions and pooling share. Tensors are [batch, height, width, channels].
#pragma once
#include <stdint.h>

namespace inkling {

struct Window {
  int32_t batches;
  int32_t input_height, input_width, input_channels;
  int32_t output_height, output_width, output_channels;
  int16_t filter_height, filter_width;
  int16_t stride_height, stride_width;
  int16_t dilation_height, dilation_width;
  int16_t pad_top, pad_left;

  template <class V>
  static void visit(V&& v, const Window& w) {
    v("batches", w.batches);
    v("input_height", w.input_height);
    v("input_width", w.input_width);
    v("input_channels", w.input_channels);
    v("output_height", w.output_height);
    v("output_width", w.output_width);
    v("output_channels", w.output_channels);
    v("filter_height", w.filter_height);
    v("filter_width", w.filter_width);
    v("stride_height", w.stride_height);
    v("stride_width", w.stride_width);
    v("dilation_height", w.dilation_height);
    v("dilation_width", w.dilation_width);
    v("pad_top", w.pad_top);
    v("pad_left", w.pad_left);
  }
};

/// How an output may overlap the input that it is made of (Prepare::share): the bytes by which it must start
/// in front of it, for kernels that make output pixels in order and read nothing in front of a pixel's window
/// any more when they write the third pixel behind it. Elements have `element_bytes`.
///
/// With the pixels of row y the output is written up to (y + 1) rows and three pixels; the next windows start
/// in the input's row y * stride - pad. Both grow evenly, so that the first or the last row needs most.
inline int32_t window_lead(const Window& w, int32_t element_bytes) {
  // Sums are wide: without a column the output is empty, however many channels it has.
  const int64_t pixel = int64_t{w.output_channels} * element_bytes, row = w.output_width * pixel;
  const auto n_bytes = static_cast<int32_t>(row * w.output_height * w.batches);
  if (w.batches != 1 || w.pad_top >= w.input_height || w.output_height < 1) return n_bytes;
  const int64_t input_row = int64_t{w.input_width} * w.input_channels * element_bytes;
  const int64_t first = row + w.pad_top * input_row;
  const int64_t last = n_bytes - ((w.output_height - 1) * int64_t{w.stride_height} - w.pad_top) * input_row;
  const int64_t lead = (first > last ? first : last) + 3 * pixel;
  return lead < n_bytes ? static_cast<int32_t>(lead) : n_bytes;
}

/// The taps of one axis that lie inside the input: first and one past the last tap, and the input position of
/// tap 0.
struct Taps {
  int32_t first, end, origin;
};

/// Taps of output position `out` along an axis with `n_taps`, spaced by `dilation`, over `n_input` positions.
inline Taps taps_inside(int32_t out, int32_t stride, int32_t pad, int32_t n_taps, int32_t dilation,
                        int32_t n_input) {
  const int32_t origin = out * stride - pad;
  int32_t first = 0, end = n_taps;
  if (origin < 0) first = dilation == 1 ? -origin : (-origin + dilation - 1) / dilation;
  const int32_t room = n_input - origin;  // positions from the origin to the input's end
  if (room < (n_taps - 1) * dilation + 1)
    end = room <= 0 ? 0 : dilation == 1 ? room : (room + dilation - 1) / dilation;
  if (end < first) end = first;
  return {first, end, origin};
}

inline Taps rows_inside(const Window& w, int32_t y) {
  return taps_inside(y, w.stride_height, w.pad_top, w.filter_height, w.dilation_height, w.input_height);
}
inline Taps columns_inside(const Window& w, int32_t x) {
  return taps_inside(x, w.stride_width, w.pad_left, w.filter_width, w.dilation_width, w.input_width);
}

}  // namespace inkling
