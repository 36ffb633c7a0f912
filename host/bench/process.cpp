// Running programs: fork, exec, and a look every few milliseconds whether they are done.
#include "host/bench/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "host/error.h"

namespace inkling::host {
namespace {

constexpr int kNotFound = 127;  // as shells have it

/// A nameless file in memory that collects what a program prints.
class Collector {
 public:
  Collector() : file_(memfd_create("inkling", MFD_CLOEXEC)) {
    if (file_ < 0) throw Error("the output of a program cannot be collected: no more files can be opened");
  }
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;
  ~Collector() { close(file_); }
  int file() const { return file_; }

  std::string text() const {
    std::string all(static_cast<size_t>(lseek(file_, 0, SEEK_END)), '\0');
    const ssize_t n = pread(file_, all.data(), all.size(), 0);
    all.resize(n > 0 ? static_cast<size_t>(n) : 0);
    return all;
  }

 private:
  int file_;
};

[[noreturn]] void become(char* const* arguments, const char* folder, int out, int err) {
  const int nothing = open("/dev/null", O_RDONLY);
  const bool ready = nothing >= 0 && dup2(nothing, 0) >= 0 && dup2(out, 1) >= 0 && dup2(err, 2) >= 0;
  if (ready && chdir(folder) == 0) execvp(arguments[0], arguments);
  _exit(kNotFound);
}

/// Waits for a program's end; true if it had to be killed.
bool wait_for(pid_t process, int timeout_s, int* result) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::seconds(timeout_s);
  while (waitpid(process, result, WNOHANG) == 0) {
    if (Clock::now() > end) {
      kill(process, SIGKILL);
      waitpid(process, result, 0);
      return true;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
  }
  return false;
}

}  // namespace

ProcessResult run_process(const std::vector<std::string>& command, const std::filesystem::path& folder,
                          int timeout_s) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const Collector out, err;
  const pid_t process = fork();
  if (process < 0) throw Error(fmt::format("{}: cannot be started: no more processes", command[0]));
  if (process == 0) become(arguments.data(), folder.c_str(), out.file(), err.file());
  ProcessResult result;
  int ended = 0;
  result.timed_out = wait_for(process, timeout_s, &ended);
  result.status = WIFEXITED(ended) ? WEXITSTATUS(ended) : 128 + WTERMSIG(ended);
  result.out = out.text();
  result.err = err.text();
  if (result.status == kNotFound && result.out.empty() && result.err.empty())
    throw Error(
        fmt::format("{}: is not installed (./dev build installs what the project needs)", command[0]));
  return result;
}

ScratchFolder::ScratchFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "inkling_XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw Error(fmt::format("{}: cannot be created", name));
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace inkling::host
