// The release image of the benchmark, whose size is what a user gets: a model, its operators, one invoke.
// Leaves out everything that prints.
#include "apps/bench/quiet.h"
#include "apps/bench/run_model.h"

int main() {
  return inkling::bench::run_model();
}
