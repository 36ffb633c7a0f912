// The integer-only derivation of multipliers against the route through doubles that it replaces.
#include "inkling/core/multiplier.h"

#include <cmath>
#include <cstring>
#include <limits>

#include "tests/naive/quantized.h"

namespace inkling {
namespace {

using host::Random;

float from_bits(uint32_t bits) {
  float x;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}

// A positive finite float of every kind: any exponent, near 1, a power of two, subnormal, the ends.
float draw_scale(Random& random) {
  constexpr uint32_t one = 0x3f800000, infinity = 0x7f800000;
  switch (random.integer(0, 9)) {
    case 0:
      return from_bits(static_cast<uint32_t>(random.integer(1, 254)) << 23);  // powers of two
    case 1:
      return from_bits(static_cast<uint32_t>(random.integer(1, 0x7fffff)));  // subnormal
    case 2:
      return from_bits(random.one_of({1u, 0x7fffffu, 0x800000u, infinity - 1, one - 1, one, one + 1}));
    case 3:
      return from_bits(static_cast<uint32_t>(random.integer(1, infinity - 1)));
    case 4:  // few bits, so that quotients end early and ties occur
      return std::ldexp(static_cast<float>(random.integer(1, 255)), random.integer(-20, 4));
    default:
      return from_bits(one + static_cast<uint32_t>(random.integer(-0x4000000, 0x1000000)));
  }
}

void expect_double_route(float a, float b, float c, int32_t exponent) {
  const naive::Factor want = naive::quantize_factor(std::ldexp(double{a} * b / c, exponent));
  const Multiplier got = multiplier(a, b, c, exponent);
  ASSERT_EQ(got.value, want.q) << a << " * " << b << " / " << c << " * 2^" << exponent;
  ASSERT_EQ(got.shift, want.shift) << a << " * " << b << " / " << c << " * 2^" << exponent;
}

TEST(Multiplier, EqualsTheDoubleRoute) {
  Random random(1);
  for (int32_t i = 0; i < 6'000'000; ++i) {
    const float a = draw_scale(random), b = random.one_in(4) ? 1.0f : draw_scale(random);
    const float c = random.one_in(4) ? 1.0f : draw_scale(random);
    const int32_t exponent = random.one_in(2) ? 0 : random.integer(-30, 30);
    expect_double_route(a, b, c, exponent);
    if (HasFatalFailure()) return;
  }
}

TEST(Multiplier, EqualsTheDoubleRouteAtItsLimits) {
  for (int32_t exponent = -40; exponent <= 40; ++exponent)
    for (const uint32_t bits : {0x3f7fffffu, 0x3f800000u, 0x3f800001u}) {
      expect_double_route(from_bits(bits), 1.0f, 1.0f, exponent);
      expect_double_route(1.0f, 1.0f, from_bits(bits), exponent);
      expect_double_route(from_bits(bits), from_bits(bits), from_bits(bits), exponent);
    }
  EXPECT_EQ(multiplier(0.0f, 1.0f, 1.0f).value, 0);
}

TEST(MultiplierSeries, EqualsTheSingleMultipliers) {
  Random random(3);
  for (int32_t i = 0; i < 100'000; ++i) {
    const float a = draw_scale(random), c = draw_scale(random);
    const MultiplierSeries series(a, c);
    for (int32_t k = 0; k < 30; ++k) {
      const float b = draw_scale(random);
      const Multiplier got = series(b), want = multiplier(a, b, c);
      ASSERT_EQ(got.value, want.value) << a << " * " << b << " / " << c;
      ASSERT_EQ(got.shift, want.shift) << a << " * " << b << " / " << c;
    }
  }
}

TEST(Multiplier, KnowsUsableScales) {
  const float infinity = std::numeric_limits<float>::infinity();
  for (const float good : {1.0f, 1e-45f, 3.4028235e38f}) EXPECT_TRUE(is_scale(good)) << good;
  for (const float bad : {0.0f, -0.0f, -1.0f, infinity, -infinity, std::nanf("")})
    EXPECT_FALSE(is_scale(bad)) << bad;
}

TEST(RoundHalfAway, RoundsLikeTheStandardLibrary) {
  Random random(2);
  const auto want = [](float x) {
    if (std::isnan(x)) return 0;
    const double rounded = std::round(double{x});
    return static_cast<int32_t>(std::min(std::max(rounded, double{INT32_MIN}), double{INT32_MAX}));
  };
  for (int32_t i = 0; i < 2'000'000; ++i) {
    const float x = from_bits(random.bits());
    ASSERT_EQ(round_half_away(x), want(x)) << x;
    const float y = static_cast<float>(random.integer(-100000, 100000)) / 2;
    ASSERT_EQ(round_half_away(y), want(y)) << y;
  }
  for (const float x : {0.5f, -0.5f, 0.49999997f, -0.49999997f, 8388607.5f, -8388607.5f, 2147483520.0f,
                        2147483648.0f, -2147483648.0f, -2147483904.0f, 1e30f, -1e30f})
    EXPECT_EQ(round_half_away(x), want(x)) << x;
}

}  // namespace
}  // namespace inkling
