// inkling-train, the program that learns: apart from inkling, because only it needs LibTorch. Exit status: 0
// done, 1 failed, 2 wrongly called. Leaves out the verbs.
#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "host/train/families.h"
#include "host/train/processes.h"

namespace {

namespace processes = inkling::host::processes;

/// One of several processes speaks; the others only when they fail.
int quiet_unless_first() {
  const int errors = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY);
  if (processes::rank() != 0) {
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
  }
  close(nowhere);
  return errors;
}

int run(CLI::App& app, int argc, char** argv) {
  const int errors = quiet_unless_first();
  try {
    app.parse(argc, argv);
    return 0;
  } catch (const CLI::ParseError& error) {
    const bool is_help = error.get_exit_code() == 0;
    app.exit(error);
    return is_help ? 0 : 2;
  } catch (const std::exception& error) {
    dprintf(errors, "inkling-train: error: %s\n", error.what());
    processes::abort_all();
    return 1;
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Learns models for microcontrollers from recordings; also called by 'inkling train'.",
               "inkling-train");
  app.require_subcommand(1);
  inkling::host::add_words(app);
  inkling::host::add_motion(app);
  inkling::host::add_adapt(app);
  inkling::host::add_sounds(app);
  inkling::host::add_pictures(app);
  inkling::host::add_anomaly(app);
  inkling::host::add_tune(app);
  inkling::host::processes::begin();
  const int status = run(app, argc, argv);
  inkling::host::processes::end();
  return status;
}
