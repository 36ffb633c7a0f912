// CONV_2D. int8: each output pixel's inputs are gathered into a patch in the filter's order (out of bounds
// taps hold the zero point and add nothing), then dotted with the filters' rows, four at a time. Pointwise
// filters read their pixel in place. Leaves out other types
// (convolution_plain.h).
#pragma once
#include "inkling/kernels/int4.h"
#include "inkling/kernels/layer.h"
#include "inkling/kernels/window.h"

namespace inkling {

/// What the output pixels read.
struct Patches {
  Window window;
  int32_t group_channels;  ///< input channels of a group, the filter's depth
  int16_t zero_point;      ///< of the input
  bool pointwise;          ///< 1x1 without padding or groups: no patch needed

  template <class V>
  static void visit(V&& v, const Patches& p) {
    v("window", p.window);
    v("group_channels", p.group_channels);
    v("zero_point", p.zero_point);
    v("pointwise", p.pointwise);
  }
};

struct Conv2dParams {
  Patches patches;
  LayerParams layer;
  bool tiles;  ///< a row of the filter may be read from shortly in front of it

  template <class V>
  static void visit(V&& v, const Conv2dParams& p) {
    v("patches", p.patches);
    v("layer", p.layer);
    v("tiles", p.tiles);
  }
};

inline int32_t depth_of(const Patches& p) {
  return p.window.filter_height * p.window.filter_width * p.group_channels;
}
inline int32_t patch_elements(const Patches& p) {
  return p.pointwise ? 0 : depth_of(p);
}
inline int32_t channels_bytes(const Window& w) {
  return w.output_channels * static_cast<int32_t>(sizeof(Channel));
}

/// Scratch of convolve, on all machines: the channels, a tile, and the patch.
inline int32_t convolve_scratch_bytes(const Patches& p) {
  return channels_bytes(p.window) + tile_bytes(depth_of(p)) + patch_elements(p);
}

/// Gathers what group `g` of output pixel (y, x) reads, in the filter's order: sink.take(from, step, n_rows,
/// n) for rows of n neighbouring inputs, sink.skip(n) for inputs outside.
template <class Sink>
void gather(const Patches& p, const int8_t* image, int32_t y, int32_t x, int32_t g, Sink sink) {
  const Window& w = p.window;
  const int32_t n_channels = p.group_channels;
  const int32_t line = w.input_width * w.input_channels, step = w.dilation_height * line;
  const int32_t row_origin = y * w.stride_height - w.pad_top, column_origin = x * w.stride_width - w.pad_left;
  const int8_t* row = image + g * n_channels + column_origin * w.input_channels + row_origin * line;
  const bool dense = w.dilation_width == 1 && n_channels == w.input_channels;
  if (dense && row_origin >= 0 && row_origin + (w.filter_height - 1) * w.dilation_height < w.input_height &&
      column_origin >= 0 && column_origin + w.filter_width <= w.input_width)
    return sink.take(row, step, w.filter_height, w.filter_width * n_channels);
  const Taps rows = rows_inside(w, y), columns = columns_inside(w, x);
  const int32_t taps = dense ? columns.end - columns.first : 1;  // that lie together
  for (int32_t ky = 0; ky < w.filter_height; ++ky, row += step) {
    const bool inside = ky >= rows.first && ky < rows.end;
    const int32_t first = inside ? columns.first : w.filter_width, end = inside ? columns.end : first;
    sink.skip(first * n_channels);
    for (int32_t kx = first; kx < end; kx += taps)
      sink.take(row + kx * w.dilation_width * w.input_channels, 0, 1, taps * n_channels);
    sink.skip((w.filter_width - end) * n_channels);
  }
}

/// Gathers bytes; outside is the zero point.
template <class A>
struct PatchSink {
  int8_t* to;
  int8_t zero_point;

