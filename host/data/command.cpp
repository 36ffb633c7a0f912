// A child process and a pipe.
#include "host/data/command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include "host/error.h"

namespace inkling::host {
namespace {

std::string read_all(int file) {
  std::string text;
  std::array<char, 4096> part;
  for (ssize_t n; (n = read(file, part.data(), part.size())) != 0;) {
    if (n > 0) text.append(part.data(), static_cast<size_t>(n));
    if (n < 0 && errno != EINTR) break;
  }
  return text;
}

}  // namespace

std::string run_command(const std::vector<std::string>& arguments) {
  const std::string& program = arguments.at(0);
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw Error(fmt::format("{}: {}", program, std::strerror(errno)));
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  pid_t child = 0;
  const int status = posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  std::string output;
  int ended = 0;
  if (status == 0) {
    output = read_all(ends[0]);
    while (waitpid(child, &ended, 0) < 0 && errno == EINTR) continue;
  }
  close(ends[0]);
  if (status != 0) throw Error(fmt::format("{}: {}; is it installed?", program, std::strerror(status)));
  if (!WIFEXITED(ended) || WEXITSTATUS(ended) != 0)
    throw Error(fmt::format("'{}' failed with status {}", fmt::join(arguments, " "),
                            WIFEXITED(ended) ? WEXITSTATUS(ended) : 128 + WTERMSIG(ended)));
  return output;
}

}  // namespace inkling::host
