// RESIZE_NEAREST_NEIGHBOR and RESIZE_BILINEAR over [batch, height, width, channels]. What holds for all
// pixels of a column is computed once into scratch. Positions beyond the edges are taken at the edges.
#pragma once
#include "inkling/core/multiplier.h"
#include "inkling/kernels/strided_copy.h"

namespace inkling {

struct ResizeParams {
  int32_t batches, input_height, input_width, output_height, output_width, channels;
  int32_t element_bytes;
  bool align_corners, half_pixel_centers;

  template <class V>
  static void visit(V&& v, const ResizeParams& p) {
    v("batches", p.batches);
    v("input_height", p.input_height);
    v("input_width", p.input_width);
    v("output_height", p.output_height);
    v("output_width", p.output_width);
    v("channels", p.channels);
    v("element_bytes", p.element_bytes);
    v("align_corners", p.align_corners);
    v("half_pixel_centers", p.half_pixel_centers);
  }
};

/// One axis of a resize.
struct ResizeAxis {
  int32_t n_input, n_output;
  bool align_corners, half_pixel_centers;
  bool corners() const { return align_corners && n_output > 1; }
  int32_t inside(int32_t i) const { return i < 0 ? 0 : i < n_input ? i : n_input - 1; }
};
inline ResizeAxis rows_of(const ResizeParams& p) {
  return {p.input_height, p.output_height, p.align_corners, p.half_pixel_centers};
}
inline ResizeAxis columns_of(const ResizeParams& p) {
  return {p.input_width, p.output_width, p.align_corners, p.half_pixel_centers};
}

/// Inputs per output, from corner to corner or from edge to edge.
inline float scale_of(const ResizeAxis& a) {
  return a.corners() ? static_cast<float>(a.n_input - 1) / static_cast<float>(a.n_output - 1)
                     : static_cast<float>(a.n_input) / static_cast<float>(a.n_output);
}

/// The input nearest to output `i`.
inline int32_t nearest(const ResizeAxis& a, int32_t i) {
  const float at = (static_cast<float>(i) + (a.half_pixel_centers ? 0.5f : 0.0f)) * scale_of(a);
  return a.inside(a.align_corners ? round_half_away(at) : static_cast<int32_t>(at));
}

/// `columns`: scratch of output_width int32. Rows that repeat the row above are copied from there.
inline void nearest_neighbor(const ResizeParams& p, const void* input, void* output, int32_t* columns) {
  const ResizeAxis rows = rows_of(p), across = columns_of(p);
  const int32_t pixel = p.channels * p.element_bytes, input_row = p.input_width * pixel;
  const int32_t output_row = p.output_width * pixel;
  const auto* image = static_cast<const uint8_t*>(input);
  auto* to = static_cast<uint8_t*>(output);
  for (int32_t x = 0; x < p.output_width; ++x) columns[x] = nearest(across, x) * pixel;
  for (int32_t b = 0; b < p.batches; ++b, image += p.input_height * input_row) {
    int32_t above = -1;
    for (int32_t y = 0; y < p.output_height; ++y, to += output_row) {
      const int32_t row = nearest(rows, y);
      if (row == above) {
        copy_bytes(to, to - output_row, output_row);
        continue;
      }
      above = row;
      for (int32_t x = 0; x < p.output_width; ++x)
        copy_runs({1, 0, 0}, pixel, image + row * input_row + columns[x], to + x * pixel);
    }
  }
}

/// The two inputs around an output and how far it lies from the first towards the second: in units of 1 for
/// floats, of 1/1024 for integers.
template <class Fraction>
struct Tap {
  int32_t low, high;
  Fraction fraction;
};

inline void place_tap(const ResizeAxis& a, int32_t i, Tap<float>* tap) {
  const auto position = static_cast<float>(i);
  const float at = a.half_pixel_centers ? (position + 0.5f) * scale_of(a) - 0.5f : position * scale_of(a);
  const auto whole = static_cast<int32_t>(at);
  const int32_t floor = whole - (at < static_cast<float>(whole)),
                ceil = whole + (at > static_cast<float>(whole));
  *tap = {a.inside(floor), a.inside(ceil), at - static_cast<float>(a.inside(floor))};
}

inline void place_tap(const ResizeAxis& a, int32_t i, Tap<int32_t>* tap) {
  const int32_t n_input = a.n_input - a.corners(), n_output = a.n_output - a.corners();
  const int32_t scale = (1024 * n_input + n_output / 2) / n_output;
  const int32_t at = a.half_pixel_centers ? i * scale + scale / 2 - 512 : i * scale;
  const int32_t low = a.inside(at / 1024), high = a.inside((at + 1023) / 1024);
  *tap = {low, high, low == high ? 0 : at - 1024 * low};
}

/// Mixes the four values around an output, summed in the reference's order.
inline float blend(float low_low, float high_low, float low_high, float high_high, float dy, float dx) {
  return low_low * (1.0f - dy) * (1.0f - dx) + high_low * dy * (1.0f - dx) + low_high * (1.0f - dy) * dx +
         high_high * dy * dx + 0.0f;
}
/// Rounds to nearest, halves away from zero. |values| <= 128 and |weights| <= 1536 keep the sum within 31
/// bits.
inline int32_t blend(int32_t low_low, int32_t high_low, int32_t low_high, int32_t high_high, int32_t dy,
                     int32_t dx) {
  const int32_t sum = low_low * (1024 - dy) * (1024 - dx) + high_low * dy * (1024 - dx) +
                      low_high * (1024 - dy) * dx + high_high * dy * dx;
  return (sum + (sum > 0 ? 1 << 19 : -(1 << 19))) / (1 << 20);
}

/// `columns`: scratch of output_width taps.
template <class Fraction, class T>
void bilinear(const ResizeParams& p, const T* image, T* output, Tap<Fraction>* columns) {
  const ResizeAxis rows = rows_of(p), across = columns_of(p);
  const int32_t n = p.channels, row = p.input_width * n;
  for (int32_t x = 0; x < p.output_width; ++x) place_tap(across, x, columns + x);
  for (int32_t b = 0; b < p.batches; ++b, image += p.input_height * row) {
    for (int32_t y = 0; y < p.output_height; ++y) {
      Tap<Fraction> v;
      place_tap(rows, y, &v);
      const T *low = image + v.low * row, *high = image + v.high * row;
      for (int32_t x = 0; x < p.output_width; ++x) {
        const Tap<Fraction>& h = columns[x];
        const int32_t left = h.low * n, right = h.high * n;
        for (int32_t c = 0; c < n; ++c)
          *output++ = static_cast<T>(blend(Fraction{low[left + c]}, Fraction{high[left + c]},
                                           Fraction{low[right + c]}, Fraction{high[right + c]}, v.fraction,
                                           h.fraction));
      }
    }
  }
}

}  // namespace inkling
