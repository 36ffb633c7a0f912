// Reading the library's sources: #include lines are followed, an operator's kernels are cut from its file.
#include "host/compile/kernel_sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <sstream>

#include "host/data/files.h"
#include "host/engine/operator_files.h"
#include "host/error.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

std::string read_text(const fs::path& path) {
  const std::vector<uint8_t> bytes = read_file(path);
  return {bytes.begin(), bytes.end()};
}

// The path in `#include "inkling/..."`; empty for other lines.
std::string included_path(const std::string& line) {
  static const std::regex include("\\s*#include \"(inkling/[^\"]+)\".*");
  std::smatch match;
  return std::regex_match(line, match, include) ? match[1].str() : "";
}

// What stands between an operator's "namespace {" and the end of that namespace; nothing where all that it
// runs comes from headers.
std::string kernels_of(const fs::path& file) {
  const std::string text = read_text(file), opening = "\nnamespace {\n", closing = "\n}  // namespace\n";
  const size_t from = text.find(opening), to = text.find(closing);
  if (from == std::string::npos || to == std::string::npos) return {};
  return text.substr(from + opening.size(), to - from - opening.size());
}

// Whether a source file holds code that kernels call; what serves loading only is not needed.
bool runs_on_its_own(const std::string& path) {
  static const std::regex rooms("inkling/(core|kernels|signal)/.*");
  return std::regex_match(path, rooms) && path != "inkling/core/persistent.cpp";
}

// Writes files with what they include in its place, each once.
class Amalgam {
 public:
  void add(const std::string& path) {
    if (!done_.insert(path).second) return;
    text += fmt::format("// ---- {}\n", path);
    std::istringstream lines(read_text(library_root() / path));
    for (std::string line; std::getline(lines, line);) {
      const std::string inner = included_path(line);
      if (!inner.empty())
        add(inner);
      else if (line != "#pragma once")
        text += line + "\n";
    }
  }

  std::string text;

 private:
  std::set<std::string> done_;
};

// The library's headers that a file includes itself.
std::vector<std::string> includes_of(const fs::path& file) {
  std::vector<std::string> headers;
  std::istringstream lines(read_text(file));
  for (std::string line; std::getline(lines, line);)
    if (const std::string header = included_path(line); !header.empty()) headers.push_back(header);
  return headers;
}

std::string source_beside(const std::string& header) {
  return fs::path(header).replace_extension(".cpp").string();
}

// All headers that this one includes, and itself.
void close_over(const std::string& path, std::vector<std::string>* closed, std::set<std::string>* seen) {
  if (!seen->insert(path).second) return;
  for (const std::string& inner : includes_of(library_root() / path)) close_over(inner, closed, seen);
  closed->push_back(path);
}

}  // namespace

void KernelSources::add_header(const std::string& path) {
  if (path == "inkling/ops.h" || std::find(headers_.begin(), headers_.end(), path) != headers_.end()) return;
  headers_.push_back(path);
  // What an operator shares with its family may choose an eval of a header that only the source includes.
  const fs::path source = library_root() / source_beside(path);
  if (path.rfind("inkling/prepare/", 0) == 0 && fs::exists(source))
    for (const std::string& header : includes_of(source)) add_header(header);
}

void KernelSources::add_operator(const std::string& name) {
  const fs::path& file = operator_file(name);
  if (!operators_.emplace(file.stem(), kernels_of(file)).second) return;
  for (const std::string& header : includes_of(file)) add_header(header);
}

bool KernelSources::steers(const std::string& name) {
  return kernels_of(operator_file(name)).find("io.runtime") != std::string::npos;
}

std::string KernelSources::text(bool standalone) const {
  std::vector<std::string> files;
  std::set<std::string> seen;
  for (const std::string& header : headers_) close_over(header, &files, &seen);
  std::vector<std::string> sources;
  for (const std::string& header : files) {
    const std::string source = source_beside(header);
    if (runs_on_its_own(source) && fs::exists(library_root() / source)) sources.push_back(source);
  }
  std::string text;
  if (standalone) {
    Amalgam amalgam;
    for (const std::string& header : headers_) amalgam.add(header);
    for (const std::string& source : sources) amalgam.add(source);
    text = std::move(amalgam.text);
  } else {
    for (const std::string& header : headers_) text += fmt::format("#include \"{}\"\n", header);
    for (const std::string& source : sources) text += fmt::format("#include \"{}\"\n", source);
    text += "\n";
  }
  for (const auto& [identifier, kernels] : operators_)
    if (!kernels.empty())
      text += fmt::format(
          "namespace inkling::ops::{0}_kernels {{\nnamespace {{\n{1}\n}}  // namespace\n}}  // namespace "
          "inkling::ops::{0}_kernels\n\n",
          identifier, kernels);
  return text;
}

std::string KernelSources::spell(const std::string& compiler_text, const std::string& op) {
  const size_t from = compiler_text.find(" = ", compiler_text.find("[with ")), to = compiler_text.rfind(']');
  if (from == std::string::npos || to == std::string::npos)
    throw Error(fmt::format("this compiler's names are not understood: {}", compiler_text));
  std::string name = compiler_text.substr(from + 3, to - from - 3);
  // This machine's words for sizes and for the Arch.
  static const std::vector<std::pair<std::regex, std::string>> words = {
      {std::regex("\\(& ([^()]*)\\)"), "$1"},
      {std::regex("\\blong unsigned int\\b|\\bunsigned long\\b"), "uint64_t"},
      {std::regex("\\blong int\\b"), "int64_t"},
      {std::regex("\\bshort unsigned int\\b|\\bunsigned short\\b"), "uint16_t"},
      {std::regex("\\bshort int\\b"), "int16_t"},
      {std::regex("\\bunsigned int\\b"), "uint32_t"},
      {std::regex("\\bint\\b"), "int32_t"},
      {std::regex("\\bunsigned char\\b"), "uint8_t"},
      {std::regex("\\bsigned char\\b"), "int8_t"},
      {std::regex("\\b(Sse2|Portable)\\b"), "Arch"}};
  for (const auto& [word, replacement] : words) name = std::regex_replace(name, word, replacement);
  const std::string kernels = operator_file(op).stem().string() + "_kernels";
  for (const char* unnamed : {"{anonymous}", "(anonymous namespace)"}) {
    for (size_t at; (at = name.find(unnamed)) != std::string::npos;)
      name.replace(at, std::string(unnamed).size(), kernels);
  }
  return name;
}

}  // namespace inkling::host
