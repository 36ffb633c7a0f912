// The functions that kernels are built from, without a libm: floats against doubles, in ulp, and fixed point
// against what it stands for.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "inkling/kernels/fixed_point.h"
#include "inkling/kernels/float_math.h"
#include "inkling/kernels/tables.h"

namespace inkling {
namespace {

constexpr int32_t kSamples = 200000;

// What one step of the float next to x is.
double ulp(double x) {
  const float near = std::abs(static_cast<float>(x));
  return std::nextafter(near, std::numeric_limits<float>::infinity()) - double{near};
}

// The largest error of f in ulp over numbers between low and high: half of them evenly spread, half spread
// over all exponents.
template <class F, class G>
double worst(F f, G exact, double low, double high) {
  std::mt19937 random(1);
  double largest = 0;
  for (int32_t i = 0; i < kSamples; ++i) {
    const double spread = std::ldexp(random(), -32);
    float x = static_cast<float>(low + (high - low) * spread);
    if (i % 2) x = static_cast<float>(std::ldexp(x, -static_cast<int32_t>(random() % 100)));
    if (!(x >= low && x <= high)) continue;
    const double want = exact(double{x});
    if (std::isinf(static_cast<float>(want))) continue;
    largest = std::max(largest, std::abs(double{f(x)} - want) / ulp(want));
  }
  return largest;
}

TEST(FloatMath, StaysWithinItsUlps) {
  EXPECT_LE(worst(
                exp_float, [](double x) { return std::exp(x); }, -103, 88),
            0.75);
  EXPECT_LE(worst(
                exp_minus_one_float, [](double x) { return std::expm1(x); }, -30, 30),
            1.1);
  EXPECT_LE(worst(
                log_float, [](double x) { return std::log(x); }, 1e-30, 1e30),
            1.5);
  EXPECT_LE(worst(
                log_float, [](double x) { return std::log(x); }, 0.5, 2),
            1.5);
  EXPECT_LE(worst(
                sin_float, [](double x) { return std::sin(x); }, -20, 20),
            1.5);
  EXPECT_LE(worst(
                cos_float, [](double x) { return std::cos(x); }, -20, 20),
            1.5);
  EXPECT_LE(worst(
                sin_float, [](double x) { return std::sin(x); }, -3e38, 3e38),
            1.5);
  EXPECT_LE(worst(
                cos_float, [](double x) { return std::cos(x); }, -3e38, 3e38),
            1.5);
  EXPECT_LE(worst(
                tanh_float, [](double x) { return std::tanh(x); }, -10, 10),
            2.5);
  EXPECT_LE(
      worst(
          logistic_float, [](double x) { return x < -9 ? std::exp(x) : 1 / (1 + std::exp(-x)); }, -80, 80),
      2.5);
  EXPECT_LE(worst(
                normal_share_float, [](double x) { return std::erfc(-x * std::sqrt(0.5)) / 2; }, -4, 6),
            16);
}

TEST(FloatMath, IsExactWhereItCanBe) {
  std::mt19937 random(2);
  for (int32_t i = 0; i < kSamples; ++i) {
    const float x = float_from_bits(static_cast<uint32_t>(random()));
    float y = float_from_bits(static_cast<uint32_t>(random()));
    if (i % 2) y = x * static_cast<float>(std::ldexp(random(), -34));
    if (std::isnan(x) || std::isnan(y)) continue;
    EXPECT_EQ(floor_float(x), std::floor(x)) << x;
    EXPECT_EQ(ceil_float(x), std::ceil(x)) << x;
    EXPECT_EQ(round_float(x), std::nearbyint(x)) << x;
    EXPECT_EQ(square_root_float(std::abs(x)), std::sqrt(std::abs(x))) << x;
    const float rest = std::fmod(x, y), got = remainder_float(x, y);
    EXPECT_TRUE(got == rest || (std::isnan(got) && std::isnan(rest))) << x << " " << y << ": " << got;
  }
}

TEST(FloatMath, AnswersWhatIsNotANumber) {
  const float nan = std::numeric_limits<float>::quiet_NaN(), inf = std::numeric_limits<float>::infinity();
  for (const auto f : {exp_float, log_float, sin_float, cos_float, tanh_float, square_root_float, floor_float,
                       round_float, logistic_float, exp_minus_one_float})
    EXPECT_TRUE(std::isnan(f(nan)));
  EXPECT_TRUE(std::isnan(log_float(-1)) && std::isnan(square_root_float(-1)) && std::isnan(sin_float(inf)));
  EXPECT_EQ(log_float(0), -inf);
  EXPECT_EQ(exp_float(inf), inf);
  EXPECT_EQ(exp_float(-inf), 0);
  EXPECT_EQ(tanh_float(inf), 1);
  EXPECT_EQ(square_root_float(inf), inf);
}

TEST(FloatMath, ReadsEveryHalf) {
  for (int32_t i = 0; i < 1 << 16; ++i) {
    const int32_t exponent = i >> 10 & 31, mantissa = i & 1023;
    const double size =
        exponent == 0 ? std::ldexp(mantissa, -24) : std::ldexp(mantissa + 1024, exponent - 25);
    const float x = float_from_half(static_cast<uint16_t>(i));
    const bool special = exponent == 31 && (mantissa ? std::isnan(x) : std::isinf(x));
    EXPECT_TRUE(special || x == (i >> 15 ? -size : size)) << i;
  }
}

TEST(PowerFloat, MultipliesForWholePowers) {
  EXPECT_EQ(power_float(3, 5), 243);
  EXPECT_EQ(power_float(-2, 3), -8);
  EXPECT_EQ(power_float(2, -2), 0.25f);
  EXPECT_EQ(power_float(9, 0.5f), 3);
  EXPECT_EQ(power_float(0, 0), 1);
  EXPECT_TRUE(std::isnan(power_float(-2, 1.5f)));
  EXPECT_NEAR(power_float(2, 1.5f), 2.8284271f, 1e-6);
}

using Fixed = FixedPoint<Arch>;

TEST(FixedPointMath, StandsForWhatItSays) {
  std::mt19937 random(3);
  for (int32_t i = 0; i < kSamples; ++i) {
    const auto any = static_cast<int32_t>(random());
    const int32_t positive = any & INT32_MAX;
    const double x_q27 = std::ldexp(any, -27);
    EXPECT_NEAR(std::ldexp(Fixed::tanh(any), -31), std::tanh(x_q27), 3e-7);
    EXPECT_NEAR(std::ldexp(Fixed::logistic(any), -31), 1 / (1 + std::exp(-x_q27)), 3e-7);
    EXPECT_NEAR(std::ldexp(Fixed::exp_negative(-positive, 26), -31), std::exp(std::ldexp(-positive, -26)),
                3e-7);
    const int32_t at_least_one = 1 + (positive >> random() % 31);
    const Multiplier root = Fixed::one_over_square_root(at_least_one);
    EXPECT_NEAR(std::ldexp(root.value, root.shift - 31) * std::sqrt(at_least_one), 1, 2e-6);  // five steps
    const Reciprocal reciprocal = Fixed::reciprocal(static_cast<uint32_t>(at_least_one));
    EXPECT_NEAR(std::ldexp(reciprocal.value, -31 - reciprocal.integer_bits) * at_least_one, 1, 2e-8);
    const int32_t from_one_q19 = (1 << 19) + (positive >> (1 + random() % 12));
    EXPECT_NEAR(std::ldexp(Fixed::log(from_one_q19), -26), std::log(std::ldexp(from_one_q19, -19)), 2e-7);
  }
}

TEST(Tables, HoldTheirFunctions) {
  for (int32_t i = 0; i < 256; ++i)  // raised by half of the chord's error, at most 0.7, and rounded
    EXPECT_NEAR(logistic_table[i], 65536 / (1 + std::exp(-i / 24.0)), 1.25);
  for (int32_t i = 0; i <= 512; ++i) {
    EXPECT_NEAR(exp_table[i], 32768 * std::exp(-10 + i * 10 / 512.0), 2);
    EXPECT_NEAR(one_over_one_plus_table[i], 32768 / (1 + i / 512.0), 1.01);
  }
  EXPECT_EQ(look_up(exp_table, 32767), exp_table[511] + ((exp_table[512] - exp_table[511]) * 127 + 64) / 128);
}

}  // namespace
}  // namespace inkling
