// DEPTHWISE_CONV_2D 3x3 on machines that have planes: four channels at a time are split into planes of int16
// pairs, each word two neighbouring lines at one position, and two lines of outputs are made of two lines of
// pairs. Positions run along the longer side of the output. Outside the input lies its zero point, whose
// share the bias takes back, so that padding costs nothing.
#pragma once
#include "inkling/core/op.h"
#include "inkling/kernels/layer.h"
#include "inkling/kernels/window.h"

namespace inkling {

/// One direction of a picture; steps are in elements.
struct PlaneAxis {
  int32_t n_inputs, n_outputs, pad, input_step, output_step, filter_step;
};

/// How a convolution lies in planes.
struct PlaneLayout {
  PlaneAxis lines, positions;
  int32_t stride, n_positions, n_passes;

  explicit PlaneLayout(const Window& w)
      : lines{w.input_height,
              w.output_height,
              w.pad_top,
              w.input_width * w.input_channels,
              w.output_width * w.input_channels,
              3 * w.input_channels},
        positions{w.input_width,    w.output_width,   w.pad_left,
                  w.input_channels, w.input_channels, w.input_channels},
        stride(w.stride_width) {
    if (lines.n_outputs > positions.n_outputs) {
      const PlaneAxis rows = lines;
      lines = positions;
      positions = rows;
    }
    // Positions are made in twos.
    const int32_t even = (positions.n_outputs + 1) & ~1;
    n_positions = stride == 1 ? even + 2 : 2 * even + 1;
    n_passes = stride == 1 ? (lines.n_outputs + 1) / 2 : lines.n_outputs;
  }

  /// Of four channels.
  int32_t planes_bytes() const { return 16 * plane_words(); }
  /// A line of pairs takes every second word. The next one lies a word further, so that the older line of the
  /// last pass may be overwritten and the younger one becomes the older.
  int32_t plane_words() const { return 2 * n_positions + n_passes + 1; }
};

/// Whether a convolution can be made in planes.
inline bool fits_planes(const Window& w, int32_t depth_multiplier) {
  const bool three = w.filter_height == 3 && w.filter_width == 3;
  const bool dense = w.dilation_height == 1 && w.dilation_width == 1 && w.stride_height == w.stride_width;
  return three && dense && w.stride_width <= 2 && depth_multiplier == 1 && w.input_channels >= 4;
}

/// In place of a stride that is known when the program is compiled.
constexpr int32_t kEitherStride = 0;

/// Four channels, from channel `c` on, with what `channels` says of these four, in scratch of planes_bytes.
template <class A, bool rectified, int32_t stride>
class PlaneGroup {
 public:
  PlaneGroup(const PlaneLayout& layout, int32_t zero_point, int32_t c, const PlaneChannel* channels,
             void* scratch)
      : layout_(layout),
        c_(c),
        zeros_{static_cast<int8_t>(zero_point), static_cast<int8_t>(zero_point),
               static_cast<int8_t>(zero_point), static_cast<int8_t>(zero_point)},
        channels_(channels),
        pairs_(static_cast<uint32_t*>(scratch)) {}

  void convolve(const int8_t* image, int8_t* output) const {
    const PlaneAxis& lines = layout_.lines;
    const int32_t actual_stride = stride == kEitherStride ? layout_.stride : stride;
    split(image, 0);
    for (int32_t i = 0; i < layout_.n_passes; ++i) {
      split(image, i + 1);
      const int32_t line = actual_stride == 1 ? 2 * i : i;
      const int32_t second = line + 1 < lines.n_outputs ? lines.output_step : 0;
      A::template multiply_planes<rectified>(
          {pairs_ + i, 4 * layout_.plane_words(), channels_, output + line * lines.output_step + c_,
           layout_.positions.output_step, second, layout_.positions.n_outputs},
          actual_stride);
    }
  }

 private:
  /// Input lines 2 i and 2 i + 1, counted from the padding's first one.
  void split(const int8_t* image, int32_t i) const {
    const PlaneAxis& positions = layout_.positions;
    const int8_t* from[2];
    int32_t step[2];
    for (int32_t k = 0; k < 2; ++k) {
      const int32_t line = 2 * i + k - layout_.lines.pad;
      const bool inside = line >= 0 && line < layout_.lines.n_inputs;
      from[k] = inside ? image + line * layout_.lines.input_step + c_ : zeros_;
      step[k] = inside ? positions.input_step : 0;
    }
    const int32_t room = layout_.n_positions - positions.pad;
    const int32_t n = positions.n_inputs < room ? positions.n_inputs : room;
    const int32_t plane_words = layout_.plane_words();
    uint32_t* to = pairs_ + i;
    A::split_planes(zeros_, 0, zeros_, 0, positions.pad, plane_words, to);
    to += 2 * positions.pad;
    A::split_planes(from[0], step[0], from[1], step[1], n, plane_words, to);
    A::split_planes(zeros_, 0, zeros_, 0, room - n, plane_words, to + 2 * n);
  }

