// The release image of the benchmark for a compiled model, whose size is what a user gets. Leaves out
// everything that prints.
#include "apps/bench/quiet.h"
#include "apps/bench/run_compiled.h"

int main() {
  return inkling::bench::run_model();
}
