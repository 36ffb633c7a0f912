// Tests of the virtual boards and of the counting plug-in: builds the programs of tests/boards for every
// board, runs them in QEMU and checks console, exit status, counts and time. Skips a board whose compiler or
// QEMU is not installed.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <regex>
#include <sstream>

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = INKLING_REPO_DIR;

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

int run_command(const std::string& command) {
  const int result = std::system(command.c_str());
  return WIFEXITED(result) ? WEXITSTATUS(result) : -1;
}

/// Where the programs are built: beside this one, once for all of its runs.
fs::path build_folder(const std::string& name) {
  return fs::canonical("/proc/self/exe").parent_path() / "boards_test_build" / name;
}

/// Configures and builds a CMake project there; runs that come at the same time wait for each other.
void build(const std::string& name, const fs::path& source, const std::string& options) {
  const std::string folder = build_folder(name).string();
  fs::create_directories(folder);
  const std::string configure = "cmake -G Ninja -S " + source.string() + " -B " + folder + " " + options;
  const std::string log = folder + "/build.log";
  const int status =
      run_command("flock " + folder + "/lock sh -c '(test -f " + folder + "/build.ninja || " + configure +
                  ") > " + log + " 2>&1 && ninja -j2 -C " + folder + " >> " + log + " 2>&1'");
  ASSERT_EQ(status, 0) << read_text(log);
}

/// What a program did: its exit status, its console, and the lines of the plug-in.
struct Outcome {
  int status = 0;
  std::string console;
  std::string counts;
};

class BoardTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    board_ = nlohmann::json::parse(read_text(kRoot / "boards" / GetParam() / "board.json"));
    for (const std::string& tool :
         {board_["compiler"].get<std::string>() + "g++", board_["qemu"][0].get<std::string>()}) {
      if (run_command("command -v " + tool + " > /dev/null") != 0)
        GTEST_SKIP() << tool << " is not installed";
    }
    ASSERT_NO_FATAL_FAILURE(build("plugin", kRoot / "tools/qemu_plugin", ""));
    const std::string options =
        "-DCMAKE_TOOLCHAIN_FILE=" + (kRoot / "cmake/board.cmake").string() + " -DINKLING_BOARD=" + GetParam();
    ASSERT_NO_FATAL_FAILURE(build(GetParam(), kRoot / "tests/boards", options));
    folder_ = build_folder(GetParam()) / ("run." + std::to_string(getpid()));
    fs::create_directories(folder_);
  }

  void TearDown() override { fs::remove_all(folder_); }

  /// Runs a program in the test's folder, where it finds its sound and its button.
  Outcome run(const std::string& program, bool board_time = true) const {
    std::string command = "cd " + folder_.string() + " && timeout 120";
    for (const std::string argument : board_["qemu"]) command += " " + argument;
    command += " -display none -serial none -monitor none -semihosting-config enable=on,target=native";
    if (board_time)
      command += " -icount shift=" + std::to_string(board_["icount_shift"].get<int>()) + ",sleep=off";
    command += " -plugin " + build_folder("plugin").string() + "/libinkling_count.so,out=counts.txt";
    command += " -kernel ../" + program + ".elf < /dev/null 2> console.txt";
    Outcome outcome;
    outcome.status = run_command(command);
    outcome.console = read_text(folder_ / "console.txt");
    outcome.counts = read_text(folder_ / "counts.txt");
    return outcome;
  }

  bool has_dsp() const {
    return GetParam()[0] == 'c' && GetParam() != std::string("cortex-m0") &&
           GetParam() != std::string("cortex-m3");
  }

  nlohmann::json board_;
  fs::path folder_;
};

/// The number after `name`= in the plug-in's line of a region kind; -1 without one.
long long count(const std::string& counts, int kind, const std::string& name) {
  std::smatch match;
  const std::regex pattern("R kind=" + std::to_string(kind) + " [^\n]*\\b" + name + "=([0-9]+)");
  return std::regex_search(counts, match, pattern) ? std::stoll(match[1]) : -1;
}

