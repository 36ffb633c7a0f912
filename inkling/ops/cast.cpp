// CAST between float32, bool, and integers of 8 to 64 bits.
#include "inkling/kernels/cast.h"

#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

template <class In>
void eval_to_integer(const void* params, const Io& io) {
  cast_to_integer(*static_cast<const CastParams*>(params), io.in<In>(0), io.out<uint8_t>(0));
}

template <class In>
void eval_to_float(const void* params, const Io& io) {
  cast_to_float(*static_cast<const CastParams*>(params), io.in<In>(0), io.out<float>(0));
}

bool is_number(Type type) {
  switch (type) {
    case Type::float32:
    case Type::boolean:
    case Type::int8:
    case Type::uint8:
    case Type::int16:
    case Type::uint16:
    case Type::int32:
    case Type::uint32:
    case Type::int64:
      return true;
    default:
      return false;
  }
}

template <class In>
Kernel choose(bool to_float) {
  return to_float ? kernel<eval_to_float<In>> : kernel<eval_to_integer<In>>;
}

Kernel choose_by_input(Type type, bool to_float) {
  switch (type) {
    case Type::int8:
      return choose<int8_t>(to_float);
    case Type::uint8:
    case Type::boolean:
      return choose<uint8_t>(to_float);
    case Type::int16:
      return choose<int16_t>(to_float);
    case Type::uint16:
      return choose<uint16_t>(to_float);
    case Type::int32:
      return choose<int32_t>(to_float);
    case Type::uint32:
      return choose<uint32_t>(to_float);
    case Type::int64:
      return choose<int64_t>(to_float);
    case Type::float32:
      return choose<float>(to_float);
    default:
      return {};
  }
}

// Programs for one type carry the casts from it and from float32.
template <Types types>
Kernel choose_kernel(Type from, bool to_float) {
  if constexpr (types == Types::any) return choose_by_input(from, to_float);
  if (from == Type::float32) return choose<float>(to_float);
  if (carries(types, Type::int8) && from == Type::int8) return choose<int8_t>(to_float);
  if (carries(types, Type::int16) && from == Type::int16) return choose<int16_t>(to_float);
  return {};
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(expect_unary(c, false));
  const Type from = c.input(0).type, to = c.output(0).type;
  const Kernel eval = choose_kernel<types>(from, to == Type::float32);
  if (!eval) return c.no_kernel(from);
  if (!is_number(to)) return c.no_kernel(to);
  c.params<CastParams>() = {c.input(0).n_elements, bits_of(to) / 8, to == Type::boolean};
  return c.run_with(eval);
}

}  // namespace

const Op cast = {"CAST", 53, prepare<Types::any>};
const Op int8::cast = {"CAST", 53, prepare<Types::int8>};
const Op int16::cast = {"CAST", 53, prepare<Types::int16>};
const Op float32::cast = {"CAST", 53, prepare<Types::float32>};

}  // namespace inkling::ops
