// The smallest program around a model, as it stands in README.md and inkling/inkling.h: a model of your own
// is linked in as `model` and `model_bytes`. Leaves out main.
#include "inkling/inkling.h"

using namespace inkling;

extern const uint8_t model[];  // a .tflite file in flash, at a multiple of 4 bytes
extern const int32_t model_bytes;
alignas(8) static uint8_t arena[8 * 1024];
constexpr OpList operators{ops::int8::fully_connected, ops::int8::softmax};  // only these are linked

int classify(const int8_t* features, int32_t n) {
  static Interpreter net({model, model_bytes}, arena, operators);
  if (net.status() != Status::ok) return -1;  // net.failure() says where, what, got, want
  copy_bytes(net.input(0).data, features, n);
  if (net.invoke() != Status::ok) return -1;
  return net.output(0).as<int8_t>()[0];
}
