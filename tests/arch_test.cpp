// The machine that this test is compiled for computes what Portable does, bit for bit, and Portable what the
// definitions say.
#include "inkling/arch/arch.h"

#include "tests/naive/quantized.h"

namespace inkling {
namespace {

using host::Random;

int32_t draw_int32(Random& random) {
  switch (random.integer(0, 3)) {
    case 0:
      return random.one_of({INT32_MIN, INT32_MIN + 1, -1, 0, 1, INT32_MAX - 1, INT32_MAX});
    case 1:
      return random.integer(-70000, 70000);
    default:
      return static_cast<int32_t>(random.bits() >> random.integer(0, 31));
  }
}

Multiplier draw_multiplier(Random& random) {
  const int32_t value = random.one_in(4) ? random.one_of({1 << 30, (1 << 30) + 1, INT32_MAX})
                                         : random.integer(1 << 30, INT32_MAX);
  return {random.one_in(50) ? 0 : value, random.integer(-31, 30)};
}

// Fills with random numbers, or with one of the ends alone.
void fill(Random& random, std::vector<int8_t>& values) {
  const int32_t style = random.integer(0, 3);
  for (int8_t& x : values)
    x = static_cast<int8_t>(style == 0   ? -128
                            : style == 1 ? random.one_of({-128, 127})
                                         : random.integer(-128, 127));
}

TEST(Arch, RequantizesLikePortableAndTheDefinition) {
  Random random(1);
  for (int32_t i = 0; i < 1'000'000; ++i) {
    const int32_t x = draw_int32(random);
    const Multiplier m = draw_multiplier(random);
    const int32_t want = naive::multiply(x, {m.value, m.shift});
    ASSERT_EQ(Portable::requantize(x, m), want) << x << " * " << m.value << " shift " << m.shift;
    ASSERT_EQ(Arch::requantize(x, m), want) << x << " * " << m.value << " shift " << m.shift;
  }
}

TEST(Arch, FinishesUsualChannelsLikeTheDefinition) {
  Random random(4);
  for (int32_t i = 0; i < 1'000'000; ++i) {
    const int32_t zero_point = random.one_of({-128, 127, 0, random.integer(-128, 127)});
    const int32_t shift = random.integer(1, 22), limit = (1 << 30) - 1;
    const int32_t value = random.one_in(4) ? random.one_of({1 << 30, (1 << 30) + 1, INT32_MAX})
                                           : random.integer(1 << 30, INT32_MAX);
    const Channel c = {0, random.one_in(50) ? 0 : value, (1 << shift >> 1) + zero_point * (1 << shift),
                       shift};
    // Anything, or what lies near the middle between two outputs.
    const double middle = std::ldexp(random.integer(-260, 260) + 0.5, 31 + shift) / value;
    const double near = middle + random.integer(-3, 3);
    const int32_t sum = random.one_in(2) && near > -limit && near < limit
                            ? static_cast<int32_t>(near)
                            : random.one_of({-limit, limit, 0, random.integer(-limit, limit) >> shift});
    const double want = naive::multiply(sum, {c.value, -shift}) + zero_point;
    const auto clamped = static_cast<int32_t>(std::min(std::max(want, -128.0), 127.0));
    ASSERT_EQ(Portable::finish(sum, c), clamped) << sum << " * " << c.value << " shift " << shift;
    ASSERT_EQ(Arch::finish(sum, c), clamped) << sum << " * " << c.value << " shift " << shift;
  }
}

TEST(Arch, MultipliesAndShiftsLikePortableAndTheDefinition) {
  Random random(2);
  for (int32_t i = 0; i < 1'000'000; ++i) {
    const int32_t a = draw_int32(random), b = draw_int32(random), n = random.integer(0, 31);
    if (a == INT32_MIN && b == INT32_MIN) continue;  // excluded by its contract
    ASSERT_EQ(Portable::doubling_high_product(a, b), naive::doubling_high(a, b)) << a << " * " << b;
    ASSERT_EQ(Arch::doubling_high_product(a, b), naive::doubling_high(a, b)) << a << " * " << b;
    ASSERT_EQ(Portable::rounding_shift(a, n), naive::divide_by_power(a, n)) << a << " >> " << n;
    ASSERT_EQ(Arch::rounding_shift(a, n), naive::divide_by_power(a, n)) << a << " >> " << n;
    const int32_t low = std::min(a, b), high = std::max(a, b), x = draw_int32(random);
    ASSERT_EQ(Arch::clamp(x, low, high), std::min(std::max(x, low), high));
  }
}

TEST(Arch, DotsLikePortableAndTheDefinition) {
  Random random(3);
  for (int32_t i = 0; i < 100'000; ++i) {
    const int32_t n = random.integer(0, random.one_in(10) ? 300 : 40), stride = n + random.integer(0, 5);
    const int32_t zero_point = random.one_of({-128, 127, 0, random.integer(-128, 127)});
    // Exactly as long as allowed, at any alignment: AddressSanitizer sees what is read beyond.
    const auto offset = static_cast<size_t>(random.integer(0, 3));
    std::vector<int8_t> x(static_cast<size_t>(n) + offset), w(static_cast<size_t>(3 * stride + n) + offset);
    fill(random, x);
    fill(random, w);
    const int8_t *px = x.data() + offset, *pw = w.data() + offset;
    const Sums portable = Portable::dot_rows(px, zero_point, pw, stride, n);
    const Sums fast = Arch::dot_rows(px, zero_point, pw, stride, n);
    for (int32_t row = 0; row < 4; ++row) {
      int64_t want = 0;
      for (int32_t k = 0; k < n; ++k) want += (px[k] - zero_point) * pw[row * stride + k];
      ASSERT_EQ(portable.v[row], want) << n;
      ASSERT_EQ(fast.v[row], want) << n;
      ASSERT_EQ(Portable::dot(px, zero_point, pw + row * stride, n), want) << n;
      ASSERT_EQ(Arch::dot(px, zero_point, pw + row * stride, n), want) << n;
    }
  }
}

}  // namespace
}  // namespace inkling
