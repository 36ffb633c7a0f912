// inkling train: hands over to inkling-train, the program beside this one that learns. Leaves out learning,
// which needs LibTorch.
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "host/cli/verb.h"
#include "host/error.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

void train(std::vector<std::string> arguments) {
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

}  // namespace

void add_train(CLI::App& app) {
  CLI::App& verb =
      add_verb(app, "train",
               "Learns a model from a dataset: 'inkling train words --help' tells more. The program that "
               "does it, inkling-train, is built by './dev train'.",
               "inkling train words recordings --words yes,no -o yes_no.tflite");
  verb.prefix_command();
  verb.callback([&verb] { train(verb.remaining()); });
}

}  // namespace inkling::host
