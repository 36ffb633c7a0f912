// What the library weighs with the operators of program.h and no others, however the model looks: load,
// input, invoke, output. Linked to be measured; there is no model in it to run.
#include "apps/bench/quiet.h"
#include "program.h"

alignas(16) [[gnu::section(".arena")]] static uint8_t arena[inkling::kArenaBytes];

int main() {
  using namespace inkling;
  Interpreter net({model, kModelBytes}, arena, kOperators);
  if (net.status() != Status::ok) return 1;
  *net.input(0).as<int8_t>() = 1;
  if (net.invoke() != Status::ok) return 2;
  return *net.output(0).as<int8_t>();
}
