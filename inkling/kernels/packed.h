// int8 convolutions of packed weights (arch/packed.h), as compiled models call them: two pixels at a time,
// with nothing left to derive. Leaves out other layers than those whose channels are usual.
#pragma once
#include "inkling/core/op.h"
#include "inkling/kernels/convolution.h"

namespace inkling {

/// Elements of a filter's row that make no whole step, if all rows' such elements are put together in front
/// of the rest, which costs less than reading byte by byte: where a row's taps lie together in the input.
inline int32_t loose_elements(const Patches& p) {
  const bool dense = p.group_channels == p.window.input_channels && p.window.dilation_width == 1;
  return dense && p.window.filter_height > 1 ? p.window.filter_width * p.group_channels % kTileStep : 0;
}

/// Bytes of a tile's inputs.
inline int32_t packed_tile_bytes(const Patches& p) {
  const int32_t loose = loose_elements(p), height = p.window.filter_height;
  return tile_bytes(height * loose) + tile_bytes(depth_of(p) - height * loose);
}

/// Scratch of convolve_packed: a tile, the patch, and its loose elements.
inline int32_t convolve_packed_scratch_bytes(const Patches& p) {
  return packed_tile_bytes(p) + patch_elements(p) + p.window.filter_height * loose_elements(p);
}

/// Puts a pixel's inputs into place `i` of a tile with the loose elements of all rows in front.
template <class A>
void fill_loose_tile(const Patches& p, const Pixel& at, int32_t i, int8_t* inputs, int8_t* patch) {
  const Window& w = p.window;
  const int32_t n = w.filter_width * p.group_channels, loose = loose_elements(p);
  const int8_t* from = patch;
  int32_t step = n;
  if (is_inside(w, at)) {
    step = w.input_width * w.input_channels;
    from = at.image + (at.y * w.stride_height - w.pad_top) * step +
           (at.x * w.stride_width - w.pad_left) * w.input_channels;
    step *= w.dilation_height;
  } else {
    inputs_of_pixel<A>(p, at.image, at.y, at.x, 0, patch);
  }
  int8_t* to = patch + depth_of(p);
  const int8_t* row = from;
  for (int32_t ky = 0; ky < w.filter_height; ++ky, row += step)
    for (int32_t k = 0; k < loose; ++k) *to++ = row[k];
  const int32_t n_loose = w.filter_height * loose;
  A::widen(to - n_loose, 0, 1, n_loose, p.zero_point, i, inputs);
  A::widen(from + loose, step, w.filter_height, n - loose, p.zero_point, i, inputs + tile_bytes(n_loose));
}

/// input [b, ih, iw, ic], stream as of PackedTile for each group, output [b, oh, ow, oc]; scratch of
/// convolve_packed_scratch_bytes.
template <class A, bool rectified>
void convolve_packed(const Patches& p, const int8_t* input, const int32_t* stream, int8_t* output,
                     void* scratch) {
  auto* inputs = static_cast<int8_t*>(scratch);
  int8_t* const inputs_end = inputs + packed_tile_bytes(p);
  const int32_t group_outputs = p.window.output_channels / (p.window.input_channels / p.group_channels);
  const int32_t group_words =
      (group_outputs + 3) / 4 * packed_words(static_cast<int32_t>(inputs_end - inputs) / tile_bytes(1));
  const bool loose = loose_elements(p) != 0;
  for_pixel_pairs<A>(
      p, input, output, inputs,
      [&](const Pixel& at, int32_t g, int32_t pixel) {
        loose ? fill_loose_tile<A>(p, at, pixel, inputs, inputs_end)
              : fill_tile<A>(p, at, g, pixel, inputs, inputs_end);
      },
      [&](int32_t g, int8_t* first, int8_t* second) {
        A::template multiply_packed<rectified>(
            {inputs, inputs_end, stream + g * group_words, group_outputs, {first, second}});
      });
}

/// The Eval of a packed convolution: input and stream to output.
template <class A, bool rectified>
void eval_packed_convolution(const void* params, const Io& io) {
  convolve_packed<A, rectified>(*static_cast<const Patches*>(params), io.in<int8_t>(0), io.in<int32_t>(1),
                                io.out<int8_t>(0), io.scratch<void>());
}

}  // namespace inkling
