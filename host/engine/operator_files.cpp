// An operator's file says its name in the schema, once.
#include "host/engine/operator_files.h"

#include <fmt/format.h>

#include <map>
#include <regex>

#include "host/data/files.h"
#include "host/error.h"

namespace inkling::host {

namespace fs = std::filesystem;

fs::path library_root() {
  return INKLING_REPO_DIR;
}

const fs::path& operator_file(const std::string& name) {
  static const std::map<std::string, fs::path> files = [] {
    const std::regex record("\\bOp \\w+\\s*=\\s*\\{\\s*\"(\\w+)\"");
    std::map<std::string, fs::path> found;
    for (const auto& entry : fs::directory_iterator(library_root() / "inkling/ops")) {
      const std::vector<uint8_t> bytes = read_file(entry.path());
      const std::string text(bytes.begin(), bytes.end());
      std::smatch match;
      if (std::regex_search(text, match, record)) found[match[1]] = entry.path();
    }
    return found;
  }();
  const auto file = files.find(name);
  if (file == files.end()) throw Error(fmt::format("inkling/ops: no file declares the operator {}", name));
  return file->second;
}

}  // namespace inkling::host
