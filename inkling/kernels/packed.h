// int8 convolutions of packed weights (arch/packed.h), as compiled models call them: two pixels at a time,
// with nothing left to derive. A row of the filter reads neighbouring inputs, if there are few of them from a
// copy of some lines of the input with its padding. Leaves out layers with other than usual channels.
#pragma once
#include "inkling/core/op.h"
#include "inkling/kernels/convolution.h"
#include "inkling/kernels/fully_connected.h"
#include "inkling/kernels/svdf.h"

namespace inkling {

/// The lines of the input that two rows of outputs read, with their padding.
struct InputLines {
  int32_t bytes;  ///< of a line
  int32_t n;

  explicit InputLines(const Window& w)
      : bytes(((w.output_width - 1) * w.stride_width + w.filter_width) * w.input_channels),
        n(w.filter_height + w.stride_height) {}
  /// A row's last step may read beyond it.
  int32_t room() const { return bytes * n + kTileStep - 1; }
};

/// Whether pixels are read from such lines: where they are short, and a filter's row reads neighbours.
inline bool reads_lines(const Patches& p) {
  const Window& w = p.window;
  const bool dense = p.group_channels == w.input_channels && w.dilation_width == 1 && w.dilation_height == 1;
  return dense && !p.pointwise && w.input_channels <= 4 && InputLines(w).room() <= 2048;
}

/// Bytes of a tile's inputs. Those of a row that is read from lines are filled up to whole steps, whose
/// weights are 0.
inline int32_t packed_tile_bytes(const Patches& p) {
  const Window& w = p.window;
  return reads_lines(p) ? w.filter_height * tile_bytes(w.filter_width * p.group_channels)
                        : tile_bytes(depth_of(p));
}

/// Scratch of convolve_packed: a tile, and lines or a patch.
inline int32_t convolve_packed_scratch_bytes(const Patches& p) {
  return packed_tile_bytes(p) + (reads_lines(p) ? InputLines(p.window).room() : patch_elements(p));
}

/// Fills a tile if both pixels read whole steps that lie inside the input. Says whether they do.
template <class A>
bool fill_inner_tile(const Patches& p, const Pixel& first, const Pixel& second, void* inputs) {
  const Window& w = p.window;
  const int32_t row = w.filter_width * p.group_channels;
  if (p.group_channels != w.input_channels || w.dilation_width != 1 || row % kTileStep != 0) return false;
  if (!is_inside(w, first) || !is_inside(w, second)) return false;
  const int32_t line = w.input_width * w.input_channels;
  const auto origin = [&](const Pixel& at) {
    return at.image + (at.y * w.stride_height - w.pad_top) * line +
           (at.x * w.stride_width - w.pad_left) * w.input_channels;
  };
  A::widen_pair(origin(first), origin(second), w.dilation_height * line, w.filter_height, row, p.zero_point,
                inputs);
  return true;
}

/// Copies the lines that outputs from row `y` on read; outside is the zero point.
template <class A>
void copy_lines(const Patches& p, const int8_t* image, int32_t y, int8_t* to) {
  const Window& w = p.window;
  const InputLines lines(w);
  const int32_t line = w.input_width * w.input_channels, before = w.pad_left * w.input_channels;
  const int32_t room = lines.bytes - before, n = line < room ? line : room;
  for (int32_t k = 0; k < lines.n; ++k, to += lines.bytes) {
    const int32_t from = y * w.stride_height - w.pad_top + k;
    const bool inside = from >= 0 && from < w.input_height;
    if (!inside || n != lines.bytes) fill_bytes(to, static_cast<uint8_t>(p.zero_point), lines.bytes);
    if (inside) A::copy(to + before, image + from * line, n);
  }
}

/// Goes through the output pixels two at a time, each from the lines that it reads; multiply as of
/// for_flat_pairs.
template <class A, class Multiply>
void for_pixel_pairs_of_lines(const Patches& p, const int8_t* image, int8_t* output, void* inputs,
                              int8_t* copy, Multiply multiply) {
  const Window& w = p.window;
  const InputLines lines(w);
  const int32_t step = w.stride_width * w.input_channels, row_end = w.output_width * step;
  const int32_t depth = (w.filter_width * w.input_channels + kTileStep - 1) & -kTileStep;
  for (int32_t b = 0; b < w.batches; ++b, image += w.input_height * w.input_width * w.input_channels) {
    for (int32_t y = 0; y < w.output_height; y += 2) {
      copy_lines<A>(p, image, y, copy);
      const int8_t *row = copy, *from = copy;
      const auto take = [&] {
        const int8_t* taken = from;
        if ((from += step) == row + row_end) from = row = copy + w.stride_height * lines.bytes;
        return taken;
      };
      for (int32_t n = (y + 1 < w.output_height ? 2 : 1) * w.output_width; n > 0; n -= 2) {
        const int8_t *first = take(), *second = n > 1 ? take() : first;
        A::widen_pair(first, second, lines.bytes, w.filter_height, depth, p.zero_point, inputs);
        int8_t* const second_output = n > 1 ? output + w.output_channels : output;
        multiply(0, output, second_output);
        output = second_output + w.output_channels;
      }
    }
  }
}

/// How a layer's pixels get their inputs.
enum class PixelSource : uint8_t { flat, lines, patches };
inline PixelSource source_of(const Patches& p) {
  return is_flat(p) ? PixelSource::flat : reads_lines(p) ? PixelSource::lines : PixelSource::patches;
}

/// input [b, ih, iw, ic], stream as of PackedTile for each group, output [b, oh, ow, oc]; scratch of
/// convolve_packed_scratch_bytes.
template <class A, bool rectified, PixelSource source>
void convolve_packed(const Patches& p, const int8_t* input, const int32_t* stream, int8_t* output,
                     void* scratch) {
  auto* inputs = static_cast<int8_t*>(scratch);
  const int32_t n_bytes = packed_tile_bytes(p);
  int8_t* const inputs_end = inputs + n_bytes;
  const int32_t group_outputs = p.window.output_channels / (p.window.input_channels / p.group_channels);
  const int32_t group_words = (group_outputs + 3) / 4 * packed_words(n_bytes / tile_bytes(1));
  const auto multiply = [&](int32_t g, int8_t* first, int8_t* second) {
    A::template multiply_packed<rectified>(
        {inputs, inputs_end, stream + g * group_words, group_outputs, {first, second}});
  };
  if constexpr (source == PixelSource::flat)
    for_flat_pairs<A>(p, input, output, inputs, multiply);
  else if constexpr (source == PixelSource::lines)
    for_pixel_pairs_of_lines<A>(p, input, output, inputs, inputs_end, multiply);
  else
    for_pixel_pairs<A>(
        p, input, output,
        [&](const Pixel& first, const Pixel& second, int32_t g) {
          if (fill_inner_tile<A>(p, first, second, inputs)) return;
          fill_tile<A>(p, first, g, 0, inputs, inputs_end);
          fill_tile<A>(p, second, g, 1, inputs, inputs_end);
        },
        multiply);
}

/// The Eval of a packed convolution: input and stream to output.
template <class A, bool rectified, PixelSource source>
void eval_packed_convolution(const void* params, const Io& io) {
  convolve_packed<A, rectified, source>(*static_cast<const Patches*>(params), io.in<int8_t>(0),
                                        io.in<int32_t>(1), io.out<int8_t>(0), io.scratch<void>());
}

/// Bytes of scratch of multiply_packed_matrix: a copy of an input that is no multiple of a step.
inline int32_t packed_matrix_scratch_bytes(const MatrixShape& s) {
  return s.depth % kTileStep == 0 ? 0 : (s.depth + kTileStep - 1) & -kTileStep;
}

/// input [batches, depth], stream as of PackedRows, output [batches, rows].
template <class A, bool rectified>
void multiply_packed_matrix(const MatrixShape& s, const int8_t* input, const int32_t* stream, int8_t* output,
                            int8_t* scratch) {
  const int32_t n_copied = packed_matrix_scratch_bytes(s), depth = n_copied != 0 ? n_copied : s.depth;
  for (int32_t b = s.batches; b > 0; --b, input += s.depth, output += s.rows) {
    const int8_t* x = input;
    if (n_copied != 0) {
      fill_bytes(scratch + n_copied - kTileStep, 0, kTileStep);
      copy_bytes(scratch, input, s.depth);
      x = scratch;
    }
    A::template multiply_packed_rows<rectified>({x, x + depth, stream, s.rows, output});
  }
}

/// The Eval of a packed matrix product: input and stream to output.
template <class A, bool rectified>
void eval_packed_matrix(const void* params, const Io& io) {
  multiply_packed_matrix<A, rectified>(*static_cast<const MatrixShape*>(params), io.in<int8_t>(0),
                                       io.in<int32_t>(1), io.out<int8_t>(0), io.scratch<int8_t>());
}

/// The Eval of an SVDF of int8 states whose feature weights are packed: input, stream,
/// time weights, bias and state to output. Scratch: the newest states, and what multiply_packed_matrix needs.
template <class A>
void eval_packed_svdf(const void* params, const Io& io) {
  const auto& p = *static_cast<const SvdfParams*>(params);
  const SvdfShape& s = p.shape;
  auto* newest = io.scratch<int8_t>();
  for (int32_t b = 0; b < s.batches; ++b) {
    multiply_packed_matrix<A, false>({1, s.inputs, s.filters}, io.in<int8_t>(0) + b * s.inputs,
                                     io.in<int32_t>(1), newest, newest + s.filters);
    weigh_units<A>(p, io.in<int8_t>(2), io.in<int32_t>(3), io.state<int8_t>(4) + b * s.filters * s.memory,
                   io.out<int8_t>(0) + b * (s.filters / s.rank),
                   [&](int32_t f) { return static_cast<int8_t>(newest[f] + p.state_zero_point); });
  }
}

}  // namespace inkling
