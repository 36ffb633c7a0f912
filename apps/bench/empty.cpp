// Nothing: what the board's start-up code weighs by itself.
#include "apps/bench/quiet.h"

int main() {
  return 0;
}