  void take(const int8_t* from, int32_t step, int32_t n_rows, int32_t n) {
    for (; n_rows > 0; --n_rows, from += step, to += n) A::copy(to, from, n);
  }
  void skip(int32_t n) {
    for (const int8_t* end = to + n; to != end;) *to++ = zero_point;
  }
};

/// What group `g` of output pixel (y, x) reads, in the filter's order: gathered into `patch`, or in place.
template <class A>
const int8_t* inputs_of_pixel(const Patches& p, const int8_t* image, int32_t y, int32_t x, int32_t g,
                              int8_t* patch) {
  const Window& w = p.window;
  if (p.pointwise)
    return image + (y * w.stride_height * w.input_width + x * w.stride_width) * w.input_channels;
  gather(p, image, y, x, g, PatchSink<A>{patch, static_cast<int8_t>(p.zero_point)});
  return patch;
}

/// One pixel: n outputs from the patch x and n filter rows of `depth` elements.
template <class A>
void convolve_pixel(const LayerParams& p, bool usual, const int8_t* x, const int8_t* filter,
                    const Channel* channels, int32_t depth, int32_t n, int8_t* output) {
  const int32_t zero_point = p.input_zero_point;
  for (; n > 0; n -= 4, filter += 4 * depth) {
    Sums sums;
    if (n >= 4) {
      sums = A::dot_rows(x, zero_point, filter, depth, depth);
    } else {
      for (int32_t i = 0; i < n; ++i) sums.v[i] = A::dot(x, zero_point, filter + i * depth, depth);
    }
    for (int32_t i = 0; i < 4 && i < n; ++i, ++channels)
      *output++ = finish<A>(usual, p, *channels, sums.v[i]);
  }
}

/// Where an output pixel's image starts, and its position there.
struct Pixel {
  const int8_t* image;
  int32_t y, x;

  void advance(const Window& w) {
    if (++x < w.output_width) return;
    x = 0;
    if (++y < w.output_height) return;
    y = 0;
    image += w.input_height * w.input_width * w.input_channels;
  }
};

/// A convolution pixel by pixel, for any layer. Tensors as of convolve.
template <class A>
void convolve_pixels(const Conv2dParams& p, bool usual, const int8_t* input, const int8_t* filter,
                     const Channel* channels, int8_t* output, int8_t* patch) {
  const Window& w = p.patches.window;
  const int32_t depth = depth_of(p.patches), n_groups = w.input_channels / p.patches.group_channels;
  const int32_t group_outputs = w.output_channels / n_groups;
  Pixel at = {input, 0, 0};
  for (int32_t n = w.batches * w.output_height * w.output_width; n > 0; --n, at.advance(w))
    for (int32_t g = 0; g < n_groups; ++g, output += group_outputs)
      convolve_pixel<A>(p.layer, usual, inputs_of_pixel<A>(p.patches, at.image, at.y, at.x, g, patch),
                        filter + g * group_outputs * depth, channels + g * group_outputs, depth,
                        group_outputs, output);
}

/// Multiplies a tile whose number of channels may be odd: of the last one alone, no second row is read.
template <class A>
void multiply_tile(const Tile& tile) {
  const int32_t n = tile.n_channels;
  if (n % 2 == 0) return A::multiply_tile(tile);
  Tile part = tile;
  part.n_channels = n - 1;
  if (n > 1) A::multiply_tile(part);
  part.n_channels = 1;
  part.weights += (n - 1) * part.stride;
  part.stride = 0;
  part.channels += n - 1;
  part.out[0] += n - 1;
  part.out[1] += n - 1;
  A::multiply_tile(part);
}

/// Gathers whole steps straight into a tile, where outside is 0.
template <class A>
struct TileSink {
  int8_t* to;
  int32_t pixel;
  int32_t zero_point;

