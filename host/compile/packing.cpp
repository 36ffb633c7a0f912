// Which operators are packed, and the choice of their evals.
#include "host/compile/packing.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "host/bench/board.h"
#include "host/compile/packed_stream.h"
#include "inkling/kernels/depthwise.h"
#include "inkling/kernels/depthwise_taps.h"
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

// A program carries the kernels of its layers alone, hence one for each kind.
template <PixelSource source>
Kernel convolution(bool rectified) {
  return rectified ? kernel<eval_packed_convolution<Arch, true, source>>
                   : kernel<eval_packed_convolution<Arch, false, source>>;
}
template <int32_t stride>
Kernel depthwise(bool rectified) {
  return rectified ? kernel<eval_packed_depthwise<Arch, true, stride>>
                   : kernel<eval_packed_depthwise<Arch, false, stride>>;
}

// `rows` are the filters of all channels, one after the other.
std::optional<Packing> pack_convolution(const Patches& patches, const LayerParams& layer,
                                        const std::vector<int8_t>& rows, const int32_t* bias) {
  const Window& w = patches.window;
  const int32_t group_outputs = w.output_channels / (w.input_channels / patches.group_channels);
  PackedStream stream(layer, group_outputs, false);
  if (!stream.pack(rows, tap_order(patches), bias)) return std::nullopt;
  const PixelSource source = source_of(patches);
  const Kernel kernel = source == PixelSource::flat ? convolution<PixelSource::flat>(stream.rectified())
                        : source == PixelSource::lines
                            ? convolution<PixelSource::lines>(stream.rectified())
                            : convolution<PixelSource::patches>(stream.rectified());
  Packing result = packing(kernel, "inkling/kernels/packed.h", stream.words());
  result.params_type = type_name<Patches>();
  result.params = list_params(&patches, describe<Patches>);
  result.scratch_bytes = convolve_packed_scratch_bytes(patches);
  return result;
}

std::optional<Packing> pack_conv_2d(const Conv2dParams& p, const int8_t* filter, const int32_t* bias) {
  const int32_t n = p.patches.window.output_channels * depth_of(p.patches);
  return pack_convolution(p.patches, p.layer, {filter, filter + n}, bias);
}

// The channels of a usual depthwise layer.
std::optional<std::vector<Channel>> depthwise_channels(const DepthwiseParams& p, const int32_t* bias) {
  const Window& w = p.window;
  std::vector<Channel> channels(static_cast<size_t>(w.output_channels));
  const int32_t depth = w.filter_height * w.filter_width;
  if (!derive_channels<Portable>(channels.data(), w.output_channels, depth, p.layer, bias))
    return std::nullopt;
  return channels;
}

std::optional<Packing> pack_taps(const DepthwiseParams& p, const int8_t* filter, const int32_t* bias) {
  const Window& w = p.window;
  const auto channels = depthwise_channels(p, bias);
  if (!channels) return std::nullopt;
  const int32_t n_taps = w.filter_height * w.filter_width, n = w.input_channels;
  const auto weight = [&](int32_t c, int32_t k) { return int32_t{filter[k * n + c]}; };
  std::vector<int32_t> stream;
  for (int32_t group = 0; group < n; group += 4) {
    for (int32_t c = group; c < group + 4; ++c) {
      int32_t sum = 0;
      for (int32_t k = 0; k < n_taps; ++k) sum += weight(c, k);
      stream.push_back(2 * ((*channels)[static_cast<size_t>(c)].bias - p.layer.input_zero_point * sum));
    }
    for (int32_t k = 0; k < n_taps; k += 2) {
      const bool alone = k + 1 == n_taps;  // pairs with the tap before it, which has been counted
      for (int32_t c = group; c < group + 4; ++c)
        stream.push_back(static_cast<int32_t>(alone ? plane_pair(0, 2 * weight(c, k))
                                                    : plane_pair(2 * weight(c, k), 2 * weight(c, k + 1))));
    }
    for (int32_t c = group; c < group + 4; ++c) {
      const Channel& channel = (*channels)[static_cast<size_t>(c)];
      stream.insert(stream.end(), {channel.value, channel.rounding, channel.shift});
    }
  }
  Packing result = packing(kernel<eval_packed_taps<Arch>>, "inkling/kernels/depthwise_taps.h", stream);
  result.params_type = type_name<Window>();
  result.params = list_params(&w, describe<Window>);
  return result;
}

std::optional<Packing> pack_planes(const DepthwiseParams& p, const int8_t* filter, const int32_t* bias) {
  const Window& w = p.window;
  const PlaneLayout layout(w);
  const auto channels = depthwise_channels(p, bias);
  if (!channels) return std::nullopt;
  std::vector<PlaneChannel> planes;
  for (int32_t c = 0; c < w.output_channels; ++c) {
    const Channel& channel = (*channels)[static_cast<size_t>(c)];
    planes.push_back(plane_channel(filter + c, layout.lines.filter_step, layout.positions.filter_step,
                                   p.layer.input_zero_point, channel.bias, channel.value, channel.rounding,
                                   channel.shift));
  }
  const PackedDepthwise params = {w, p.layer.input_zero_point};
  // A channel that is a threshold needs the sign of its sum.
  const bool rectified =
      p.layer.output_zero_point == -128 &&
      std::none_of(channels->begin(), channels->end(), [](const Channel& c) { return c.value == 0; });
  Packing result = packing(layout.stride == 1 ? depthwise<1>(rectified) : depthwise<2>(rectified),
                           "inkling/kernels/depthwise_planes.h",
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
  if (is_line_of_taps(w, p.depth_multiplier)) return pack_taps(p, filter, bias);
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

std::optional<Packing> pack_svdf(const SvdfParams& p, const int8_t* feature) {
  const SvdfShape& s = p.shape;
  // The newest states are the outputs of a matrix product, without the zero point.
  const float scale = 1;
  LayerParams layer = {};
  layer.filter_scales = {&scale, 1};
  layer.one = {p.feature_multiplier, p.feature_shift};
  layer.low = -128;
  layer.high = 127;
  layer.input_zero_point = static_cast<int16_t>(p.input_zero_point);
  const FullyConnectedParams matrix = {{1, s.inputs, s.filters}, layer};
  auto result = pack_matrix(matrix, feature, nullptr);
  if (!result) return std::nullopt;
  const Kernel kernel = inkling::kernel<eval_packed_svdf<Arch>>;
  result->eval = kernel.name;
  result->params_type = type_name<SvdfParams>();
  result->params = list_params(&p, describe<SvdfParams>);
  result->scratch_bytes += s.filters;
  result->kept = {2, 3, 4};
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
  if (!filter.is_constant || (op != "SVDF" && biases.present != biases.is_constant)) return std::nullopt;
  const int8_t* weights = filter.as<int8_t>();
  const int32_t* bias = biases.present ? biases.as<int32_t>() : nullptr;
  if (op == "CONV_2D")
    return pack_conv_2d(*static_cast<const Conv2dParams*>(prepare.params_data()), weights, bias);
  if (op == "DEPTHWISE_CONV_2D")
    return pack_depthwise(*static_cast<const DepthwiseParams*>(prepare.params_data()), weights, bias);
  if (op == "SVDF" && prepare.input(4).type == Type::int8)
    return pack_svdf(*static_cast<const SvdfParams*>(prepare.params_data()), weights);
  if (op == "FULLY_CONNECTED")
    return pack_matrix(*static_cast<const FullyConnectedParams*>(prepare.params_data()), weights, bias);
  return std::nullopt;
}

}  // namespace inkling::host
