// Reading board.json, keeping a board's build tree current, running QEMU.
#include "host/bench/board.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/data/files.h"
#include "host/error.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path kRepo = INKLING_REPO_DIR;
constexpr int32_t kSmallStaticBytes = 512;  // what a program needs beside its arena and stack

json read_json(const fs::path& path) {
  const std::vector<uint8_t> text = read_file(path);
  try {
    return json::parse(text.begin(), text.end());
  } catch (const json::exception& error) {
    throw Error(fmt::format("{}: is not valid JSON: {}", path.string(), error.what()));
  }
}

/// Whoever holds it is the only one to build in a tree; ./dev uses the same file.
class BuildLock {
 public:
  explicit BuildLock(const std::string& tree) {
    fs::create_directories(kRepo / "build");
    file_ = open((kRepo / "build" / (".lock-" + tree)).c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0666);
    if (file_ >= 0) flock(file_, LOCK_EX);
  }
  BuildLock(const BuildLock&) = delete;
  BuildLock& operator=(const BuildLock&) = delete;
  ~BuildLock() {
    if (file_ >= 0) close(file_);
  }

 private:
  int file_;
};

void run_build_step(const std::string& tree, const std::vector<std::string>& command) {
  const ProcessResult result = run_process(command, kRepo, 1800);
  if (result.status == 0) return;
  throw Error(fmt::format("build/{}: cannot be built: {}\n{}{}", tree, fmt::join(command, " "), result.out,
                          result.err));
}

/// Configures build/<tree> once and builds the targets; says nothing unless it fails.
void build(const std::string& tree, std::vector<std::string> configure,
           const std::vector<std::string>& targets) {
  const BuildLock lock(tree);
  const fs::path folder = kRepo / "build" / tree;
  if (!fs::exists(folder / "build.ninja")) {
    configure.insert(configure.begin(), {"cmake", "-B", folder.string(), "-G", "Ninja"});
    const bool has_ccache = run_process({"sh", "-c", "command -v ccache"}, kRepo).status == 0;
    for (const char* language : {"C", "CXX"})
      if (has_ccache) configure.push_back(fmt::format("-DCMAKE_{}_COMPILER_LAUNCHER=ccache", language));
    run_build_step(tree, configure);
  }
  std::vector<std::string> command = {"cmake", "--build", folder.string(), "--target"};
  command.insert(command.end(), targets.begin(), targets.end());
  run_build_step(tree, command);
}

/// The counting plug-in, brought up to date when it is first asked for.
const fs::path& plugin() {
  static const fs::path path = [] {
    build("qemu_plugin", {"-S", "tools/qemu_plugin"}, {"inkling_count"});
    return kRepo / "build/qemu_plugin/libinkling_count.so";
  }();
  return path;
}

int64_t region_bytes(const json& memory, const std::string& region) {
  const json& value = memory.at(region);
  return value.is_string() ? region_bytes(memory, value) : value.at("kib").get<int64_t>() * 1024;
}

Board read_board(const std::string& name, const fs::path& path) {
  const json described = read_json(path), shared = read_json(kRepo / "boards/virtual/build.json");
  Board board;
  board.name = name;
  board.description = described.at("description");
  board.arch = described.at("arch");
  board.compiler = described.at("compiler");
  board.compile_flags = described.at("cpu_flags").get<std::vector<std::string>>();
  for (const std::string flag : shared.at("compile_flags")) board.compile_flags.push_back(flag);
  board.link_flags = shared.at("link_flags").get<std::vector<std::string>>();
  board.libraries = shared.at("libraries").get<std::vector<std::string>>();
  board.qemu = described.at("qemu").get<std::vector<std::string>>();
  board.icount_shift = described.at("icount_shift");
  board.clock_hz = described.at("clock_hz");
  if (described.at("cycle_model").is_string()) board.cycle_model = described.at("cycle_model");
  const json& memory = described.at("memory");
  board.arena_bytes = region_bytes(memory, "arena");
  if (memory.at("arena") == "ram")
    board.arena_bytes -= described.at("stack_bytes").get<int64_t>() + kSmallStaticBytes;
  return board;
}

}  // namespace

std::vector<std::string> board_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kRepo / "boards"))
    if (fs::exists(entry.path() / "board.json")) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

Board describe_board(const std::string& name) {
  const std::vector<std::string> names = board_names();
  if (std::find(names.begin(), names.end(), name) == names.end())
    throw Error(fmt::format("there is no board \"{}\"; the boards are {}", name, fmt::join(names, ", ")));
  try {
    return read_board(name, kRepo / "boards" / name / "board.json");
  } catch (const json::exception& error) {
    throw Error(fmt::format("boards/{}/board.json: {}", name, error.what()));
  }
}

Board open_board(const std::string& name, Kernels kernels, const std::vector<std::string>& targets) {
  Board board = describe_board(name);
  const bool portable = kernels == Kernels::portable;
  const std::string tree = portable ? name + "-portable" : name;
  std::vector<std::string> all = {"inkling", "inkling_board"};
  all.insert(all.end(), targets.begin(), targets.end());
  build(tree,
        {"--toolchain", "cmake/board.cmake", "-DINKLING_BOARD=" + name,
         portable ? "-DINKLING_PORTABLE=ON" : "-DINKLING_PORTABLE=OFF"},
        all);
  board.build = kRepo / "build" / tree;
  return board;
}

BoardOutcome run_on_board(const Board& board, const BoardRun& run) {
  std::vector<std::string> command = board.qemu;
  command.insert(command.end(), {"-display", "none", "-serial", "none", "-monitor", "none",
                                 "-semihosting-config", "enable=on,target=native"});
  if (run.board_time)
    command.insert(command.end(), {"-icount", fmt::format("shift={},sleep=off", board.icount_shift)});
  const ScratchFolder scratch;
  const fs::path counts = scratch.path() / "counts.txt";
  if (run.count) command.insert(command.end(), {"-plugin", plugin().string() + ",out=" + counts.string()});
  command.insert(command.end(), {"-kernel", fs::absolute(run.elf).string()});
  const ProcessResult result = run_process(command, run.folder, run.timeout_s);
  BoardOutcome outcome{result.status, result.timed_out, result.err, ""};
  if (run.count && fs::exists(counts)) {
    const std::vector<uint8_t> text = read_file(counts);
    outcome.counts.assign(text.begin(), text.end());
  }
  return outcome;
}

}  // namespace inkling::host
