// Functions of real numbers: SQRT, LOG, SIN, COS, FLOOR, CEIL, ROUND, NEG, SQUARE, SIGN.
#include "tests/naive/elementwise.h"

namespace inkling::naive {
namespace {

// float32 between low and high eighths.
template <int32_t low, int32_t high>
Case draw(Random& random) {
  Case c = draw_unary(random, Type::float32, Type::float32);
  c.inputs[0].low = low / 8.0;
  c.inputs[0].high = high / 8.0;
  fill(random, c.inputs[0]);
  c.options = Options();
  c.tolerance = 1e-5;
  return c;
}

const Register of_sqrt("SQRT", draw<0, 8000>,
                       [](Case& c) { define_unary(c, [](double x) { return std::sqrt(x); }); });
const Register of_log("LOG", draw<1, 8000>,
                      [](Case& c) { define_unary(c, [](double x) { return std::log(x); }); });
const Register of_sin("SIN", draw<-8000, 8000>,
                      [](Case& c) { define_unary(c, [](double x) { return std::sin(x); }); });
const Register of_cos("COS", draw<-8000, 8000>,
                      [](Case& c) { define_unary(c, [](double x) { return std::cos(x); }); });
const Register of_floor("FLOOR", draw<-72, 72>,
                        [](Case& c) { define_unary(c, [](double x) { return std::floor(x); }); });
const Register of_ceil("CEIL", draw<-72, 72>,
                       [](Case& c) { define_unary(c, [](double x) { return std::ceil(x); }); });
const Register of_round("ROUND", draw<-72, 72>,
                        [](Case& c) { define_unary(c, [](double x) { return std::nearbyint(x); }); });
const Register of_neg("NEG", draw<-72, 72>, [](Case& c) { define_unary(c, [](double x) { return -x; }); });
const Register of_square("SQUARE", draw<-72, 72>,
                         [](Case& c) { define_unary(c, [](double x) { return x * x; }); });
const Register of_sign("SIGN", draw<-8, 8>, [](Case& c) {
  define_unary(c, [](double x) { return x > 0 ? 1.0 : x < 0 ? -1.0 : 0.0; });
});

}  // namespace
}  // namespace inkling::naive
