// The names of a model's classes: from the standard TFLite metadata (an associated file in the zip archive
// that is appended to the model) or from a text file beside it. Leaves out writing them.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace inkling::host {

/// The labels of a model, in the order of its output's elements; none if nothing names them. In this order:
/// the file that the metadata associates with an output as its axis labels, "labels.txt" in the archive,
/// "labels.txt" in the model's folder. One label a line. Throws an Error when the model cannot be read or its
/// archive is damaged.
std::vector<std::string> read_labels(const std::filesystem::path& model);

}  // namespace inkling::host
