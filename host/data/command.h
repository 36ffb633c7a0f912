// Runs other programs. Leaves out shells: arguments arrive as they are.
#pragma once
#include <string>
#include <vector>

namespace inkling::host {

/// Runs a program (the first argument, looked up in PATH) and returns what it printed on standard output.
/// Throws an Error when there is no such program, or when it fails.
std::string run_command(const std::vector<std::string>& arguments);

}  // namespace inkling::host
