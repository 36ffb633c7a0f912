// Prints a snapshot as C++: a header that programs include and a source file that holds constants, places and
// straight-line calls. Leaves out what the calls run (kernel_sources.h).
#pragma once
#include <string>
#include <vector>

#include "host/compile/kernel_sources.h"
#include "host/compile/snapshot.h"

namespace inkling::host {

struct PrintOptions {
  std::string name;         ///< the C++ namespace of the model
  bool standalone = false;  ///< the kernels' text instead of #includes
  bool step = false;        ///< offer step(), which runs one operator at a time
};

/// Throws an Error unless `name` can name a namespace: an identifier, no keyword, none of ours.
void require_namespace_name(const std::string& name);

/// Whether an operator runs other graphs or ends a run: then steps are data that a Runtime walks, else calls.
bool steers(const Snapshot& snapshot);

/// NAME.h.
std::string print_header(const Snapshot& snapshot, const PrintOptions& options);

/// NAME.cpp, complete.
std::string print_source(const Snapshot& snapshot, const PrintOptions& options);

/// For several models in one source file: adds what a model calls, and the model itself without that.
void add_kernels(const Snapshot& snapshot, KernelSources* kernels);
std::string print_model(const Snapshot& snapshot, const PrintOptions& options);

/// What a source file begins with before kernels, in a namespace of its own.
std::string print_prologue(const std::string& kernel_namespace);

}  // namespace inkling::host
