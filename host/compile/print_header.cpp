// The text of NAME.h.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <regex>
#include <set>

#include "host/compile/literals.h"
#include "host/compile/print.h"
#include "host/error.h"

namespace inkling::host {
namespace {

std::string print_facts(const char* what, size_t i, const TensorFacts& tensor) {
  std::vector<std::string> dims;
  for (const int32_t dim : tensor.shape) dims.push_back(fmt::format("{}", dim));
  const std::string rank = fmt::format("{}", dims.size());
  if (dims.empty()) dims.push_back("1");
  const std::string quantization = quantization_text(tensor);
  return fmt::format(
      "/// {0} {1}: {2} {3}{4}\ntemplate <>\nstruct {5}<{1}> {{\n  using Element = {6};\n  static constexpr "
      "int32_t rank = {7}, size = {8}, shape[] = {{{9}}};\n  static constexpr float scale = {10};\n  static "
      "constexpr int32_t zero_point = {11};\n}};\n",
      what, i, name_of(tensor.type), shape_text(tensor.shape),
      quantization.empty() ? "" : ", " + quantization, what, element_type(tensor.type), rank,
      element_type(tensor.type) == "uint8_t" ? tensor.n_bytes : tensor.n_elements, fmt::join(dims, ", "),
      tensor.scales.empty() ? "0.0f" : literal(tensor.scales[0]),
      tensor.zero_points.empty() ? 0 : tensor.zero_points[0]);
}

}  // namespace

void require_namespace_name(const std::string& name) {
  static const std::regex identifier("[A-Za-z][A-Za-z0-9_]*");
  static const std::set<std::string> taken = {
      "alignas", "alignof", "and",       "asm",      "auto",     "bool",      "break",    "case",
      "catch",   "char",    "class",     "const",    "continue", "default",   "delete",   "do",
      "double",  "else",    "enum",      "explicit", "export",   "extern",    "false",    "float",
      "for",     "friend",  "goto",      "if",       "inkling",  "inline",    "int",      "long",
      "main",    "mutable", "namespace", "new",      "noexcept", "not",       "nullptr",  "operator",
      "or",      "private", "protected", "public",   "register", "return",    "short",    "signed",
      "sizeof",  "static",  "std",       "struct",   "switch",   "template",  "this",     "throw",
      "true",    "try",     "typedef",   "typeid",   "typename", "union",     "unsigned", "using",
      "virtual", "void",    "volatile",  "while",    "xor",      "constexpr", "decltype"};
  if (!std::regex_match(name, identifier) || taken.count(name) > 0)
    throw Error(fmt::format(
        "\"{}\" cannot be the name of a C++ namespace; give one of letters, digits and _ that starts with a "
        "letter and is no keyword (--name my_model)",
        name));
}

std::string print_header(const Snapshot& snapshot, const PrintOptions& options) {
  std::string text = fmt::format(
      "// Generated from {} by \"inkling compile\". To change it, change the model and compile it again.\n"
      "#pragma once\n#include <stdint.h>\n\nnamespace {} {{\n\n"
      "/// Bytes of RAM that the model works in; they are part of the program's .bss.\n"
      "constexpr int32_t arena_bytes = {};\n\n",
      printable(std::filesystem::path(snapshot.file).filename().string()), options.name,
      snapshot.arena_bytes);
  if (!snapshot.labels.empty()) {
    std::vector<std::string> labels;
    for (const std::string& label : snapshot.labels) labels.push_back(text_literal(label));
    text += fmt::format("/// Names of the output's classes.\nconstexpr const char* labels[] = {{\n{}}};\n\n",
                        wrapped(labels));
  }
  text +=
      "/// What is known of input and output number i: Element, rank, shape, size (elements), and for\n"
      "/// quantized ones scale and zero_point of real = scale * (q - zero_point).\n"
      "template <int32_t i>\nstruct Input;\ntemplate <int32_t i>\nstruct Output;\n\n";
  for (size_t i = 0; i < snapshot.inputs.size(); ++i) text += print_facts("Input", i, snapshot.inputs[i]);
  for (size_t i = 0; i < snapshot.outputs.size(); ++i) text += print_facts("Output", i, snapshot.outputs[i]);
  text +=
      "\n/// The elements of an input or output, row-major, and what is known of it.\n"
      "template <class Facts>\nstruct Tensor : Facts {\n  typename Facts::Element* data;\n\n"
      "  explicit Tensor(typename Facts::Element* data_) : data(data_) {}\n"
      "  typename Facts::Element& operator[](int32_t i) const { return data[i]; }\n"
      "  typename Facts::Element* begin() const { return data; }\n"
      "  typename Facts::Element* end() const { return data + Facts::size; }\n};\n\n"
      "/// Where to write input i before invoke(), and where to read output i afterwards. Inputs may be\n"
      "/// overwritten by invoke().\n"
      "template <int32_t i>\nTensor<Input<i>> input();\ntemplate <int32_t i>\nTensor<Output<i>> output();\n";
  for (size_t i = 0; i < snapshot.inputs.size(); ++i)
    text += fmt::format("template <>\nTensor<Input<{0}>> input<{0}>();\n", i);
  for (size_t i = 0; i < snapshot.outputs.size(); ++i)
    text += fmt::format("template <>\nTensor<Output<{0}>> output<{0}>();\n", i);
  text += "\n/// Runs the model once.\nvoid invoke();\n";
  if (options.step)
    text +=
        "/// Runs the model's next operator; false when it was the last one: the outputs are there.\n"
        "bool step();\n";
  text +=
      "/// Forgets everything that the model keeps between runs. Call it once before the first run.\nvoid "
      "reset();\n";
  return text + fmt::format("\n}}  // namespace {}\n", options.name);
}

}  // namespace inkling::host
