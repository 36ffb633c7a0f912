// inkling, the command line: finds the verb, reports errors. Exit status: 0 done, 1 failed, 2 wrongly called.
// Leaves out the verbs; each is a file beside this one.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <iostream>
#include <string>

#include "host/error.h"
#include "verbs.inc"

namespace inkling::host {
namespace {

constexpr int kFailed = 1;
constexpr int kWronglyCalled = 2;

/// "inkling simulate", as far as the arguments were understood.
std::string command(const CLI::App& app) {
  std::string words = "inkling";
  for (const CLI::App* verb : app.get_subcommands()) words += " " + verb->get_name();
  return words;
}

int misused(const CLI::App& app, const std::string& what) {
  const std::string words = command(app);
  fmt::print(stderr, "{}: {} (see {} --help)\n", words, what, words);
  return kWronglyCalled;
}

int report(const std::string& what) {
  fmt::print(stderr, "inkling: error: {}\n", what);
  return kFailed;
}

int run(int argc, char** argv) {
  CLI::App app("Machine learning for microcontrollers: make models, look into them, check them, deploy them.",
               "inkling");
  app.set_version_flag("--version", std::string("inkling ") + kVersion);
  app.require_subcommand(0, 1);  // none: we say so in our own words
  app.footer("Each verb explains itself: inkling VERB --help");
  add_verbs(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::RuntimeError& exit) {
    return exit.get_exit_code();
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    return misused(app, error.what());
  }
  return app.get_subcommands().empty() ? misused(app, "Want a verb") : 0;
}

}  // namespace
}  // namespace inkling::host

int main(int argc, char** argv) {
  using namespace inkling::host;
  try {
    const int status = run(argc, argv);
    const bool printed = std::cout.flush().good() && std::fflush(stdout) == 0;
    return printed || status != 0 ? status : report("standard output: cannot be written");
  } catch (const std::exception& error) {
    return report(error.what());
  }
}
