// KernelSources: the part of the library that a compiled model calls, as source text. An operator's file
// gives what stands before its records; the headers that it includes bring the rest.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

namespace inkling::host {

class KernelSources {
 public:
  /// Adds what an operator runs, by its name in the schema.
  void add_operator(const std::string& name);
  /// Adds a header and, if it has one, the source file beside it ("inkling/core/runtime.h").
  void add_header(const std::string& path);

  /// The text that a program includes before it calls evals: `#include` lines, or with `standalone` the
  /// files themselves, each once.
  std::string text(bool standalone) const;

  /// Whether an operator steers the run: it needs a Runtime with graphs.
  static bool steers(const std::string& name);

  /// A name of the compiler's ("... [with Eval eval = inkling::ops::{anonymous}::eval_int8]") as the text
  /// spells it, for an operator of this name.
  static std::string spell(const std::string& compiler_text, const std::string& op);

 private:
  std::vector<std::string> headers_;              // in the order of their first use
  std::map<std::string, std::string> operators_;  // by the operator's name in C++: its kernels' text
};

}  // namespace inkling::host
