// Error: how the desk reports that something failed. Leaves out usage errors, which CLI11 reports itself.
#pragma once
#include <stdexcept>

namespace inkling::host {

/// A failure in words for the person at the desk: where, what, got, want and what to do. The command line
/// prints it behind "inkling: error: " and exits with status 1.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace inkling::host