  const PlaneLayout& layout_;
  int32_t c_;
  int8_t zeros_[4];
  const PlaneChannel* channels_;
  uint32_t* pairs_;
};

/// Four channels of a filter, from channel `c` on, as planes want them.
template <class A>
void complete_planes(const PlaneLayout& layout, int32_t zero_point, int32_t c, const int8_t* filter,
                     const Channel* channels, PlaneChannel* to) {
  const int32_t line = layout.lines.filter_step, position = layout.positions.filter_step;
  filter += c;
  for (int32_t i = 0; i < 2; ++i, filter += line)
    A::split_planes(filter, position, filter + line, position, 3, sizeof *to / 4, to->weights + i);
  for (int32_t i = 0; i < 4; ++i) A::complete(to + i, channels[c + i], zero_point);
}

/// All channels four at a time, the last of which may overlap those before; channels_at(c) gives the four
/// from channel `c` on.
template <class A, bool rectified, int32_t stride, class F>
void for_plane_groups(const PlaneLayout& layout, const Window& w, int32_t zero_point, const int8_t* input,
                      int8_t* output, void* scratch, F channels_at) {
  const int32_t last = w.input_channels - 4;
  for (int32_t i = 0; i < w.input_channels; i += 4) {
    const int32_t c = i < last ? i : last;
    const PlaneGroup<A, rectified, stride> group(layout, zero_point, c, channels_at(c), scratch);
    for (int32_t b = 0; b < w.batches; ++b)
      group.convolve(input + b * w.input_height * w.input_width * w.input_channels,
                     output + b * w.output_height * w.output_width * w.input_channels);
  }
}

/// Scratch of depthwise_planes.
inline int32_t depthwise_planes_scratch_bytes(const Window& w) {
  return 4 * static_cast<int32_t>(sizeof(PlaneChannel)) + PlaneLayout(w).planes_bytes();
}

/// Whether a layer's outputs may lie where its inputs lie. Planes hold the lines that are needed again;
/// machines without planes keep three rows in the same scratch.
inline bool fits_in_place(const Window& w, int32_t depth_multiplier) {
  const bool same = w.output_height == w.input_height && w.output_width == w.input_width;
  const bool small = fits_planes(w, depth_multiplier) && w.batches == 1 && w.input_channels % 4 == 0 &&
                     3 * w.input_width * w.input_channels <= depthwise_planes_scratch_bytes(w);
  return same && small && w.stride_width == 1 && w.pad_top == 1 && w.pad_left == 1;
}

/// A usual layer. Tensors as of depthwise.
template <class A>
void depthwise_planes(const Window& w, int32_t zero_point, const int8_t* input, const int8_t* filter,
                      const Channel* channels, int8_t* output, void* scratch) {
  const PlaneLayout layout(w);
  auto* four = static_cast<PlaneChannel*>(scratch);
  for_plane_groups<A, false, kEitherStride>(layout, w, zero_point, input, output, four + 4, [&](int32_t c) {
    complete_planes<A>(layout, zero_point, c, filter, channels, four);
    return four;
  });
}

/// What a layer in planes needs that has been packed.
struct PackedDepthwise {
  Window window;
  int32_t zero_point;  ///< of the input

  template <class V>
  static void visit(V&& v, const PackedDepthwise& p) {
    v("window", p.window);
    v("zero_point", p.zero_point);
  }
};

/// The Eval of such a layer: input and a PlaneChannel for each channel to output; scratch of planes_bytes.
template <class A, bool rectified, int32_t stride>
void eval_packed_depthwise(const void* params, const Io& io) {
  const auto& p = *static_cast<const PackedDepthwise*>(params);
  const auto* channels = io.in<PlaneChannel>(1);
  for_plane_groups<A, rectified, stride>(PlaneLayout(p.window), p.window, p.zero_point, io.in<int8_t>(0),
                                         io.out<int8_t>(0), io.scratch<void>(),
                                         [&](int32_t c) { return channels + c; });
}

}  // namespace inkling
