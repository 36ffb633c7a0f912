// Copies of what inkling/format reads in place, and elements by type.
#include "host/engine/tensor_facts.h"

#include <fmt/format.h>

#include <cmath>
#include <cstring>

namespace inkling::host {
namespace {

template <class T>
nlohmann::ordered_json one_or_many(const std::vector<T>& values) {
  if (values.empty()) return nullptr;
  if (values.size() == 1) return values[0];
  return values;
}

template <class T>
nlohmann::ordered_json elements(const std::vector<uint8_t>& bytes, int32_t n) {
  nlohmann::ordered_json values = nlohmann::ordered_json::array();
  for (int32_t i = 0; i < n; ++i)
    values.push_back(load<T>(bytes.data() + static_cast<size_t>(i) * sizeof(T)));
  return values;
}

// Two to a byte, the low half first.
nlohmann::ordered_json nibbles(const std::vector<uint8_t>& bytes, int32_t n) {
  nlohmann::ordered_json values = nlohmann::ordered_json::array();
  for (int32_t i = 0; i < n; ++i) {
    const int32_t nibble = bytes[static_cast<size_t>(i) / 2] >> (i % 2 * 4) & 15;
    values.push_back(nibble >= 8 ? nibble - 16 : nibble);
  }
  return values;
}

}  // namespace

TensorFacts facts_of(const Subgraph& graph, int32_t index) {
  const Tensor tensor = graph.tensor(index);
  TensorFacts facts;
  if (!tensor.present) return facts;
  facts.index = index;
  facts.name = graph.tensor_name(index);
  facts.type = tensor.type;
  facts.shape.assign(tensor.shape.begin(), tensor.shape.end());
  facts.n_elements = tensor.n_elements;
  facts.n_bytes = tensor.n_bytes;
  facts.scales.assign(tensor.scales.begin(), tensor.scales.end());
  for (int32_t i = 0; i < tensor.n_zero_points; ++i) facts.zero_points.push_back(tensor.zero_point(i));
  facts.is_constant = tensor.is_constant;
  facts.is_variable = tensor.is_variable;
  return facts;
}

std::vector<TensorFacts> facts_of(const Subgraph& graph, const Vector& indices) {
  std::vector<TensorFacts> all;
  for (int32_t i = 0; i < indices.size; ++i) all.push_back(facts_of(graph, indices.get<int32_t>(i)));
  return all;
}

std::string shape_text(const std::vector<int32_t>& shape) {
  return shape.empty() ? "scalar" : fmt::format("{}", fmt::join(shape, "x"));
}

std::string quantization_text(const TensorFacts& tensor) {
  if (tensor.scales.empty()) return "";
  const std::string scale = tensor.scales.size() == 1 ? fmt::format("{:.6g}", tensor.scales[0])
                                                      : fmt::format("scale[{}]", tensor.scales.size());
  const int64_t zero_point = tensor.zero_points.empty() ? 0 : tensor.zero_points[0];
  if (zero_point == 0) return fmt::format("real = {} * q", scale);
  return fmt::format("real = {} * (q {} {})", scale, zero_point < 0 ? '+' : '-', std::abs(zero_point));
}

nlohmann::ordered_json to_json(const TensorFacts& tensor) {
  return {{"tensor", tensor.index},
          {"name", tensor.name},
          {"type", name_of(tensor.type)},
          {"shape", tensor.shape},
          {"bytes", tensor.n_bytes},
          {"scale", one_or_many(tensor.scales)},
          {"zero_point", one_or_many(tensor.zero_points)}};
}

nlohmann::ordered_json values_json(Type type, const std::vector<uint8_t>& bytes, int32_t n_elements) {
  switch (type) {
    case Type::float32:
      return elements<float>(bytes, n_elements);
    case Type::float64:
      return elements<double>(bytes, n_elements);
    case Type::boolean:
      return elements<bool>(bytes, n_elements);
    case Type::int4:
      return nibbles(bytes, n_elements);
    case Type::int8:
      return elements<int8_t>(bytes, n_elements);
    case Type::uint8:
      return elements<uint8_t>(bytes, n_elements);
    case Type::int16:
      return elements<int16_t>(bytes, n_elements);
    case Type::uint16:
      return elements<uint16_t>(bytes, n_elements);
    case Type::int32:
      return elements<int32_t>(bytes, n_elements);
    case Type::uint32:
      return elements<uint32_t>(bytes, n_elements);
    case Type::int64:
      return elements<int64_t>(bytes, n_elements);
    case Type::uint64:
      return elements<uint64_t>(bytes, n_elements);
    default:
      return nlohmann::ordered_json::array();
  }
}

std::string shortened(const std::string& text, size_t n_characters) {
  const std::string safe = printable(text);
  if (safe.size() <= n_characters) return safe;
  return printable(safe.substr(0, n_characters - 3)) + "...";
}

std::string printable(const std::string& text) {
  std::string safe;
  for (size_t i = 0; i < text.size();) {
    const auto first = static_cast<uint8_t>(text[i]);
    const size_t n = first < 0x80                    ? 1
                     : first >= 0xc2 && first < 0xe0 ? 2
                     : first >= 0xe0 && first < 0xf0 ? 3
                     : first >= 0xf0 && first < 0xf5 ? 4
                                                     : 0;
    bool good = n > 0 && i + n <= text.size() && first >= 0x20 && first != 0x7f;
    for (size_t k = 1; good && k < n; ++k) good = (static_cast<uint8_t>(text[i + k]) & 0xc0) == 0x80;
    if (good && n == 2 && first == 0xc2) good = static_cast<uint8_t>(text[i + 1]) >= 0xa0;  // C1 controls
    safe += good ? text.substr(i, n) : "?";
    i += good ? n : 1;
  }
  return safe;
}

}  // namespace inkling::host
