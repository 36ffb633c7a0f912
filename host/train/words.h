// The verb "words" of inkling-train.
#pragma once
#include <CLI/CLI.hpp>

namespace inkling::host {

void add_words(CLI::App& app);

}  // namespace inkling::host
