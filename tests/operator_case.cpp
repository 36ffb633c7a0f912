// Cases as bytes and as models.
#include "tests/operator_case.h"

#include <flatbuffers/flexbuffers.h>

#include <cstring>
#include <stdexcept>

namespace inkling::naive {
namespace {

// Calls f with a null pointer to the type's C++ type.
template <class F>
void visit(Type type, F f) {
  switch (type) {
    case Type::float32:
      return f(static_cast<float*>(nullptr));
    case Type::int8:
      return f(static_cast<int8_t*>(nullptr));
    case Type::uint8:
    case Type::boolean:
      return f(static_cast<uint8_t*>(nullptr));
    case Type::int16:
      return f(static_cast<int16_t*>(nullptr));
    case Type::int32:
      return f(static_cast<int32_t*>(nullptr));
    case Type::uint32:
      return f(static_cast<uint32_t*>(nullptr));
    case Type::int64:
      return f(static_cast<int64_t*>(nullptr));
    case Type::uint64:
      return f(static_cast<uint64_t*>(nullptr));
    default:
      throw std::invalid_argument(std::string("no cases with tensors of ") + name_of(type));
  }
}

// A FlexBuffer map.
std::vector<uint8_t> encode(const std::map<std::string, double>& options) {
  flexbuffers::Builder builder;
  builder.Map([&] {
    for (const auto& [key, value] : options) {
      if (value == std::floor(value))
        builder.Int(key.c_str(), static_cast<int64_t>(value));
      else
        builder.Float(key.c_str(), static_cast<float>(value));
    }
  });
  builder.Finish();
  return builder.GetBuffer();
}

// Two numbers a byte, the low nibble first.
std::vector<uint8_t> pack_int4(const std::vector<double>& numbers) {
  std::vector<uint8_t> bytes((numbers.size() + 1) / 2);
  for (size_t i = 0; i < numbers.size(); ++i)
    bytes[i / 2] |= static_cast<uint8_t>((static_cast<int32_t>(numbers[i]) & 15) << (i % 2 * 4));
  return bytes;
}

// float16; the numbers are some that it has.
std::vector<uint8_t> pack_halves(const std::vector<double>& numbers) {
  std::vector<uint8_t> bytes;
  for (const double x : numbers) {
    const double size = std::abs(x);
    const int32_t exponent = size < std::ldexp(1, -14) ? -14 : std::ilogb(size);
    // The leading one of normal numbers adds 1 to the exponent's field.
    const auto mantissa = static_cast<int32_t>(std::ldexp(size, 10 - exponent));
    const int32_t half = ((exponent + 14) << 10) + mantissa + (std::signbit(x) ? 0x8000 : 0);
    bytes.push_back(static_cast<uint8_t>(half));
    bytes.push_back(static_cast<uint8_t>(half >> 8));
  }
  return bytes;
}

std::vector<double> unpack_halves(const std::vector<uint8_t>& bytes) {
  std::vector<double> numbers;
  for (size_t i = 0; i + 2 <= bytes.size(); i += 2) {
    const int32_t half = bytes[i] | bytes[i + 1] << 8, exponent = half >> 10 & 31;
    const double size = std::ldexp((half & 1023) + (exponent > 0 ? 1024 : 0), std::max(exponent, 1) - 25);
    numbers.push_back(half & 0x8000 ? -size : size);
  }
  return numbers;
}

}  // namespace

std::vector<uint8_t> encode(const Operand& t) {
  if (t.type == Type::int4) return pack_int4(t.v);
  if (t.type == Type::float16) return pack_halves(t.v);
  std::vector<uint8_t> bytes;
  visit(t.type, [&](auto* type) {
    using T = std::remove_pointer_t<decltype(type)>;
    for (const double number : t.v) {
      const auto x = static_cast<T>(number);
      uint8_t raw[sizeof x];
      std::memcpy(raw, &x, sizeof x);
      bytes.insert(bytes.end(), raw, raw + sizeof x);
    }
  });
  return bytes;
}

std::vector<double> decode(Type type, const std::vector<uint8_t>& bytes) {
  if (type == Type::float16) return unpack_halves(bytes);
  std::vector<double> numbers;
  visit(type, [&](auto* typed) {
    using T = std::remove_pointer_t<decltype(typed)>;
    for (size_t i = 0; i + sizeof(T) <= bytes.size(); i += sizeof(T))
      numbers.push_back(static_cast<double>(load<T>(bytes.data() + i)));
  });
  return numbers;
}

std::vector<uint8_t> model_of(const std::string& op, const Case& c) {
  host::graph::Graph model;
  host::graph::Subgraph& main = model.subgraphs.emplace_back();
  const auto add = [&](const Operand& from) {
    if (!from.present()) return int32_t{-1};
    host::graph::Tensor t;
    t.type = from.type;
    t.shape = from.shape;
    t.scales = from.scales;
    t.zero_points = from.zero_points;
    t.axis = from.axis;
    t.is_variable = from.role == Role::variable;
    if (from.role == Role::constant) t.data = encode(from);
    return main.add(t);
  };
  std::vector<int32_t> inputs;
  for (const Operand& input : c.inputs) {
    inputs.push_back(add(input));
    if (input.role == Role::fed) main.inputs.push_back(inputs.back());
  }
  for (const Operand& output : c.outputs) main.outputs.push_back(add(output));
  if (main.inputs.empty()) main.add_input({});  // not every interpreter takes a model without any
  main.operators.push_back({op, inputs, main.outputs, c.options});
  if (!c.custom.empty()) main.operators.back().custom_options = encode(c.custom);
  return host::graph::write(model);
}

}  // namespace inkling::naive
