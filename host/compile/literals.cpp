// Numbers, text and lists as C++ source.
#include "host/compile/literals.h"

#include <fmt/format.h>

#include <cmath>

namespace inkling::host {

std::string literal(float value) {
  if (std::isnan(value)) return "__builtin_nanf(\"\")";
  if (std::isinf(value)) return value < 0 ? "-__builtin_inff()" : "__builtin_inff()";
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text + "f";
}

std::string literal(int32_t value) {
  return value == INT32_MIN ? "INT32_MIN" : fmt::format("{}", value);
}

std::string element_type(Type type) {
  switch (type) {
    case Type::int8:
    case Type::uint8:
    case Type::int16:
    case Type::uint16:
    case Type::int32:
    case Type::uint32:
    case Type::int64:
    case Type::uint64:
      return fmt::format("{}_t", name_of(type));
    case Type::float32:
      return "float";
    case Type::boolean:
      return "bool";
    default:
      return "uint8_t";
  }
}

std::string text_literal(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text)
    if (c == '"' || c == '\\')
      quoted += fmt::format("\\{}", c);
    else if (static_cast<unsigned char>(c) < 32)
      quoted += fmt::format("\\{:03o}", static_cast<unsigned>(c));
    else
      quoted += c;
  return quoted + "\"";
}

std::string wrapped(const std::vector<std::string>& items) {
  std::string text, line;
  for (const std::string& item : items) {
    if (line.size() + item.size() > 98) {
      text += "    " + line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + item + ",";
  }
  return text + "    " + line + "\n";
}

}  // namespace inkling::host
