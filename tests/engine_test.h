// What the engine's tests share: a model in an arena of exactly the bytes that it needs, random numbers, and
// a fresh allocation for each, so that AddressSanitizer sees every byte too far.
#pragma once
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <random>
#include <vector>

#include "host/engine/program.h"

namespace inkling::host {

inline Bytes view(const std::vector<uint8_t>& bytes) {
  return {bytes.data(), static_cast<int32_t>(bytes.size())};
}

/// Seeded random numbers.
class Random {
 public:
  explicit Random(uint32_t seed) : engine_(seed) {}

  /// A whole number from `low` to `high`, both included.
  int32_t integer(int64_t low, int64_t high) {
    return static_cast<int32_t>(std::uniform_int_distribution<int64_t>(low, high)(engine_));
  }
  double real(double low, double high) { return std::uniform_real_distribution<double>(low, high)(engine_); }
  /// True once in `n` times.
  bool one_in(int32_t n) { return integer(1, n) == 1; }
  /// One of the values given.
  template <class T>
  T one_of(std::initializer_list<T> values) {
    return values.begin()[integer(0, static_cast<int64_t>(values.size()) - 1)];
  }
  uint32_t bits() { return static_cast<uint32_t>(engine_()); }

 private:
  std::mt19937 engine_;
};

/// A model and its interpreter.
class Net {
 public:
  /// Loads into an arena of `arena_bytes`, or of as many as the engine asks for.
  explicit Net(std::vector<uint8_t> model, int32_t arena_bytes = -1, Span<const Op* const> ops = all_ops())
      : model_(std::move(model)), ops_(ops) {
    load(arena_bytes < 0 ? 0 : arena_bytes);
    // The first answer may be a lower bound only, see no_room.
    for (int32_t i = 0; i < 3 && arena_bytes < 0 && net().status() == Status::no_room; ++i)
      load(net().failure().want);
  }

  Interpreter& net() { return *net_; }
  Interpreter* operator->() { return net_.get(); }
  const std::vector<uint8_t>& model() const { return model_; }

  /// Fills input `i`.
  template <class T>
  void feed(int32_t i, const std::vector<T>& values) {
    const inkling::Tensor tensor = net().input(i);
    ASSERT_EQ(tensor.n_bytes, static_cast<int32_t>(values.size() * sizeof(T)));
    copy_bytes(tensor.data, values.data(), tensor.n_bytes);
  }
  /// Fills all inputs with random bytes.
  void feed_random(Random& random) {
    for (int32_t i = 0; i < net().n_inputs(); ++i)
      for (int32_t k = 0; k < net().input(i).n_bytes; ++k)
        net().input(i).as<uint8_t>()[k] = static_cast<uint8_t>(random.bits());
  }
  /// The bytes of output `i`.
  std::vector<uint8_t> output(int32_t i) {
    const inkling::Tensor tensor = net().output(i);
    return {tensor.as<uint8_t>(), tensor.as<uint8_t>() + tensor.n_bytes};
  }

 private:
  void load(int32_t n_bytes) {
    arena_ = std::make_unique<uint8_t[]>(static_cast<size_t>(n_bytes));
    net_ = std::make_unique<Interpreter>(view(model_), MutableBytes{arena_.get(), n_bytes}, ops_);
  }

  std::vector<uint8_t> model_;
  Span<const Op* const> ops_;
  std::unique_ptr<uint8_t[]> arena_;
  std::unique_ptr<Interpreter> net_;
};

}  // namespace inkling::host
