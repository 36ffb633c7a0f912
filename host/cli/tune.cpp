// inkling tune: hands over to inkling-train, like train. Leaves out learning.
#include "host/cli/learner.h"
#include "host/cli/verb.h"

namespace inkling::host {

void add_tune(CLI::App& app) {
  CLI::App& verb =
      add_verb(app, "tune",
               "Tries networks of many widths and depths on a dataset and takes the best that fits a "
               "budget: 'inkling tune motion --help' tells more.",
               "inkling tune motion gestures --budget flash=12k,ram=4k -o gestures.tflite --report page");
  verb.prefix_command();
  verb.callback([&verb] {
    std::vector<std::string> arguments = verb.remaining();
    arguments.insert(arguments.begin(), "tune");
    become_learner(std::move(arguments));
  });
}

}  // namespace inkling::host
