// FlatBuffers, read in place: tables and vectors over bytes that nobody trusts. Every offset goes through
// Reader::check. Errors are sticky: the first one is kept, everything read after it is empty, and the caller
// asks once, at the end of a stage. Leaves out writing, unions' types and structs (the .tflite schema has
// none).
#pragma once
#include "inkling/core/memory.h"
#include "inkling/core/span.h"
#include "inkling/core/status.h"

namespace inkling {

/// The bytes of a FlatBuffer and what went wrong while reading them.
class Reader {
 public:
  Reader(Bytes bytes, Failure* failure) : bytes_(bytes), failure_(failure) {}

  /// Whether `n_bytes` at `position` are inside and `position` is a multiple of `alignment` (a power of two).
  /// Records the failure if not.
  bool check(uint32_t position, uint32_t n_bytes, uint32_t alignment) const;
  /// The same question without an answer that is kept.
  bool inside(uint32_t position, uint32_t n_bytes) const {
    return position <= size() && n_bytes <= size() - position;
  }
  const uint8_t* at(uint32_t position) const { return bytes_.data + position; }
  uint32_t u32(uint32_t position) const { return load<uint32_t>(at(position)); }
  uint32_t size() const { return static_cast<uint32_t>(bytes_.size); }
  Status status() const { return failure_->status; }
  void fail(Reason why, int32_t got, int32_t want) const;

 private:
  Bytes bytes_;
  Failure* failure_;
};

/// A vector: `size` elements at `data`, both checked. Empty when absent or malformed.
struct Vector {
  const uint8_t* data = nullptr;
  int32_t size = 0;
  template <class T>
  T get(int32_t i) const {
    return load<T>(data + static_cast<int32_t>(sizeof(T)) * i);
  }
};

/// A table. A default-constructed one has no fields.
class Table {
 public:
  Table() = default;
  /// Opens the table at `position`; empty, with the reader's failure set, when it does not lie inside.
  Table(const Reader* reader, uint32_t position);

  bool present() const { return reader_ != nullptr; }
  bool has(int32_t id) const { return field(id, 1) != 0; }
  /// The scalar in field `id`, or `otherwise` when the table leaves it out.
  template <class T>
  T scalar(int32_t id, T otherwise) const {
    const uint32_t at = field(id, sizeof(T));
    return at ? load<T>(reader_->at(at)) : otherwise;
  }
  /// The table that field `id` points to.
  Table table(int32_t id) const;
  /// The vector that field `id` points to, elements of `element_bytes` (aligned to their size, at most 4).
  Vector vector(int32_t id, uint32_t element_bytes) const;
  /// The zero-terminated string in field `id`, "" when absent.
  const char* string(int32_t id) const;
  /// The table that element `i` of a vector of tables points to; `i` must be below the vector's size.
  Table element(const Vector& tables, int32_t i) const;

 private:
  struct Checked {};  // says that the first 4 bytes at a position have been checked
  Table(const Reader* reader, uint32_t position, Checked) { open(reader, position); }
  void open(const Reader* reader, uint32_t position);
  uint32_t field(int32_t id, uint32_t n_bytes) const;  // position of a field, 0 when absent
  uint32_t target(uint32_t at) const;  // where the offset stored at `at` points, 0 when outside

  const Reader* reader_ = nullptr;
  uint32_t position_ = 0;
  uint32_t vtable_ = 0;
  uint16_t vtable_bytes_ = 0;
  uint16_t object_bytes_ = 0;
};

}  // namespace inkling