TEST_P(BoardTest, EmptyProgramEndsWithStatusZero) {
  const Outcome outcome = run("empty");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.console, "");
}

TEST_P(BoardTest, ConsoleLightsButtonTimeAndStatus) {
  std::ofstream(folder_ / "button.txt") << "40\n90\n";
  const Outcome outcome = run("hello");
  EXPECT_EQ(outcome.status, 7);
  EXPECT_EQ(outcome.console, "hello\n!led 0 green 1\n!led 25 green 0\nup\n!led 40 red 1\n!led 90 red 0\n");
}

TEST_P(BoardTest, MemoryIsWhereTheLinkerScriptSays) {
  const Outcome outcome = run("memory");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.console,
            "initialized 0x12345678\nzeroed 0\nconstructed 0x12345679\nmodel 11 22 0\narena holds\n"
            "quotient 999997\nstack about 1000\n");
}

TEST_P(BoardTest, FaultsAreToldAndEndTheProgram) {
  const std::map<std::string, std::string> want = {
      {"fault_address", "fault: (HardFault|BusFault|load access) pc=0x[0-9a-f]{8} .*\n"},
      {"fault_instruction", "fault: (HardFault|UsageFault|illegal instruction) pc=0x[0-9a-f]{8} .*\n"},
      {"fault_stack", "fault: (HardFault|MemManage|BusFault|store access) stack overflow.*\n"}};
  for (const auto& [program, pattern] : want) {
    const Outcome outcome = run(program);
    EXPECT_EQ(outcome.status, 99) << program;
    EXPECT_TRUE(std::regex_match(outcome.console, std::regex(pattern))) << outcome.console;
  }
}

TEST_P(BoardTest, AGuardSeesEveryStrayAccess) {
  const std::string name = GetParam();
  if (name != "cortex-m3" && name != "cortex-m4" && name != "cortex-m7") GTEST_SKIP() << "no MPU of v7-M";
  const auto stray = [&](char how) {
    std::ofstream(folder_ / "stray.txt") << how;
    return run("guard", false);
  };
  const Outcome inside = stray('i');
  EXPECT_EQ(inside.status, 0) << inside.console;
  for (const char how : {'b', 'm', 'c', 'f', 'n'}) {
    const Outcome outcome = stray(how);
    EXPECT_EQ(outcome.status, 99) << how;
    const std::regex pattern("fault: MemManage pc=0x[0-9a-f]{8} .* address=0x[0-9a-f]{8}\\n");
    EXPECT_TRUE(std::regex_match(outcome.console, pattern)) << how << ": " << outcome.console;
  }
  const Outcome in_front = stray('j');
  EXPECT_EQ(in_front.status, 99);
  EXPECT_EQ(in_front.console.rfind("stray write: address=0x", 0), 0u) << in_front.console;
}

TEST_P(BoardTest, CountsOfKnownLoopsAreExact) {
  const Outcome outcome = run("counted_loops");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(count(outcome.counts, 0, "insn"), 2000);
  EXPECT_EQ(count(outcome.counts, 1, "insn"), 3);
  EXPECT_EQ(count(outcome.counts, 7, "insn"), 2001);
  if (board_["machine"] == "cortex_m") {
    EXPECT_EQ(count(outcome.counts, 0, "cyc4"), 2000 + 2 * 999);
    EXPECT_EQ(count(outcome.counts, 0, "brtaken"), 999);
  }
  if (!has_dsp()) return;
  EXPECT_EQ(count(outcome.counts, 3, "insn"), 1000);
  EXPECT_EQ(count(outcome.counts, 3, "cyc4"), 100 * 17 + 2 * 99);
  EXPECT_EQ(count(outcome.counts, 3, "cyc3"), 100 * (17 + 1 + 3) + 2 * 99);
  EXPECT_EQ(count(outcome.counts, 3, "ld"), 300);
  EXPECT_EQ(count(outcome.counts, 3, "dspmac"), 100);
}

