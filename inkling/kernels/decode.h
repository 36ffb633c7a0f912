// Unpacking of constants: table indices, Huffman codes, pruned values. Whatever the codes say, reads stay
// inside them and inside the tables. Leaves out checking of headers.
#pragma once
#include "inkling/core/memory.h"
#include "inkling/core/span.h"

namespace inkling {

// The header: positions of its bytes, their values, and where the tables start.
constexpr int32_t kKind = 0, kCommonVersion = 1, kVersion = 4, kParameter = 5, kStride = 6, kHeaderBytes = 16;
constexpr uint8_t kTable = 0, kHuffman = 1, kPruned = 2;
constexpr uint8_t kIndexBitsMask = 7;   // of kTable's parameter
constexpr uint8_t kWideTable = 1;       // of kHuffman's parameter
constexpr int32_t kFirstBitsShift = 4;  // of kHuffman's parameter: bits of the first index, minus 1

/// A packed tensor.
struct Packed {
  Bytes zero_points;  ///< of pruned int8 values: little-endian int64, one per channel; or none
  int32_t n;          ///< elements
  int32_t n_code_bytes, n_header_bytes;
  int32_t n_channels;  ///< slices along the first axis, or along the last
  uint8_t element_bytes;
  bool along_last;

  template <class V>
  static void visit(V&& v, const Packed& p) {
    v("zero_points", p.zero_points);
    v("n", p.n);
    v("n_code_bytes", p.n_code_bytes);
    v("n_header_bytes", p.n_header_bytes);
    v("n_channels", p.n_channels);
    v("element_bytes", p.element_bytes);
    v("along_last", p.along_last);
  }
  int32_t channel(int32_t i) const { return along_last ? i % n_channels : i / (n / n_channels); }
};

/// Bits in a row, the highest of each byte first; zeros follow the last.
struct BitStream {
  const uint8_t* bytes;
  int32_t n_bytes;
  int64_t position = 0;

  bool ended() const { return position >= int64_t{8} * n_bytes; }
  uint32_t take(int32_t n) {
    uint32_t value = 0;
    for (; n > 0; --n, ++position) {
      const auto byte = static_cast<int32_t>(position >> 3);
      const uint32_t bit = byte < n_bytes ? static_cast<uint32_t>(bytes[byte]) >> (7 - (position & 7)) : 0;
      value = value << 1 | (bit & 1);
    }
    return value;
  }
};

/// The values behind the header.
struct ValueTable {
  const uint8_t* values;
  int32_t n_values;
  int32_t value_bytes;

  /// Copies value `i`, the last one for all beyond; leaves `to` as it is when there are none.
  void copy(int64_t i, uint8_t* to) const {
    if (n_values == 0) return;
    const auto inside = static_cast<int32_t>(i < n_values ? i : n_values - 1);
    for (int32_t b = 0; b < value_bytes; ++b) to[b] = values[inside * value_bytes + b];
  }
};

inline void decode_table(const Packed& p, BitStream codes, const uint8_t* header, const ValueTable& table,
                         uint8_t* output) {
  const int32_t n_bits = header[kParameter] & kIndexBitsMask, stride = header[kStride];
  for (int32_t i = 0; i < p.n; ++i, output += p.element_bytes)
    table.copy(int64_t{p.channel(i)} * stride + codes.take(n_bits), output);
}

inline void decode_pruned(const Packed& p, BitStream codes, const ValueTable& table, uint8_t* output) {
  int32_t n_used = 0;
  for (int32_t i = 0; i < p.n; ++i, output += p.element_bytes) {
    if (codes.take(1))
      table.copy(n_used++, output);
    else
      fill_bytes(output, p.zero_points.size > 0 ? p.zero_points[8 * p.channel(i)] : uint8_t{0},
                 p.element_bytes);
  }
}

/// Tables of 16- or 32-bit entries: from the top a bit that says "symbol", four bits with a count, and the
/// symbol, or how far the next table is from the entry before its index is added. The count is that of the
/// bits that the symbol took of the last index, or of the next index minus 1.
inline void decode_huffman(const Packed& p, BitStream codes, const uint8_t* header, uint8_t* output) {
  const bool wide = (header[kParameter] & kWideTable) != 0;
  const int32_t entry_bytes = wide ? 4 : 2, value_bits = wide ? 27 : 11;
  const uint32_t n_entries = static_cast<uint32_t>((p.n_header_bytes - kHeaderBytes) / entry_bytes);
  const auto entry = [&](uint32_t i) {
    const uint8_t* at = header + kHeaderBytes + i * static_cast<uint32_t>(entry_bytes);
    return i >= n_entries ? 0 : wide ? load<uint32_t>(at) : load<uint16_t>(at);
  };
  for (int32_t i = 0; i < p.n; ++i, output += p.element_bytes) {
    int32_t n_bits = (header[kParameter] >> kFirstBitsShift) + 1;
    uint32_t at = codes.take(n_bits), value = entry(at);
    const auto count = [&] { return static_cast<int32_t>(value >> value_bits & 15); };
    const auto found = [&] { return (value >> value_bits & 16) != 0; };
    while (!found() && !codes.ended()) {
      n_bits = count() + 1;
      at += (value & ((1u << value_bits) - 1)) + codes.take(n_bits);
      value = entry(at);
    }
    copy_bytes(output, &value, p.element_bytes);  // little endian
    if (found() && n_bits > count()) codes.position -= n_bits - count();
  }
}

/// Unpacks `codes` with the tables behind `header`, which has been checked.
inline void decode(const Packed& p, const uint8_t* codes, const uint8_t* header, uint8_t* output) {
  const BitStream stream = {codes, p.n_code_bytes};
  const ValueTable table = {header + kHeaderBytes, (p.n_header_bytes - kHeaderBytes) / p.element_bytes,
                            p.element_bytes};
  if (header[kKind] == kTable)
    decode_table(p, stream, header, table, output);
  else if (header[kKind] == kPruned)
    decode_pruned(p, stream, table, output);
  else
    decode_huffman(p, stream, header, output);
}

}  // namespace inkling
