// The way over to inkling-train, the program beside this one that has LibTorch. Leaves out learning.
#pragma once
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "host/error.h"

namespace inkling::host {

/// Runs inkling-train with the arguments in place of this program. Throws an Error that says how to get it if
/// it is not there.
[[noreturn]] inline void become_learner(std::vector<std::string> arguments) {
  namespace fs = std::filesystem;
  const fs::path learner = fs::read_symlink("/proc/self/exe").parent_path() / "inkling-train";
  if (!fs::exists(learner))
    throw Error(fmt::format(
        "{} is not there, as only learning needs LibTorch (417 MB); './dev train {}' installs it, "
        "builds the program and learns",
        learner.string(), fmt::join(arguments, " ")));
  // One processor, as sums keep their order then: the same command gives the same model.
  setenv("OPENBLAS_NUM_THREADS", "1", 0);
  setenv("OMP_NUM_THREADS", "1", 0);
  arguments.insert(arguments.begin(), learner.string());
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  execv(learner.c_str(), argv.data());
  throw Error(fmt::format("{}: {}", learner.string(), std::strerror(errno)));
}

}  // namespace inkling::host
