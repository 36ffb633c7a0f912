// Program: a model on the desk, run by the very code of the device. Finds the arena's size by itself and
// turns failures into messages.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "inkling/inkling.h"

namespace inkling::host {

/// All operators of this build.
Span<const Op* const> all_ops();

/// A file's bytes at an address that suits a model.
class ModelFile {
 public:
  /// Throws an Error when the file cannot be read.
  explicit ModelFile(const std::filesystem::path& path);
  /// Bytes that are in no file (yet); `name` is for messages.
  ModelFile(std::filesystem::path name, const std::vector<uint8_t>& bytes);
  const std::filesystem::path& path() const { return path_; }
  Bytes bytes() const { return {reinterpret_cast<const uint8_t*>(words_.data()), n_bytes_}; }

 private:
  std::filesystem::path path_;
  std::vector<uint64_t> words_;
  int32_t n_bytes_;
};

/// A failure in words: "op 7 FULLY_CONNECTED: the weights must be a matrix (got 3, want 2)". `model` gives
/// the names of operators that nothing here knows; all of them are listed.
std::string text(const Failure& failure, Bytes model);
/// The same without a model.
std::string text(const Failure& failure);

/// The operators of a model that are not among `ops`, each once, as "INDEX NAME".
std::vector<std::string> unsupported_operators(Bytes model, Span<const Op* const> ops);

/// A loaded model.
class Program {
 public:
  /// Loads the model into an arena of the size that it needs, or of `arena_bytes` if that is not 0. Throws an
  /// Error "FILE: reason".
  explicit Program(const ModelFile& file, int32_t arena_bytes = 0);

  Interpreter& net() { return *net_; }

 private:
  std::vector<uint64_t> arena_;
  std::unique_ptr<Interpreter> net_;
};

}  // namespace inkling::host
