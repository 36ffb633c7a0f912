// The library's front door: everything that an application includes.
//
//     #include "inkling/inkling.h"
//
//     extern const uint8_t model[];                      // a .tflite file in flash, at a multiple of 4 bytes
//     extern const int32_t model_bytes;
//     alignas(8) static uint8_t arena[8 * 1024];         // `inkling inspect` tells the size
//
//     using namespace inkling;
//     constexpr OpList operators{ops::int8::fully_connected, ops::int8::softmax};  // only these are linked
//
//     int classify(const int8_t* features, int32_t n) {
//       static Interpreter net({model, model_bytes}, arena, operators);
//       if (net.status() != Status::ok) return -1;       // net.failure() says where, what, got, want
//       copy_bytes(net.input(0).data, features, n);
//       if (net.invoke() != Status::ok) return -1;
//       return net.output(0).as<int8_t>()[0];
//     }
#pragma once
#include "inkling/core/memory.h"
#include "inkling/ops.h"
#include "inkling/run/interpreter.h"