TEST_P(BoardTest, TimerAgreesWithTheCounts) {
  const Outcome outcome = run("clock_rate");
  ASSERT_EQ(outcome.console.rfind("ticks ", 0), 0u) << outcome.console;
  const double ns_per_tick = 1e9 / board_["timer_hz"].get<double>();
  const double timer_ns = std::stod(outcome.console.substr(6)) * ns_per_tick;
  const double counted_ns =
      static_cast<double>(count(outcome.counts, 0, "insn")) * (1 << board_["icount_shift"].get<int>());
  EXPECT_NEAR(timer_ns / counted_ns, 1.0, 2e-5);
}

/// What tests/boards/microphone.cpp has to print, from the sound and the rules of the ring.
std::string heard_text(const std::vector<int16_t>& sound) {
  std::string text;
  size_t position = 0, now_ms = 0;
  const auto pass = [&](size_t n) {
    for (size_t end = position + n; position < end; ++position) {
      if ((position + 1) % 16000 == 0) text += "!second " + std::to_string((position + 1) / 16000) + "\n";
    }
  };
  const auto hear = [&](size_t n_wanted) {
    const size_t n_heard = now_ms * 16;
    if (n_heard > position + 1600) {
      const size_t n_lost = n_heard - 1600 - position;
      text += "!overrun " + std::to_string(now_ms) + " " + std::to_string(n_lost) + "\n";
      pass(n_lost);
    }
    const size_t n = std::min(n_wanted, sound.size() - position);
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < n; ++i) hash = (hash ^ static_cast<uint16_t>(sound[position + i])) * 16777619u;
    pass(n);
    now_ms = std::max(now_ms, (position + 15) / 16);
    char line[64];
    std::snprintf(line, sizeof line, "heard %zu %zu 0x%08x\n", now_ms, n, hash);
    text += line;
    return n;
  };
  hear(160);
  hear(1000);
  hear(7);
  now_ms += 250;
  while (hear(1000) == 1000) {
  }
  hear(10);
  return text;
}

TEST_P(BoardTest, MicrophoneDeliversTheFileAtThePaceOfTheClock) {
  std::vector<int16_t> sound(2 * 16000 + 500);
  std::mt19937 random(1);
  for (int16_t& sample : sound) sample = static_cast<int16_t>(random());
  std::ofstream(folder_ / "microphone.raw", std::ios::binary)
      .write(reinterpret_cast<const char*>(sound.data()), static_cast<std::streamsize>(sound.size() * 2));
  const Outcome outcome = run("microphone");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.console, heard_text(sound));
  // One region of kind 7 for each whole second; and the same run again gives the same counts.
  EXPECT_GT(count(outcome.counts, 7, "insn"), 0);
  size_t n_seconds = 0;
  for (size_t at = 0; (at = outcome.counts.find("R kind=7 ", at)) != std::string::npos; ++at) ++n_seconds;
  EXPECT_EQ(n_seconds, 2u);
  EXPECT_EQ(run("microphone").counts, outcome.counts);
}

TEST_P(BoardTest, WithoutSoundTheMicrophoneDeliversNothing) {
  const Outcome outcome = run("microphone");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.console, "heard 0 0 0x811c9dc5\n");
}

TEST(CortexM55, IsRefusedWithoutMve) {
  if (run_command("command -v arm-none-eabi-g++ > /dev/null") != 0) GTEST_SKIP() << "no compiler for Arm";
  const auto board = nlohmann::json::parse(read_text(kRoot / "boards/cortex-m55/board.json"));
  std::string command =
      "arm-none-eabi-g++ -fsyntax-only -std=c++17 -ffreestanding -DINKLING_TIMER_HZ=32000000";
  command +=
      " -I" + kRoot.string() + " " + (kRoot / "boards/virtual/cortex_m.cpp").string() + " 2> /dev/null";
  for (const std::string flag : board["cpu_flags"]) command += " " + flag;
  EXPECT_EQ(run_command(command), 0);
  EXPECT_NE(run_command(command + " -mfloat-abi=soft"), 0);
}

INSTANTIATE_TEST_SUITE_P(Boards, BoardTest,
                         testing::Values("cortex-m0", "cortex-m3", "cortex-m4", "cortex-m7", "cortex-m33",
                                         "cortex-m55", "rv32"),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
