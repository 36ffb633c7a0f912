// Which operators are packed, and the choice of their evals.
#include "host/compile/packing.h"

#include <cstring>
#include <numeric>

#include "host/bench/board.h"
#include "host/compile/packed_stream.h"
#include "inkling/kernels/depthwise.h"
#include "inkling/kernels/packed.h"

namespace inkling::host {
namespace {

bool runs_int8(const Prepare& prepare) {
  return std::string(prepare.eval_name()).find("::eval_int8") != std::string::npos;
}

Packing packing(const Kernel& kernel, const char* header, std::vector<int32_t> stream) {
  Packing packing;
  packing.eval = kernel.name;
  packing.header = header;
  const auto* bytes = reinterpret_cast<const uint8_t*>(stream.data());
  packing.stream.assign(bytes, bytes + 4 * stream.size());
  return packing;
}

std::vector<int32_t> words_of(const void* bytes, size_t n_bytes) {
  std::vector<int32_t> words(n_bytes / sizeof(int32_t));
  std::memcpy(words.data(), bytes, n_bytes);
  return words;
}

// `rows` are the filters of all channels, one after the other.
std::optional<Packing> pack_convolution(const Patches& patches, const LayerParams& layer,
                                        const std::vector<int8_t>& rows, const int32_t* bias) {
  const Window& w = patches.window;
  const int32_t group_outputs = w.output_channels / (w.input_channels / patches.group_channels);
  PackedStream stream(layer, group_outputs, false);
  if (!stream.pack(rows, tap_order(patches), bias)) return std::nullopt;
  Packing result = packing(stream.rectified() ? kernel<eval_packed_convolution<Arch, true>>
                                              : kernel<eval_packed_convolution<Arch, false>>,
                           "inkling/kernels/packed.h", stream.words());
  result.params_type = type_name<Patches>();
  result.params = list_params(&patches, describe<Patches>);
  result.scratch_bytes = convolve_packed_scratch_bytes(patches);
  return result;
}

std::optional<Packing> pack_conv_2d(const Conv2dParams& p, const int8_t* filter, const int32_t* bias) {
  const int32_t n = p.patches.window.output_channels * depth_of(p.patches);
  return pack_convolution(p.patches, p.layer, {filter, filter + n}, bias);
}

std::optional<Packing> pack_planes(const DepthwiseParams& p, const int8_t* filter, const int32_t* bias) {
  const Window& w = p.window;
  const PlaneLayout layout(w);
  std::vector<Channel> channels(static_cast<size_t>(w.output_channels));
  if (!derive_channels<Portable>(channels.data(), w.output_channels, 9, p.layer, bias)) return std::nullopt;
  std::vector<PlaneChannel> planes;
  for (int32_t c = 0; c < w.output_channels; ++c) {
    const Channel& channel = channels[static_cast<size_t>(c)];
    planes.push_back(plane_channel(filter + c, layout.lines.filter_step, layout.positions.filter_step,
                                   p.layer.input_zero_point, channel.bias, channel.value, channel.rounding,
                                   channel.shift));
  }
  const PackedDepthwise params = {w, p.layer.input_zero_point};
  Packing result = packing(kernel<eval_packed_depthwise<Arch>>, "inkling/kernels/depthwise_planes.h",
                           words_of(planes.data(), planes.size() * sizeof(PlaneChannel)));
  result.params_type = type_name<PackedDepthwise>();
  result.params = list_params(&params, describe<PackedDepthwise>);
  result.scratch_bytes = layout.planes_bytes();
  return result;
}

// A layer of one input channel is a convolution whose filter lies the other way round.
std::optional<Packing> pack_depthwise(const DepthwiseParams& p, const int8_t* filter, const int32_t* bias) {
  const Window& w = p.window;
  if (fits_planes(w, p.depth_multiplier)) return pack_planes(p, filter, bias);
  if (w.input_channels != 1) return std::nullopt;
  const int32_t depth = w.filter_height * w.filter_width;
  std::vector<int8_t> rows;
  for (int32_t o = 0; o < w.output_channels; ++o)
    for (int32_t k = 0; k < depth; ++k) rows.push_back(filter[k * w.output_channels + o]);
  return pack_convolution(as_convolution(p), p.layer, rows, bias);
}

std::optional<Packing> pack_matrix(const FullyConnectedParams& p, const int8_t* weights,
                                   const int32_t* bias) {
  const int32_t depth = p.shape.depth;
  if (p.layer.filter_zero_point != 0) return std::nullopt;
  std::vector<int32_t> order(static_cast<size_t>((depth + kTileStep - 1) & -kTileStep), -1);
  std::iota(order.begin(), order.begin() + depth, 0);
  PackedStream stream(p.layer, p.shape.rows, true);
  if (!stream.pack({weights, weights + p.shape.rows * depth}, order, bias)) return std::nullopt;
  Packing result = packing(
      stream.rectified() ? kernel<eval_packed_matrix<Arch, true>> : kernel<eval_packed_matrix<Arch, false>>,
      "inkling/kernels/packed.h", stream.words());
  result.params_type = type_name<MatrixShape>();
  result.params = list_params(&p.shape, describe<MatrixShape>);
  result.scratch_bytes = packed_matrix_scratch_bytes(p.shape);
  return result;
}

}  // namespace

Target find_target(const std::string& board) {
  if (board.empty()) return {};
  return {board, describe_board(board).arch == "armv7em"};
}

std::optional<Packing> pack(const Target& target, const std::string& op, const Prepare& prepare) {
  if (!target.packs_pairs || !runs_int8(prepare)) return std::nullopt;
  const Tensor filter = prepare.input(1), biases = prepare.input(2);
  if (!filter.is_constant || biases.present != biases.is_constant) return std::nullopt;
  const int8_t* weights = filter.as<int8_t>();
  const int32_t* bias = biases.present ? biases.as<int32_t>() : nullptr;
  if (op == "CONV_2D")
    return pack_conv_2d(*static_cast<const Conv2dParams*>(prepare.params_data()), weights, bias);
  if (op == "DEPTHWISE_CONV_2D")
    return pack_depthwise(*static_cast<const DepthwiseParams*>(prepare.params_data()), weights, bias);
  if (op == "FULLY_CONNECTED")
    return pack_matrix(*static_cast<const FullyConnectedParams*>(prepare.params_data()), weights, bias);
  return std::nullopt;
}

}  // namespace inkling::host
