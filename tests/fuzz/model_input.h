// The inputs of the programs that fuzz models: a .tflite file and, behind it, how to run it. Leaves out
// mutating them: model_mutator.cpp.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace inkling::host::fuzz {

/// How to run the model; the last bytes of an input.
struct Setup {
  uint16_t arena_bytes;
  uint8_t misalignment;  ///< of the arena, taken modulo 8
  uint8_t unused;
  uint32_t seed;  ///< of the model's inputs
};

/// An input taken apart. The model is empty where the bytes are too few.
struct ModelInput {
  std::vector<uint8_t> model;
  Setup setup{};

  ModelInput(const uint8_t* data, size_t size) {
    if (size < sizeof setup) return;
    model.assign(data, data + size - sizeof setup);
    std::memcpy(&setup, data + size - sizeof setup, sizeof setup);
  }
  std::vector<uint8_t> bytes() const {
    std::vector<uint8_t> all = model;
    const auto* from = reinterpret_cast<const uint8_t*>(&setup);
    all.insert(all.end(), from, from + sizeof setup);
    return all;
  }
};

}  // namespace inkling::host::fuzz
