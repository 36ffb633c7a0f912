// inkling train: hands over to inkling-train, the program beside this one that learns. Leaves out learning,
// which needs LibTorch.
#include "host/cli/learner.h"
#include "host/cli/verb.h"

namespace inkling::host {
void add_train(CLI::App& app) {
  CLI::App& verb =
      add_verb(app, "train",
               "Learns a model from a dataset: 'inkling train words --help' tells more. The program that "
               "does it, inkling-train, is built by './dev train'.",
               "inkling train words recordings --words yes,no -o yes_no.tflite");
  verb.prefix_command();
  verb.callback([&verb] { become_learner(verb.remaining()); });
}

}  // namespace inkling::host
