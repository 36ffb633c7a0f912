// Layout, from the end: the root's byte width, its packed type, its offset. A map is a vector of values with,
// in front of them, the offset of the key vector, the keys' width and the count; the values' packed types
// follow them.
#include "inkling/format/flexbuffer.h"

#include "inkling/core/memory.h"

namespace inkling {
namespace {

// Packed type: two bits of width, six of type.
enum FlexType : uint8_t {
  kInt = 1,
  kUInt = 2,
  kFloat = 3,
  kIndirectInt = 6,
  kIndirectUInt = 7,
  kIndirectFloat = 8
};
constexpr uint8_t kMap = 9, kBool = 26;

float float_of(double value) {
  return static_cast<float>(value);
}

}  // namespace

bool FlexMap::inside(uint32_t position, uint32_t n_bytes) const {
  const auto size = static_cast<uint32_t>(bytes_.size);
  return position <= size && n_bytes <= size - position;
}

uint64_t FlexMap::unsigned_at(uint32_t position, uint32_t width) const {
  uint64_t value = 0;
  if (inside(position, width))
    for (uint32_t i = 0; i < width; ++i)
      value |= static_cast<uint64_t>(bytes_[static_cast<int32_t>(position + i)]) << (8 * i);
  return value;
}

FlexMap::FlexMap(Bytes bytes) : bytes_(bytes) {
  const auto size = static_cast<uint32_t>(bytes.size);
  if (size < 3) return;
  const uint32_t root_width = bytes[bytes.size - 1];
  const uint8_t packed = bytes[bytes.size - 2];
  if ((root_width & (root_width - 1)) != 0 || root_width < 1 || root_width > 8 || size < 2 + root_width)
    return;
  if (packed >> 2 != kMap) return;
  const uint32_t root = size - 2 - root_width;
  width_ = 1u << (packed & 3);
  const uint64_t back = unsigned_at(root, root_width);
  if (back > root || root - back < 3 * width_) return;
  values_ = root - static_cast<uint32_t>(back);
  const uint64_t keys_back = unsigned_at(values_ - 3 * width_, width_);
  const uint64_t keys_width = unsigned_at(values_ - 2 * width_, width_);
  const uint64_t n = unsigned_at(values_ - width_, width_);
  if (keys_back > values_ - 3 * width_ || keys_width < 1 || keys_width > 8 || n > size) return;
  keys_ = values_ - 3 * width_ - static_cast<uint32_t>(keys_back);
  keys_width_ = static_cast<uint32_t>(keys_width);
  const auto count = static_cast<uint32_t>(n);
  if (inside(keys_, count * keys_width_) && inside(values_, count * (width_ + 1)))
    n_ = static_cast<int32_t>(n);
}

int32_t FlexMap::find(const char* key) const {
  for (int32_t i = 0; i < n_; ++i) {
    const uint32_t at = keys_ + static_cast<uint32_t>(i) * keys_width_;
    const uint64_t back = unsigned_at(at, keys_width_);
    if (back > at) continue;
    const char* wanted = key;
    for (uint32_t k = at - static_cast<uint32_t>(back); inside(k, 1); ++k, ++wanted) {
      const auto letter = static_cast<char>(bytes_[static_cast<int32_t>(k)]);
      if (letter != *wanted) break;
      if (letter == 0) return i;
    }
  }
  return -1;
}

FlexMap::Value FlexMap::value(int32_t i) const {
  const uint32_t type_at = values_ + static_cast<uint32_t>(n_) * width_ + static_cast<uint32_t>(i);
  uint8_t type = bytes_[static_cast<int32_t>(type_at)];
  uint32_t at = values_ + static_cast<uint32_t>(i) * width_, width = width_;
  const uint8_t kind = type >> 2;
  if (kind >= kIndirectInt && kind <= kIndirectFloat) {
    const uint64_t back = unsigned_at(at, width);
    if (back > at) return {false, 0, 0.0f};
    at -= static_cast<uint32_t>(back);
    width = 1u << (type & 3);
    type = static_cast<uint8_t>((kind - kIndirectInt + kInt) << 2);
  }
  const uint64_t raw = unsigned_at(at, width);
  switch (type >> 2) {
    case kInt: {
      const uint32_t unused = 64 - 8 * width;
      return {false, static_cast<int64_t>(raw << unused) >> unused, 0.0f};
    }
    case kUInt:
    case kBool:
      return {false, raw > INT32_MAX ? INT32_MAX : static_cast<int64_t>(raw), 0.0f};
    case kFloat:
      if (width == 4) return {true, 0, load<float>(&raw)};
      if (width == 8) return {true, 0, float_of(load<double>(&raw))};
      return {false, 0, 0.0f};
    default:
      return {false, 0, 0.0f};
  }
}

int32_t FlexMap::integer(const char* key, int32_t otherwise) const {
  const int32_t i = find(key);
  if (i < 0) return otherwise;
  const Value v = value(i);
  if (v.is_float)
    return v.number >= -2147483648.0f && v.number < 2147483648.0f ? static_cast<int32_t>(v.number) : 0;
  return v.integer > INT32_MAX   ? INT32_MAX
         : v.integer < INT32_MIN ? INT32_MIN
                                 : static_cast<int32_t>(v.integer);
}

float FlexMap::number(const char* key, float otherwise) const {
  const int32_t i = find(key);
  if (i < 0) return otherwise;
  const Value v = value(i);
  return v.is_float ? v.number : static_cast<float>(v.integer);
}

}  // namespace inkling
