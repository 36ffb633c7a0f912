// inkling-train, the program that learns: apart from inkling, because only it needs LibTorch. Exit status: 0
// done, 1 failed, 2 wrongly called. Leaves out the verbs.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>

#include "host/train/families.h"

int main(int argc, char** argv) {
  CLI::App app("Learns models for microcontrollers from recordings; also called by 'inkling train'.",
               "inkling-train");
  app.require_subcommand(1);
  inkling::host::add_words(app);
  inkling::host::add_motion(app);
  inkling::host::add_adapt(app);
  try {
    app.parse(argc, argv);
    return 0;
  } catch (const CLI::ParseError& error) {
    const bool is_help = error.get_exit_code() == 0;
    app.exit(error);
    return is_help ? 0 : 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "inkling-train: error: {}\n", error.what());
    return 1;
  }
}
