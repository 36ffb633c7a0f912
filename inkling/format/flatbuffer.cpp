// The bounds check and the walk through vtables.
#include "inkling/format/flatbuffer.h"

namespace inkling {

void Reader::fail(Reason why, int32_t got, int32_t want) const {
  if (failure_->status != Status::ok) return;
  failure_->status = Status::bad_model;
  failure_->why = why;
  failure_->got = got;
  failure_->want = want;
}

bool Reader::check(uint32_t position, uint32_t n_bytes, uint32_t alignment) const {
  const bool is_inside = inside(position, n_bytes);
  if (is_inside && (position & (alignment - 1)) == 0) return true;
  if (is_inside)
    fail("an offset in the model is not aligned", static_cast<int32_t>(position),
         static_cast<int32_t>(alignment));
  else
    fail("an offset points outside the model", static_cast<int32_t>(position), static_cast<int32_t>(size()));
  return false;
}

Table::Table(const Reader* reader, uint32_t position) {
  if (reader->check(position, 4, 4)) open(reader, position);
}

void Table::open(const Reader* reader, uint32_t position) {
  // The vtable lies `distance` before the table, a signed number. It starts with two 16-bit sizes: its own
  // and the table's.
  const uint32_t vtable = position - reader->u32(position);
  const uint32_t sizes = (vtable & 1) == 0 && reader->inside(vtable, 4) ? reader->u32(vtable) : UINT32_MAX;
  if (sizes == UINT32_MAX || !reader->inside(vtable, sizes & 0xffff) ||
      !reader->inside(position, sizes >> 16))
    return reader->fail("a table or its vtable lies outside the model", static_cast<int32_t>(vtable),
                        static_cast<int32_t>(reader->size()));
  reader_ = reader;
  position_ = position;
  vtable_ = vtable;
  vtable_bytes_ = static_cast<uint16_t>(sizes);
  object_bytes_ = static_cast<uint16_t>(sizes >> 16);
}

uint32_t Table::field(int32_t id, uint32_t n_bytes) const {
  const uint32_t entry = 4 + 2 * static_cast<uint32_t>(id);
  if (entry + 2 > vtable_bytes_) return 0;
  const uint32_t inside = load<uint16_t>(reader_->at(vtable_ + entry));
  if (inside == 0) return 0;
  if (inside + n_bytes > object_bytes_) {
    reader_->fail("a field lies outside its table", static_cast<int32_t>(inside), object_bytes_);
    return 0;
  }
  return position_ + inside;
}

uint32_t Table::target(uint32_t at) const {
  const uint32_t distance = reader_->u32(at);
  const uint32_t to = at + distance;
  return to > at && reader_->check(to, 4, 4) ? to : 0;
}

Table Table::table(int32_t id) const {
  const uint32_t at = field(id, 4);
  const uint32_t to = at ? target(at) : 0;
  return to ? Table(reader_, to, Checked{}) : Table();
}

Vector Table::vector(int32_t id, uint32_t element_bytes) const {
  const uint32_t at = field(id, 4);
  const uint32_t to = at ? target(at) : 0;
  if (to == 0) return {};
  const uint32_t count = reader_->u32(to);
  if (count > reader_->size() / element_bytes) {
    reader_->fail("a vector is longer than the model", static_cast<int32_t>(count),
                  static_cast<int32_t>(reader_->size()));
    return {};
  }
  if (!reader_->check(to + 4, count * element_bytes, 1)) return {};
  return {reader_->at(to + 4), static_cast<int32_t>(count)};
}

const char* Table::string(int32_t id) const {
  const Vector text = vector(id, 1);
  if (text.size == 0) return "";
  // The writer puts a zero behind the last character.
  const auto end = static_cast<uint32_t>(text.data - reader_->at(0)) + static_cast<uint32_t>(text.size);
  if (!reader_->check(end, 1, 1)) return "";
  if (*reader_->at(end) != 0) {
    reader_->fail("a string in the model has no end", *reader_->at(end), 0);
    return "";
  }
  return reinterpret_cast<const char*>(text.data);
}

Table Table::element(const Vector& tables, int32_t i) const {
  const auto at = static_cast<uint32_t>(tables.data - reader_->at(0)) + 4 * static_cast<uint32_t>(i);
  const uint32_t to = target(at);
  return to ? Table(reader_, to, Checked{}) : Table();
}

}  // namespace inkling