  void take(const int8_t* from, int32_t step, int32_t n_rows, int32_t n) {
    A::widen(from, step, n_rows, n, zero_point, pixel, to);
    to += n_rows * tile_bytes(n);
  }
  void skip(int32_t n) {
    A::clear(n, zero_point, pixel, to);
    to += tile_bytes(n);
  }
};

/// Whether all taps of a pixel lie inside the input.
inline bool is_inside(const Window& w, const Pixel& at) {
  const Taps rows = rows_inside(w, at.y), columns = columns_inside(w, at.x);
  return rows.end - rows.first == w.filter_height && columns.end - columns.first == w.filter_width;
}

/// Puts what group `g` of a pixel reads into place `i` of a tile.
template <class A>
void fill_tile(const Patches& p, const Pixel& at, int32_t g, int32_t i, void* inputs, int8_t* patch) {
  const int32_t row = p.group_channels * p.window.filter_width;
  const bool dense = p.group_channels == p.window.input_channels && p.window.dilation_width == 1;
  const bool steps =
      p.group_channels % kTileStep == 0 || (row % kTileStep == 0 && dense && is_inside(p.window, at));
  if (!p.pointwise && steps)
    gather(p, at.image, at.y, at.x, g, TileSink<A>{static_cast<int8_t*>(inputs), i, p.zero_point});
  else
    A::widen(inputs_of_pixel<A>(p, at.image, at.y, at.x, g, patch), 0, 1, depth_of(p), p.zero_point, i,
             inputs);
}

/// Whether each output pixel reads the one input pixel at its own place.
inline bool is_flat(const Patches& p) {
  const Window& w = p.window;
  return p.pointwise && w.stride_height == 1 && w.stride_width == 1 && w.output_height == w.input_height &&
         w.output_width == w.input_width;
}

/// How a flat layer's outputs may overlap its inputs, as window_lead says of others: each pixel is read
/// before the next one is written.
inline int32_t flat_lead(const Window& w, int32_t element_bytes) {
  const int32_t n_pixels = w.batches * w.output_height * w.output_width;
  const int32_t growth = w.output_channels > w.input_channels ? w.output_channels - w.input_channels : 0;
  return n_pixels < 1 ? 0 : (w.output_channels + (n_pixels - 1) * growth) * element_bytes;
}

/// Goes through the output pixels of a flat layer two at a time; of an odd number the last one counts twice.
/// Their inputs are widened into `inputs`, then multiply(0, first, second) makes the outputs from there on.
template <class A, class Multiply>
void for_flat_pairs(const Patches& p, const int8_t* input, int8_t* output, void* inputs, Multiply multiply) {
  const Window& w = p.window;
  const int32_t depth = w.input_channels;
  for (int32_t n = w.batches * w.output_height * w.output_width; n > 0; n -= 2) {
    const bool two = n > 1;
    const int8_t* const next = two ? input + depth : input;
    int8_t* const second = two ? output + w.output_channels : output;
    A::widen_pair(input, next, 0, 1, depth, p.zero_point, inputs);
    multiply(0, output, second);
    input = next + depth;
    output = second + w.output_channels;
  }
}

/// The same for any layer, group by group: fill(first, second, g) widens what group `g` of two pixels reads,
/// then multiply(g, first, second) makes the outputs.
template <class A, class Fill, class Multiply>
void for_pixel_pairs(const Patches& p, const int8_t* input, int8_t* output, Fill fill, Multiply multiply) {
  const Window& w = p.window;
  const int32_t n_groups = w.input_channels / p.group_channels;
  const int32_t group_outputs = w.output_channels / n_groups;
  Pixel at = {input, 0, 0};
  for (int32_t n = w.batches * w.output_height * w.output_width; n > 0; n -= 2) {
    int8_t* const second = n > 1 ? output + w.output_channels : output;
    Pixel next = at;
    if (n > 1) next.advance(w);
    for (int32_t g = 0, o = 0; g < n_groups; ++g, o += group_outputs) {
      fill(at, next, g);
      multiply(g, output + o, second + o);
    }
    at = next;
    at.advance(w);
    output = second + w.output_channels;
  }
}

/// Takes the zero point's share of all sums out of the channels' biases.
template <class A>
void fold_zero_point(const Patches& p, const int8_t* filter, Channel* channels) {
  const int32_t depth = depth_of(p);
  for (int32_t i = 0; i < p.window.output_channels; ++i, filter += depth)
    channels[i].bias = wrapping_subtract(channels[i].bias, p.zero_point * A::sum(filter, depth));
}

/// Whether convolve_tiles makes a layer with this filter.
template <class A>
bool takes_filter(const Patches& p, const int8_t* filter) {
  if constexpr (A::kPlainTiles)
    return A::takes_weights(filter, p.window.output_channels * depth_of(p));
  else
    return true;
}

/// A convolution of a usual layer, two pixels at a time.
template <class A>
void convolve_tiles(const Patches& p, const int8_t* input, const int8_t* filter, Channel* channels,
                    int8_t* output, int8_t* inputs) {
  if constexpr (A::kPlainTiles) fold_zero_point<A>(p, filter, channels);
  const int32_t depth = depth_of(p);
  const int32_t group_outputs = p.window.output_channels / (p.window.input_channels / p.group_channels);
  int8_t* const inputs_end = inputs + tile_bytes(depth);
  const int8_t* const weights = filter - (-depth & (kTileStep - 1));
  const auto multiply = [&](int32_t g, int8_t* first, int8_t* second) {
    const int32_t o = g * group_outputs;
    multiply_tile<A>(
        {inputs, inputs_end, weights + o * depth, depth, channels + o, group_outputs, {first, second}});
  };
  if (is_flat(p)) return for_flat_pairs<A>(p, input, output, inputs, multiply);
  for_pixel_pairs<A>(
      p, input, output,
      [&](const Pixel& first, const Pixel& second, int32_t g) {
        fill_tile<A>(p, first, g, 0, inputs, inputs_end);
        fill_tile<A>(p, second, g, 1, inputs, inputs_end);
      },
      multiply);
}

/// Pixels that are gathered at a time for blocks; scratch of a tile and a patch has room for them.
constexpr int32_t kBlockPixels = 4;

/// A convolution of a usual layer, in blocks of pixels; at least four channels a group. As a block's channels
/// are made one after the other, its pixels are read in place only where no output lies.
template <class A>
void convolve_blocks(const Patches& p, const int8_t* input, const int8_t* filter, Channel* channels,
                     int8_t* output, int8_t* patches) {
  const Window& w = p.window;
  const int32_t depth = depth_of(p), n_outputs = w.output_channels;
  fold_zero_point<A>(p, filter, channels);
  int32_t n = w.batches * w.output_height * w.output_width;
  if (is_flat(p) && apart(input, n * depth, output, n * n_outputs))
    return A::multiply_block({input, depth, n, filter, depth, channels, n_outputs, output, n_outputs});
  const bool flat = is_flat(p);
  const int32_t n_groups = w.input_channels / p.group_channels, group_outputs = n_outputs / n_groups;
  Pixel at = {input, 0, 0};
  for (int32_t n_block; n > 0; n -= n_block, output += n_block * n_outputs) {
    n_block = n < kBlockPixels ? n : kBlockPixels;
    Pixel next = at;
    for (int32_t g = 0, o = 0; g < n_groups; ++g, o += group_outputs) {
      next = at;
      if (flat) {
        A::copy(patches, next.image, n_block * depth);
        next.image += n_block * depth;
      } else {
        for (int32_t i = 0; i < n_block; ++i, next.advance(w))
          gather(p, next.image, next.y, next.x, g,
                 PatchSink<A>{patches + i * depth, static_cast<int8_t>(p.zero_point)});
      }
      A::multiply_block({patches, depth, n_block, filter + o * depth, depth, channels + o, group_outputs,
                         output + o, n_outputs});
    }
    at = next;
  }
}

/// Whether convolve_blocks makes a layer.
inline bool fits_blocks(const Patches& p) {
  return p.window.output_channels / (p.window.input_channels / p.group_channels) >= 4;
}

/// input [b, ih, iw, ic], filter [oc, fh, fw, group_channels], bias [oc] or null, output [b, oh, ow, oc];
/// scratch of convolve_scratch_bytes.
template <class A>
void convolve(const Conv2dParams& p, const int8_t* input, const int8_t* filter, const int32_t* bias,
              int8_t* output, void* scratch) {
  auto* channels = static_cast<Channel*>(scratch);
  const int32_t n_outputs = p.patches.window.output_channels;
  auto* inputs = reinterpret_cast<int8_t*>(channels + n_outputs);
  const bool usual = derive_channels<A>(channels, n_outputs, depth_of(p.patches), p.layer, bias);
  if constexpr (A::kBlocks)
    if (usual && fits_blocks(p.patches))
      return convolve_blocks<A>(p.patches, input, filter, channels, output, inputs);
  if constexpr (A::kTiles)
    if (usual && p.tiles && takes_filter<A>(p.patches, filter))
      return convolve_tiles<A>(p.patches, input, filter, channels, output, inputs);
  convolve_pixels<A>(p, usual, input, filter, channels, output, inputs);
}

/// Scratch of convolve_int4: channels, patch, and four rows of the filter.
inline int32_t convolve_int4_scratch_bytes(const Patches& p) {
  return channels_bytes(p.window) + patch_elements(p) + 4 * depth_of(p);
}

/// convolve with int4 weights: up to four rows of a group are unpacked, then meet all pixels.
template <class A>
void convolve_int4(const Conv2dParams& p, const int8_t* input, const int8_t* filter, const int32_t* bias,
                   int8_t* output, void* scratch) {
  const Window& w = p.patches.window;
  auto* channels = static_cast<Channel*>(scratch);
  auto* patch = reinterpret_cast<int8_t*>(channels + w.output_channels);
  int8_t* rows = patch + patch_elements(p.patches);
  const int32_t depth = depth_of(p.patches);
  const bool usual = derive_channels<A>(channels, w.output_channels, depth, p.layer, bias);
  const int32_t group_outputs = w.output_channels / (w.input_channels / p.patches.group_channels);
  int32_t n;
  for (int32_t o = 0; o < w.output_channels; o += n) {
    const int32_t g = o / group_outputs, left = (g + 1) * group_outputs - o;
    n = left < 4 ? left : 4;
    unpack_int4(filter, o * depth, n * depth, rows);
    int8_t* to = output + o;
    Pixel at = {input, 0, 0};
    for (int32_t i = w.batches * w.output_height * w.output_width; i > 0; --i, at.advance(w)) {
      convolve_pixel<A>(p.layer, usual, inputs_of_pixel<A>(p.patches, at.image, at.y, at.x, g, patch), rows,
                        channels + o, depth, n, to);
      to += w.output_channels;
    }
  }
}

}  // namespace inkling
