// The rules of the house that a program can check: who may include whom, how large things may be, what lists
// must be current, and that the library needs nothing but a compiler.
#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include "host/data/files.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

const fs::path kRepo = INKLING_REPO_DIR;

std::string text_of(const fs::path& path) {
  const std::vector<uint8_t> bytes = read_file(path);
  return {bytes.begin(), bytes.end()};
}

std::vector<std::string> lines_of(const fs::path& path) {
  std::istringstream text(text_of(path));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

bool has_extension(const fs::path& path, std::initializer_list<const char*> extensions) {
  return std::find(extensions.begin(), extensions.end(), path.extension()) != extensions.end();
}

// The C++ files below a folder of the project.
std::vector<fs::path> sources(const std::string& folder) {
  std::vector<fs::path> found;
  if (!fs::exists(kRepo / folder)) return found;
  for (const auto& entry : fs::recursive_directory_iterator(kRepo / folder))
    if (has_extension(entry.path(), {".h", ".cpp"})) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<fs::path> all_sources() {
  std::vector<fs::path> all;
  for (const char* folder : {"inkling", "host", "boards", "apps", "tests", "tools", "bench", "examples"})
    for (const fs::path& path : sources(folder)) all.push_back(path);
  return all;
}

// What a file includes, with its quotes or brackets.
std::vector<std::string> includes_of(const fs::path& path) {
  std::vector<std::string> found;
  for (const std::string& line : lines_of(path))
    if (line.rfind("#include ", 0) == 0) found.push_back(line.substr(9, line.find_first_of(">\"", 10) - 8));
  return found;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string name(const fs::path& path) {
  return path.lexically_relative(kRepo).string();
}

// The folder of inkling/ that a path like "inkling/core/span.h" is in; "" for inkling/ itself.
std::string layer_of(const std::string& path) {
  const size_t end = path.find('/', 8);
  return end == std::string::npos ? "" : path.substr(8, end - 8);
}

size_t n_lines(const std::string& folder) {
  size_t n = 0;
  for (const fs::path& path : sources("inkling/" + folder)) n += lines_of(path).size();
  return n;
}

TEST(House, IncludesPointDownwards) {
  // Each layer may include itself and these.
  const std::map<std::string, std::set<std::string>> below = {
      {"core", {}},
      {"format", {"core"}},
      {"plan", {"core"}},
      {"arch", {"core"}},
      {"signal", {"core"}},
      {"decide", {"core"}},
      {"learn", {"core"}},
      {"kernels", {"core", "arch"}},
      {"prepare", {"core", "format", "arch", "kernels", "signal"}},
      {"run", {"core", "format", "plan", "prepare"}},
      {"ops", {"core", "format", "arch", "kernels", "signal", "prepare", ""}},
  };
  for (const fs::path& path : sources("inkling")) {
    const std::string layer = layer_of(name(path));
    if (layer.empty()) continue;  // ops.h and inkling.h, which are made of everything
    ASSERT_TRUE(below.count(layer)) << name(path) << ": say in this test what its folder may include";
    for (const std::string& include : includes_of(path)) {
      if (include[0] == '<') continue;
      const std::string target = include.substr(1, include.size() - 2);
      ASSERT_EQ(target.rfind("inkling/", 0), 0u) << name(path) << " includes " << include;
      const std::string other = layer_of(target);
      EXPECT_TRUE(other == layer || below.at(layer).count(other))
          << name(path) << " includes " << include << ", which is not below " << layer;
    }
  }
}

TEST(House, TheLibraryNeedsNoOtherLibrary) {
  for (const fs::path& path : sources("inkling"))
    for (const std::string& include : includes_of(path)) {
      const bool free = include[0] == '"' || include == "<stdint.h>" || include == "<stddef.h>";
      EXPECT_TRUE(free || layer_of(name(path)) == "arch") << name(path) << " includes " << include;
    }
}

TEST(House, OnlyArchKnowsMachines) {
  for (const fs::path& path : sources("inkling")) {
    if (name(path) == "inkling/arch/arch.h") continue;
    for (const std::string& line : lines_of(path))
      for (const char* machine :
           {"__ARM", "__arm", "__aarch64", "__SSE", "__AVX", "__x86", "__i386", "__riscv"})
        EXPECT_FALSE(contains(line, "#") && contains(line, machine)) << name(path) << ": " << line;
  }
}

TEST(House, BudgetsHold) {
  EXPECT_LE(n_lines("core") + n_lines("format") + n_lines("plan") + n_lines("run"), 2500u);
  for (const fs::path& path : sources("inkling/ops")) EXPECT_LE(lines_of(path).size(), 150u) << name(path);
  for (const fs::path& path : sources("inkling/arch")) EXPECT_LE(lines_of(path).size(), 300u) << name(path);
  for (const fs::path& path : all_sources()) {
    const fs::path relative = path.lexically_relative(kRepo);
    const bool is_list = name(path) == "inkling/ops.h";  // as long as there are operators
    EXPECT_TRUE(is_list || lines_of(path).size() <= 450) << name(path) << " has more than 450 lines";
    EXPECT_LE(std::distance(relative.begin(), relative.end()) - 1, 3) << name(path) << " lies too deep";
    for (const std::string& line : lines_of(path)) EXPECT_LE(line.size(), 110u) << name(path) << ": " << line;
  }
}

TEST(House, FilesSayWhatTheyAre) {
  for (const fs::path& path : all_sources()) {
    const std::vector<std::string> lines = lines_of(path);
    ASSERT_FALSE(lines.empty()) << name(path);
    EXPECT_EQ(lines[0].rfind("// ", 0), 0u) << name(path) << " starts with: " << lines[0];
    const bool guarded = std::find(lines.begin(), lines.end(), "#pragma once") != lines.end();
    EXPECT_EQ(guarded, path.extension() == ".h") << name(path);
  }
}

TEST(House, NothingIsLeftToDo) {
  for (const fs::path& path : all_sources())
    for (const std::string& line : lines_of(path))
      EXPECT_FALSE(contains(line,
                            "TO"
                            "DO"))
          << name(path) << ": " << line;
}

TEST(House, TheListOfOperatorsIsCurrent) {
  const std::string command =
      "cmake -DREPO=" + kRepo.string() + " -DCHECK=ON -P " + (kRepo / "tools/list_ops.cmake").string();
  EXPECT_EQ(std::system(command.c_str()), 0) << "run ./dev build and commit inkling/ops.h";
}

// The words of the example's code, so that how it is set does not matter.
std::vector<std::string> code_of(std::string text) {
  text.erase(0, text.find("#include \"inkling/inkling.h\""));
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

TEST(House, TheReadmeShowsTheExample) {
  const auto example = code_of(text_of(kRepo / "examples/minimal.cpp"));
  const std::string readme = text_of(kRepo / "README.md");
  const size_t start = readme.find("```cpp\n#include \"inkling/inkling.h\"");
  ASSERT_NE(start, std::string::npos);
  EXPECT_EQ(code_of(readme.substr(start, readme.find("```\n", start + 3) - start)), example);
}

// The library with one program, for a processor without an operating system or a C library.
TEST(House, TheExampleNeedsNothingButACompiler) {
  if (std::system("arm-none-eabi-g++ --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "no arm-none-eabi-g++";
  const TemporaryFolder folder;
  write_atomically(
      folder / "model.cpp",
      "#include <stdint.h>\n"
      "extern \"C++\" { extern const uint8_t model[] = {0, 0, 0, 0}; extern const int32_t model_bytes "
      "= 4; }\n"
      "int classify(const int8_t*, int32_t);\n"
      "extern \"C\" int start() { int8_t x[1] = {}; return classify(x, 1); }\n");
  std::string files = (folder / "model.cpp").string() + " examples/minimal.cpp";
  for (const char* layer : {"core", "format", "plan", "prepare", "run"})
    files += std::string(" inkling/") + layer + "/*.cpp";
  const std::string command =
      "cd " + kRepo.string() +
      " && arm-none-eabi-g++ -std=c++17 -mcpu=cortex-m4 -mthumb -Os -I. -ffreestanding -fno-exceptions "
      "-fno-rtti"
      " -fno-threadsafe-statics -Wall -Wextra -Wconversion -Werror -ffunction-sections -Wl,--gc-sections"
      " -nostdlib -Wl,-e,start -o " +
      (folder / "minimal.elf").string() + " " + files +
      " inkling/ops/fully_connected.cpp inkling/ops/softmax.cpp -lgcc";
  EXPECT_EQ(std::system(command.c_str()), 0) << command;
}

}  // namespace
}  // namespace inkling::host
