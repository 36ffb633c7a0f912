// Element types as the .tflite schema numbers them, their sizes and names.
#pragma once
#include <stdint.h>

namespace inkling {

// id, schema code, bits per element (0: no fixed size)
#define INKLING_TYPE_LIST(X) \
  X(float32, 0, 32)          \
  X(float16, 1, 16)          \
  X(int32, 2, 32)            \
  X(uint8, 3, 8)             \
  X(int64, 4, 64)            \
  X(string, 5, 0)            \
  X(boolean, 6, 8)           \
  X(int16, 7, 16)            \
  X(complex64, 8, 64)        \
  X(int8, 9, 8)              \
  X(float64, 10, 64)         \
  X(complex128, 11, 128)     \
  X(uint64, 12, 64)          \
  X(resource, 13, 32)        \
  X(variant, 14, 0)          \
  X(uint32, 15, 32)          \
  X(uint16, 16, 16)          \
  X(int4, 17, 4)             \
  X(bfloat16, 18, 16)        \
  X(int2, 19, 2)             \
  X(uint4, 20, 4)

enum class Type : uint8_t {
#define X(id, code, bits) id = code,
  INKLING_TYPE_LIST(X)
#undef X
};

inline constexpr uint8_t kTypeBits[] = {
#define X(id, code, bits) bits,
    INKLING_TYPE_LIST(X)
#undef X
};

/// Bits of one element; 0 for types without a fixed size and for codes outside the schema.
constexpr int32_t bits_of(Type type) {
  const auto code = static_cast<uint32_t>(type);
  return code < sizeof kTypeBits ? kTypeBits[code] : 0;
}

/// The type's name as the project prints it ("int8").
constexpr const char* name_of(Type type) {
  switch (type) {
#define X(id, code, bits) \
  case Type::id:          \
    return #id;
    INKLING_TYPE_LIST(X)
#undef X
  }
  return "unknown type";
}

/// Which kernels of an operator a program carries: all of them, or those for one type of activation.
enum class Types : uint8_t { any, int8, int16, float32 };

/// Whether a program that carries `types` has kernels for activations of `type`.
constexpr bool carries(Types types, Type type) {
  return types == Types::any || (types == Types::int8 && type == Type::int8) ||
         (types == Types::int16 && type == Type::int16) || (types == Types::float32 && type == Type::float32);
}

}  // namespace inkling
