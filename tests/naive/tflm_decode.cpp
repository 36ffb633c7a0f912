// TFLM_DECODE: numbers that were packed with a table of values, with Huffman codes or by leaving out zero
// points come out again.
#include "tests/operator_case.h"

namespace inkling::naive {
namespace {

// Bits in a row, the highest of each byte first.
struct Bits {
  std::vector<double> bytes;
  int32_t n = 0;

  void put(int32_t value, int32_t n_bits) {
    for (int32_t b = n_bits - 1; b >= 0; --b, ++n) {
      if (n % 8 == 0) bytes.push_back(0);
      bytes.back() += (value >> b & 1) << (7 - n % 8);
    }
  }
};

Operand bytes_of(const std::vector<double>& bytes) {
  Operand t = constant(tensor(Type::uint8, {static_cast<int32_t>(bytes.size())}));
  t.v = bytes;
  return t;
}

// The header, with the values behind it.
Operand header(uint8_t kind, int32_t parameter, int32_t stride, const Operand& values) {
  std::vector<double> bytes(16);
  bytes[0] = kind;
  bytes[1] = bytes[4] = 1;
  bytes[5] = parameter;
  bytes[6] = stride;
  for (const uint8_t byte : encode(values)) bytes.push_back(byte);
  return bytes_of(bytes);
}

// The output with its numbers: a scale per slice along the first or last axis, or none.
Operand draw_output(Random& random, Type type) {
  const int32_t rows = random.integer(1, 6), columns = random.integer(1, 9);
  Operand t = tensor(type, {rows, columns});
  t.axis = random.integer(0, 1);
  if (random.one_in(4)) return t;
  const auto n = static_cast<size_t>(t.dim(static_cast<size_t>(t.axis)));
  t.scales.assign(n, 0.5f);
  if (n == 1) t.axis = 0;
  for (size_t i = 0; i < n; ++i) t.zero_points.push_back(type == Type::int8 ? random.integer(-128, 127) : 0);
  return t;
}

// Random numbers that a double holds, too.
void fill_exactly(Random& random, Operand& t) {
  t.low = std::max(t.low, -std::ldexp(1.0, 31));
  t.high = std::min(t.high, std::ldexp(1.0, 31) - 1);
  fill(random, t);
}

size_t channel(const Operand& t, int32_t i) {
  if (t.scales.size() < 2) return 0;
  return static_cast<size_t>(t.axis == 0 ? i / t.dim(1) : i % t.dim(1));
}

void draw_table(Random& random, Case& c) {
  Operand& out = c.outputs[0];
  const int32_t n_bits = random.integer(1, 7), stride = (1 << n_bits) - random.integer(0, 1);
  const auto n_channels = static_cast<int32_t>(std::max<size_t>(out.scales.size(), 1));
  Operand values = tensor(out.type, {n_channels * stride});
  fill_exactly(random, values);
  Bits codes;
  for (int32_t i = 0; i < out.size(); ++i) {
    const int32_t index = random.integer(0, stride - 1);
    codes.put(index, n_bits);
    out.v[static_cast<size_t>(i)] = values.at({static_cast<int32_t>(channel(out, i)) * stride + index});
  }
  c.inputs = {bytes_of(codes.bytes), header(0, n_bits, stride, values)};
}

void draw_pruned(Random& random, Case& c) {
  Operand& out = c.outputs[0];
  Operand left = tensor(out.type, {out.size()});
  fill_exactly(random, left);
  Bits codes;
  int32_t n_left = 0;
  for (int32_t i = 0; i < out.size(); ++i) {
    const bool kept = random.one_in(2);
    codes.put(kept, 1);
    const double zero = out.zero_points.empty() ? 0 : static_cast<double>(out.zero_points[channel(out, i)]);
    out.v[static_cast<size_t>(i)] = kept ? left.at({n_left++}) : zero;
  }
  c.inputs = {bytes_of(codes.bytes), header(2, 0, 0, left)};
}

// Five symbols with the codes 0, 10, 110, 1110 and 1111; the last two need a second table.
void draw_huffman(Random& random, Case& c) {
  Operand& out = c.outputs[0];
  const bool wide = out.type == Type::int16;
  Operand symbols = tensor(out.type, {5});
  fill(random, symbols);
  const int32_t value_bits = wide ? 27 : 11;
  Operand table = tensor(wide ? Type::int32 : Type::int16, {10});
  const auto entry = [&](bool found, int32_t count, double value) {
    const auto mask = static_cast<int64_t>(wide ? 0xFFFF : 0xFF);
    const int64_t raw = (int64_t{found} << (value_bits + 4)) + (int64_t{count} << value_bits) +
                        (static_cast<int64_t>(value) & mask);
    return wide ? static_cast<double>(static_cast<int32_t>(raw))
                : static_cast<double>(static_cast<int16_t>(raw));
  };
  const int32_t symbol_of[] = {0, 0, 0, 0, 1, 1, 2}, length_of[] = {1, 1, 1, 1, 2, 2, 3};
  for (int32_t i = 0; i < 7; ++i) table.at({i}) = entry(true, length_of[i], symbols.at({symbol_of[i]}));
  table.at({7}) = entry(false, 0, 1);  // one more bit, and the table right behind
  for (int32_t i = 0; i < 2; ++i) table.at({8 + i}) = entry(true, 1, symbols.at({3 + i}));
  const int32_t codes[] = {0, 2, 6, 14, 15}, lengths[] = {1, 2, 3, 4, 4};
  Bits bits;
  for (double& x : out.v) {
    const int32_t symbol = random.integer(0, 4);
    bits.put(codes[symbol], lengths[symbol]);
    x = symbols.at({symbol});
  }
  c.inputs = {bytes_of(bits.bytes), header(1, (2 << 4) | wide, 0, table)};
}

// Packed from its result, so there is nothing left to define.
Case draw(Random& random) {
  const auto any = {Type::boolean, Type::int8, Type::int16, Type::int32, Type::int64, Type::float32};
  const int32_t kind = random.integer(0, 2);
  Case c;
  c.outputs = {
      draw_output(random, kind == 1 ? random.one_of({Type::int8, Type::int16}) : random.one_of(any))};
  if (kind == 0) draw_table(random, c);
  if (kind == 1) draw_huffman(random, c);
  if (kind == 2) draw_pruned(random, c);
  return c;
}

void define(Case&) {}

const Register registered("TFLM_DECODE", draw, define);

}  // namespace
}  // namespace inkling::naive
