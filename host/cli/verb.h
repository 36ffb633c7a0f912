// What all verbs of the command line share. A verb is one file, host/cli/<verb>.cpp, with one function,
// void add_<verb>(CLI::App& app); the build finds it there. Leaves out every verb.
#pragma once
#include <CLI/CLI.hpp>
#include <string>

namespace inkling::host {

/// Adds a verb whose --help says what it does and ends with an example (one command per line). Its callback
/// reports failure by throwing an Error, or CLI::RuntimeError(status) where everything has been said already.
inline CLI::App& add_verb(CLI::App& app, const std::string& name, const std::string& what,
                          const std::string& example) {
  CLI::App* verb = app.add_subcommand(name, what);
  verb->footer("Example:\n  " + example);
  return *verb;
}

}  // namespace inkling::host
