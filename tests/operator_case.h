// A use of one operator with everything that it takes and must give, and the list of all naive definitions.
// Numbers are doubles here, whatever the tensor's type: exact for integers up to 2^53. Leaves out what the
// operators compute: tests/naive.
#pragma once
#include <algorithm>
#include <cmath>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "host/graph/graph.h"
#include "tests/engine_test.h"

namespace inkling::naive {

using host::Random;
using host::graph::Options;

/// Where an operand's numbers come from.
enum class Role : uint8_t { fed, constant, variable, absent };

/// A tensor with its numbers.
struct Operand {
  Type type = Type::float32;
  std::vector<int32_t> shape;
  std::vector<float> scales;
  std::vector<int64_t> zero_points;
  int32_t axis = 0;
  Role role = Role::fed;
  double low = 0, high = 0;  ///< what random numbers are drawn from
  std::vector<double> v;

  int32_t size() const {
    int32_t n = 1;
    for (const int32_t dim : shape) n *= dim;
    return n;
  }
  int32_t dim(size_t i) const { return shape[i]; }
  float scale() const { return scales.at(0); }
  double zero_point() const { return static_cast<double>(zero_points.at(0)); }
  bool present() const { return role != Role::absent; }
  /// The number at an index of as many dimensions as the shape has.
  double& at(const std::vector<int32_t>& index) { return v[position(index)]; }
  double at(const std::vector<int32_t>& index) const { return v[position(index)]; }

 private:
  size_t position(const std::vector<int32_t>& index) const {
    int32_t p = 0;
    for (size_t i = 0; i < shape.size(); ++i) p = p * shape[i] + index[i];
    return static_cast<size_t>(p);
  }
};

struct Case {
  std::vector<Operand> inputs, outputs;
  Options options;
  std::map<std::string, double> custom;  ///< the options of a custom operator
  std::vector<double> state;             ///< what a custom operator keeps; empty at first
  int32_t invocations = 1;
  double tolerance = 0;           ///< relative, for floats; 0: bit for bit
  double absolute_tolerance = 0;  ///< allowed beside it, for floats that cancel out

  double option(const std::string& name) const { return options.get(name); }
};

/// An operator by its definition.
struct Definition {
  std::string name;              ///< the schema's, "CONV_2D"
  Case (*draw)(Random& random);  ///< a random use of the operator: operands and options
  void (*define)(Case& c);       ///< computes outputs and variables from inputs
};

inline std::ostream& operator<<(std::ostream& stream, const Definition& definition) {
  return stream << definition.name;
}

inline std::vector<Definition>& definitions() {
  static std::vector<Definition> all;
  return all;
}

/// `const Register add("ADD", draw, define);` in each file of tests/naive.
struct Register {
  Register(const std::string& name, Case (*draw)(Random&), void (*define)(Case&)) {
    definitions().push_back({name, draw, define});
  }
};

/// Smallest and largest number of an integer type.
inline bool is_unsigned(Type type) {
  return type == Type::uint8 || type == Type::uint32 || type == Type::uint64 || type == Type::boolean;
}
inline bool is_real(Type type) {
  return type == Type::float32 || type == Type::float16;
}
inline double lowest(Type type) {
  return is_unsigned(type) ? 0 : -std::ldexp(1.0, bits_of(type) - 1);
}
inline double highest(Type type) {
  return type == Type::boolean ? 1 : std::ldexp(1.0, bits_of(type) - (is_unsigned(type) ? 0 : 1)) - 1;
}

inline Operand tensor(Type type, std::vector<int32_t> shape) {
  Operand t;
  t.type = type;
  t.shape = std::move(shape);
  t.low = is_real(type) ? -4 : std::max(lowest(type), lowest(Type::int32));  // what Random gives
  t.high = is_real(type) ? 4 : std::min(highest(type), highest(Type::int32));
  t.v.resize(static_cast<size_t>(t.size()));
  return t;
}

/// A tensor with a scale, and for 8-bit types a random zero point, often an extreme one.
inline Operand quantized(Random& random, Type type, std::vector<int32_t> shape, double scale) {
  Operand t = tensor(type, std::move(shape));
  t.scales = {static_cast<float>(scale)};
  const bool zero = bits_of(type) > 8;
  const auto low = static_cast<int32_t>(t.low), high = static_cast<int32_t>(t.high);
  t.zero_points = {zero ? 0 : random.one_in(3) ? random.one_of({low, high, 0}) : random.integer(low, high)};
  return t;
}

/// A scale between 2^-10 and 2^2.
inline double draw_scale(Random& random) {
  return std::exp2(random.real(-10, 2));
}

inline Operand constant(Operand t) {
  t.role = Role::constant;
  return t;
}
inline Operand absent() {
  Operand t;
  t.role = Role::absent;
  return t;
}

/// Fills with random numbers: all kinds, or one, or only the ends of the range. Floats are multiples of 1/8,
/// so that sums of some thousand products are exact in any order.
inline void fill(Random& random, Operand& t) {
  const double unit = is_real(t.type) ? 8 : 1;
  const auto low = static_cast<int64_t>(t.low * unit), high = static_cast<int64_t>(t.high * unit);
  const int32_t style = random.integer(0, 7);
  const double same = random.integer(low, high) / unit;
  for (double& x : t.v)
    x = style == 0   ? same
        : style == 1 ? (random.one_in(2) ? t.low : t.high)
                     : random.integer(low, high) / unit;
}

/// The numbers as the bytes of a tensor, and back.
std::vector<uint8_t> encode(const Operand& t);
std::vector<double> decode(Type type, const std::vector<uint8_t>& bytes);

/// A model of this one operator. Its inputs are the operands that are fed, in order.
std::vector<uint8_t> model_of(const std::string& op, const Case& c);

}  // namespace inkling::naive
