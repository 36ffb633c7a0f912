// Tensors on disk in NumPy's .npy format, versions 1.0 and 2.0. Leaves out big-endian and column-major data,
// structured types and pickled objects: each is refused with its reason.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace inkling::host {

/// A tensor in row-major order, little endian.
struct Array {
  std::string dtype;           // as NumPy writes it: <f4 |i1 |u1 <i2 <u2 <i4 <u4 <i8 <u8 |b1 <f2 <f8
  std::vector<int64_t> shape;  // empty for a single value
  std::vector<uint8_t> bytes;  // as many as dtype and shape need
};

/// Bytes of one element; throws an Error for a dtype that is not in the list above.
int64_t element_bytes(const std::string& dtype);

/// The array in a .npy file's bytes; `name` is for messages. Nothing in the header is trusted.
Array parse_npy(const std::vector<uint8_t>& file, const std::string& name);

/// The bytes of a .npy file, version 1.0. Throws an Error if the array's bytes do not fit its dtype and
/// shape.
std::vector<uint8_t> format_npy(const Array& array);

Array read_npy(const std::filesystem::path& path);
void write_npy(const std::filesystem::path& path, const Array& array);

}  // namespace inkling::host
