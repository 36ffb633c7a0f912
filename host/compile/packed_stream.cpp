// Settling what each channel needs, then writing groups of four.
#include "host/compile/packed_stream.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace inkling::host {
namespace {

constexpr int64_t kSumLimit = 1 << 23;  // of what is carried times 256

// What a sum becomes.
int32_t output_of(const LayerParams& layer, Multiplier m, int64_t sum) {
  return finish_unusual<Portable>(layer, m, static_cast<int32_t>(sum));
}

int32_t low_word(int64_t value) {
  return static_cast<int32_t>(static_cast<uint32_t>(static_cast<uint64_t>(value)));
}

}  // namespace

std::vector<int32_t> tap_order(const Patches& patches) {
  const int32_t depth = depth_of(patches), row = depth / patches.window.filter_height;
  std::vector<int32_t> order;
  if (!reads_lines(patches)) order.resize(static_cast<size_t>(-depth & (kTileStep - 1)), -1);
  for (int32_t k = 0; k < depth; ++k) {
    order.push_back(k);
    if (reads_lines(patches) && (k + 1) % row == 0)
      order.resize((order.size() + kTileStep - 1) / kTileStep * kTileStep, -1);
  }
  return order;
}

PackedStream::PackedStream(const LayerParams& layer, int32_t group_outputs, bool folds_zero_point)
    : layer_(layer), group_outputs_(group_outputs), folds_zero_point_(folds_zero_point) {}

bool PackedStream::pack(const std::vector<int8_t>& rows, const std::vector<int32_t>& order,
                        const int32_t* bias) {
  if (layer_.low != -128 || layer_.high != 127) return false;
  const int32_t depth = *std::max_element(order.begin(), order.end()) + 1;
  const auto n_channels = static_cast<int32_t>(rows.size()) / depth;
  std::vector<Row> settled;
  rectified_ = layer_.output_zero_point == -128;
  for (int32_t o = 0; o < n_channels; ++o) {
    Row row;
    row.multiplier = layer_multiplier(layer_, o);
    row.bias = bias ? load<int32_t>(bias + o) : 0;
    for (const int32_t k : order)
      row.weights.push_back(k < 0 ? int8_t{0} : rows[static_cast<size_t>(o * depth + k)]);
    if (!settle(&row)) return false;
    if (row.outputs == Outputs::many && row.multiplier.shift < -15) rectified_ = false;
    settled.push_back(std::move(row));
  }
  for (int32_t o = 0; o < n_channels; o += group_outputs_) {
    for (int32_t i = 0; i < group_outputs_; i += 4) {
      std::vector<Row> group(settled.begin() + o + i, settled.begin() + o + std::min(i + 4, group_outputs_));
      Row filler;
      filler.weights.resize(order.size());
      filler.outputs = Outputs::one;
      group.resize(4, filler);
      if (!append_group(group)) return false;
    }
  }
  return true;
}

bool PackedStream::settle(Row* row) const {
  int64_t low = row->bias, high = row->bias;
  for (const int8_t w : row->weights) {
    const int64_t at_least = w * (-128 - layer_.input_zero_point),
                  at_most = w * (127 - layer_.input_zero_point);
    low += std::min(at_least, at_most);
    high += std::max(at_least, at_most);
  }
  using Limits = std::numeric_limits<int32_t>;
  if (low < Limits::min() || high > Limits::max()) return false;
  const int32_t lowest = output_of(layer_, row->multiplier, low),
                highest = output_of(layer_, row->multiplier, high);
  row->highest = highest;
  if (lowest == highest) {
    std::fill(row->weights.begin(), row->weights.end(), int8_t{0});
    row->bias = 0;
    row->outputs = Outputs::one;
    return true;
  }
  const int32_t shift = row->multiplier.shift;
  if (shift <= -1 && shift >= -22 && low > -kSumLimit && high < kSumLimit) return true;
  if (highest != lowest + 1) return false;
  int64_t below = low, above = high;
  while (below + 1 < above) {
    const int64_t middle = below + (above - below) / 2;
    (output_of(layer_, row->multiplier, middle) == lowest ? below : above) = middle;
  }
  row->bias -= above;
  row->outputs = Outputs::two;
  return low - above > -kSumLimit && high - above < kSumLimit;
}

void PackedStream::append_channel(const Row& row, bool is_b) {
  const bool cut = rectified_ && is_b;  // the sum comes times 256, and is not rounded
  std::vector<int32_t> channel;
  const int32_t shift = -row.multiplier.shift, zero_point = layer_.output_zero_point;
  if (row.outputs == Outputs::many && cut)
    channel = {row.multiplier.value, (1 << (shift + 6)) + 64 + zero_point * (1 << (shift + 7)), shift + 7};
  else if (row.outputs == Outputs::many)
    channel = {row.multiplier.value, (1 << (shift - 1)) + zero_point * (1 << shift), shift};
  else if (row.outputs == Outputs::two && rectified_)
    // The sum's sign, as a value that is cut or one whose rounding changes nothing.
    channel = cut ? std::vector<int32_t>{1, row.highest, 0}
                  : std::vector<int32_t>{std::numeric_limits<int32_t>::max(), row.highest * (1 << 23), 23};
  else
    channel = cut ? std::vector<int32_t>{0, row.highest, 0} : std::vector<int32_t>{0, 2 * row.highest, 1};
  words_.insert(words_.end(), channel.begin(), channel.end());
}

int64_t PackedStream::bias_of(const Row& row) const {
  const int64_t zero_point = folds_zero_point_ ? layer_.input_zero_point : 0;
  return row.bias - zero_point * std::accumulate(row.weights.begin(), row.weights.end(), int64_t{0});
}

bool PackedStream::append_group(const std::vector<Row>& rows) {
  for (size_t pair = 0; pair < 4; pair += 2) {
    const int64_t a = bias_of(rows[pair]), b = bias_of(rows[pair + 1]);
    words_.push_back(low_word(a + 256 * b));
    words_.push_back(low_word(a));
  }
  for (size_t k = 0; k < rows[0].weights.size(); k += 4) {
    for (const size_t first : {k, k + 1}) {
      for (size_t pair = 0; pair < 4; pair += 2) {
        const auto half = [&](size_t at) {
          return rows[pair].weights[at] + 256 * rows[pair + 1].weights[at];
        };
        if (half(first) < -32768 || half(first + 2) < -32768) return false;
        words_.push_back(low_word((half(first) & 0xffff) | int64_t{half(first + 2)} * 65536));
      }
    }
  }
  for (size_t i = 0; i < 4; ++i) append_channel(rows[i], i % 2 == 1);
  return true;
}

}  // namespace inkling::host
