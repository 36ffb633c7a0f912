// Where the library's operators are written: a file of inkling/ops for each. For the tools that read sources.
#pragma once
#include <filesystem>
#include <string>

namespace inkling::host {

/// The library's sources, from the repository's root on.
std::filesystem::path library_root();

/// The file that declares an operator, by the operator's name in the schema ("CONV_2D"). Its name without
/// the extension is the operator's name in C++. Throws an Error when no file does.
const std::filesystem::path& operator_file(const std::string& name);

}  // namespace inkling::host
