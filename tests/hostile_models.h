// Models that do harm, made of one small model of every operator that has a naive definition. Leaves out what
// becomes of them: hostile_test.cpp on the desk, board_hostile_test.cpp on boards.
#pragma once
#include <vector>

#include "tests/operator_case.h"

namespace inkling::host {

/// The smallest of some models of each operator.
inline std::vector<std::vector<uint8_t>> small_models() {
  std::vector<std::vector<uint8_t>> models;
  for (const naive::Definition& definition : naive::definitions()) {
    std::vector<uint8_t> smallest;
    for (uint32_t seed = 0; seed < 20; ++seed) {
      Random random(seed);
      std::vector<uint8_t> model = naive::model_of(definition.name, definition.draw(random));
      if (smallest.empty() || model.size() < smallest.size()) smallest = std::move(model);
    }
    models.push_back(std::move(smallest));
  }
  return models;
}

/// Changes up to four bytes of a model: by one, to an end of their range, or to anything.
inline void damage(std::vector<uint8_t>& model, Random& random) {
  for (int32_t n = random.integer(1, 4); n > 0; --n) {
    uint8_t& byte = model[static_cast<size_t>(random.integer(0, static_cast<int64_t>(model.size()) - 1))];
    const auto damaged = static_cast<uint8_t>(random.bits());
    byte = random.one_of({damaged, static_cast<uint8_t>(byte + 1), static_cast<uint8_t>(byte - 1), uint8_t{0},
                          uint8_t{0x7f}, uint8_t{0x80}, uint8_t{0xff}});
  }
}

}  // namespace inkling::host
