// Runs a model with the custom operator: eight steps of a jump from 0 to 1. Leaves out what a board would do
// with the result.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <vector>

#include "exponential_smoothing.h"
#include "inkling/inkling.h"

using namespace inkling;

int main(int argc, char** argv) {
  std::ifstream file(argc > 1 ? argv[1] : "smooth.tflite", std::ios::binary);
  const std::vector<char> model((std::istreambuf_iterator<char>(file)), {});
  alignas(8) static uint8_t arena[2048];
  constexpr OpList operators{exponential_smoothing, ops::float32::relu};
  Interpreter net({reinterpret_cast<const uint8_t*>(model.data()), static_cast<int32_t>(model.size())}, arena,
                  operators);
  if (net.status() != Status::ok) {
    std::fprintf(stderr, "the model is refused: operator %d %s: %s\n", net.failure().op,
                 net.failure().op_name, net.failure().why.text);
    return 1;
  }
  for (int step = 0; step < 8; ++step) {
    for (int32_t i = 0; i < net.input(0).n_elements; ++i)
      net.input(0).as<float>()[i] = step < 2 ? 0.0f : 1.0f;
    if (net.invoke() != Status::ok) return 1;
    std::printf("%g\n", static_cast<double>(net.output(0).as<float>()[0]));
  }
}
