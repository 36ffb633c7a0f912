// PackedStream: weights, biases and multipliers of a layer in the form of inkling/arch/packed.h.
#pragma once
#include <cstdint>
#include <vector>

#include "inkling/kernels/packed.h"

namespace inkling::host {

/// The order in which a tile reads a layer's filters; -1 stands for a filler.
std::vector<int32_t> tap_order(const Patches& patches);

class PackedStream {
 public:
  /// For a layer whose groups have `group_outputs` output channels each. With `folds_zero_point` biases take
  /// the input's zero point back, which the inputs keep.
  PackedStream(const LayerParams& layer, int32_t group_outputs, bool folds_zero_point);

  /// Packs the filters of all output channels, `rows` of equal depth, read in `order`; `bias` may be null.
  /// Says whether that could be done: usual channels or nearly constant ones, sums within 2^23, and no pair
  /// of weights beyond 16 bits.
  bool pack(const std::vector<int8_t>& rows, const std::vector<int32_t>& order, const int32_t* bias);

  const std::vector<int32_t>& words() const { return words_; }
  /// Whether it is for A::multiply_packed<true>: no output lies below the output's zero point.
  bool rectified() const { return rectified_; }

 private:
  /// How many outputs a channel has, whatever its inputs are. Of two, a sum's sign says which.
  enum class Outputs : uint8_t { one, two, many };
  struct Row {
    std::vector<int8_t> weights;  ///< in the tile's order
    int64_t bias = 0;
    Multiplier multiplier;
    Outputs outputs = Outputs::many;
    int32_t highest = 0;  ///< output
  };

  bool settle(Row* row) const;
  int64_t bias_of(const Row& row) const;
  bool append_group(const std::vector<Row>& rows);
  void append_channel(const Row& row, bool is_b);

  const LayerParams& layer_;
  int32_t group_outputs_;
  bool folds_zero_point_;
  bool rectified_ = false;
  std::vector<int32_t> words_;
};

}  // namespace inkling::host
