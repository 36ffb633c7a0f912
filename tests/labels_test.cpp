// Labels in the standard metadata, in the archive, beside the model; damaged archives.
#include "host/engine/labels.h"

#include <flatbuffers/flatbuffers.h>
#include <zlib.h>

#include "host/data/files.h"
#include "host/data/zip.h"
#include "host/graph/graph.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

using FileBytes = std::vector<uint8_t>;

void put(FileBytes& to, uint64_t value, int n_bytes) {
  for (int i = 0; i < n_bytes; ++i) to.push_back(static_cast<uint8_t>(value >> (8 * i)));
}
void put(FileBytes& to, const std::string& text) {
  to.insert(to.end(), text.begin(), text.end());
}

FileBytes deflated(const std::string& text) {
  z_stream stream = {};
  deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  FileBytes packed(text.size() + 100);
  std::string copy = text;
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = packed.data();
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(packed.size() - stream.avail_out);
  deflateEnd(&stream);
  return packed;
}

struct Packed {
  std::string name, text;
  bool deflate = false;
};

// Appends an archive; positions count from the start of the file or of the archive.
void append_zip(FileBytes& file, const std::vector<Packed>& entries, bool from_file_start) {
  const size_t start = from_file_start ? 0 : file.size();
  FileBytes directory;
  for (const Packed& entry : entries) {
    FileBytes data(entry.text.begin(), entry.text.end());
    if (entry.deflate) data = deflated(entry.text);
    const auto position = static_cast<uint32_t>(file.size() - start);
    FileBytes common;
    put(common, 20, 2);                     // version needed
    put(common, 0, 2);                      // flags
    put(common, entry.deflate ? 8 : 0, 2);  // method
    put(common, 0, 4);                      // time and date
    put(common,
        static_cast<uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(entry.text.data()),
                                    static_cast<uInt>(entry.text.size()))),
        4);
    put(common, static_cast<uint32_t>(data.size()), 4);
    put(common, static_cast<uint32_t>(entry.text.size()), 4);
    put(common, static_cast<uint32_t>(entry.name.size()), 2);
    put(common, 0, 2);  // extra
    put(file, 0x04034b50, 4);
    file.insert(file.end(), common.begin(), common.end());
    put(file, entry.name);
    file.insert(file.end(), data.begin(), data.end());
    put(directory, 0x02014b50, 4);
    put(directory, 20, 2);
    directory.insert(directory.end(), common.begin(), common.end());
    put(directory, 0, 2 + 2 + 2);  // comment, disk, internal attributes
    put(directory, 0, 4);          // external attributes
    put(directory, position, 4);
    put(directory, entry.name);
  }
  const auto directory_at = static_cast<uint32_t>(file.size() - start);
  file.insert(file.end(), directory.begin(), directory.end());
  put(file, 0x06054b50, 4);
  put(file, 0, 4);
  put(file, static_cast<uint32_t>(entries.size()), 2);
  put(file, static_cast<uint32_t>(entries.size()), 2);
  put(file, static_cast<uint32_t>(directory.size()), 4);
  put(file, directory_at, 4);
  put(file, 0, 2);
}

using Offset = flatbuffers::Offset<void>;

// A table with one field that points to a vector of one table.
Offset wrap(flatbuffers::FlatBufferBuilder& builder, flatbuffers::voffset_t field, Offset inner) {
  const auto vector = builder.CreateVector(std::vector<Offset>{inner});
  const auto start = builder.StartTable();
  builder.AddOffset(static_cast<flatbuffers::voffset_t>(4 + 2 * field), vector);
  return {builder.EndTable(start)};
}

// Metadata that names `file` as the axis labels of output 0.
FileBytes metadata(const std::string& file) {
  flatbuffers::FlatBufferBuilder builder;
  const auto name = builder.CreateString(file);
  const auto start = builder.StartTable();
  builder.AddOffset(4, name);
  builder.AddElement<int8_t>(8, 2, 0);
  const Offset associated(builder.EndTable(start));
  const Offset model = wrap(builder, 3, wrap(builder, 3, wrap(builder, 6, associated)));
  builder.Finish(model, "M001");
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

FileBytes model(const FileBytes& metadata_bytes) {
  graph::Graph model;
  graph::Subgraph& main = model.subgraphs.emplace_back();
  graph::Tensor tensor;
  tensor.shape = {1, 3};
  main.add_input(tensor);
  main.add_output(tensor);
  main.operators.emplace_back("RELU", std::vector<int32_t>{0}, std::vector<int32_t>{1});
  if (!metadata_bytes.empty()) model.metadata.emplace_back("TFLITE_METADATA", metadata_bytes);
  return graph::write(model);
}

using Labels = std::vector<std::string>;

TEST(Labels, AreTheFileThatTheMetadataNames) {
  const TemporaryFolder folder;
  for (const bool from_file_start : {true, false}) {
    for (const bool deflate : {true, false}) {
      FileBytes file = model(metadata("words.txt"));
      append_zip(file, {{"labels.txt", "wrong\n"}, {"words.txt", "silence\r\nyes\nno", deflate}},
                 from_file_start);
      write_atomically(folder / "m.tflite", file);
      EXPECT_EQ(read_labels(folder / "m.tflite"), (Labels{"silence", "yes", "no"}));
    }
  }
}

TEST(Labels, FallBackToTheArchivesThenTheFoldersFile) {
  const TemporaryFolder folder;
  write_atomically(folder / "m.tflite", model({}));
  EXPECT_EQ(read_labels(folder / "m.tflite"), Labels());
  write_atomically(folder / "labels.txt", "a\nb\n\n");
  EXPECT_EQ(read_labels(folder / "m.tflite"), (Labels{"a", "b"}));
  FileBytes file = model({});
  append_zip(file, {{"labels.txt", "x\ny\nz\n"}}, true);
  write_atomically(folder / "m.tflite", file);
  EXPECT_EQ(read_labels(folder / "m.tflite"), (Labels{"x", "y", "z"}));
}

TEST(Zip, GivesTheSameBytesOrRefusesWhateverIsDamaged) {
  FileBytes file;
  append_zip(file, {{"a.txt", "some text, some text, some text", true}, {"b.txt", "more"}}, true);
  const std::vector<ZipEntry> whole = read_zip(file, "it");
  ASSERT_EQ(whole.size(), 2);
  int n_refused = 0;
  for (size_t i = 0; i < file.size(); ++i) {
    FileBytes damaged = file;
    damaged[i] ^= 0xff;
    try {
      const std::vector<ZipEntry> entries = read_zip(damaged, "it");
      for (size_t k = 0; k < entries.size(); ++k) EXPECT_EQ(entries[k].bytes, whole[k].bytes) << "byte " << i;
    } catch (const Error&) {
      ++n_refused;
    }
    const FileBytes cut(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_TRUE(read_zip(cut, "it").empty()) << "an archive without its end is none";
  }
  EXPECT_GT(n_refused, 0);
}

TEST(Zip, NoticesAWrongChecksum) {
  FileBytes file;
  append_zip(file, {{"b.txt", "more"}}, true);
  file[30 + 5] ^= 1;  // the first letter behind header and name
  EXPECT_NE(message_of([&] { read_zip(file, "m.tflite"); }).find("checksum"), std::string::npos);
}

}  // namespace
}  // namespace inkling::host
