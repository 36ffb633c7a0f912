// Four nested tables of the metadata schema (metadata_schema.fbs), and a zip archive of stored files.
#include "host/graph/metadata.h"

#include <flatbuffers/flatbuffers.h>
#include <fmt/format.h>

#include <algorithm>

namespace inkling::host::graph {
namespace {

using Buffer = std::vector<uint8_t>;
constexpr char kFileName[] = "labels.txt";

// Field ids of the metadata schema, as places in a table.
constexpr flatbuffers::voffset_t field(int id) {
  return static_cast<flatbuffers::voffset_t>(4 + 2 * id);
}
constexpr auto kModelSubgraphs = field(3);
constexpr auto kSubgraphOutputs = field(3);
constexpr auto kTensorFiles = field(6);
constexpr auto kFileNameField = field(0), kFileType = field(2);
constexpr uint8_t kAxisLabels = 2;

using Table = flatbuffers::Offset<flatbuffers::Table>;

Table table_with(flatbuffers::FlatBufferBuilder& builder, flatbuffers::voffset_t place, Table element) {
  const auto elements = builder.CreateVector(std::vector<Table>{element});
  const auto start = builder.StartTable();
  builder.AddOffset(place, elements);
  return {builder.EndTable(start)};
}

/// One output, whose axis is labelled by the file.
Buffer metadata() {
  flatbuffers::FlatBufferBuilder builder;
  const auto name = builder.CreateString(kFileName);
  const auto start = builder.StartTable();
  builder.AddOffset(kFileNameField, name);
  builder.AddElement<uint8_t>(kFileType, kAxisLabels, 0);
  const Table file(builder.EndTable(start));
  const Table output = table_with(builder, kTensorFiles, file);
  const Table subgraph = table_with(builder, kSubgraphOutputs, output);
  builder.Finish(table_with(builder, kModelSubgraphs, subgraph), "M001");
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

/// The checksum of zip archives: CRC-32 of ISO 3309.
uint32_t crc32(const Buffer& bytes) {
  uint32_t crc = ~0u;
  for (const uint8_t byte : bytes) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320u : 0);
  }
  return ~crc;
}

void put(Buffer& to, size_t value, int n_bytes) {
  for (int i = 0; i < n_bytes; ++i) to.push_back(static_cast<uint8_t>(value >> (8 * i)));
}

void put(Buffer& to, const std::string& text) {
  to.insert(to.end(), text.begin(), text.end());
}

/// What a file's own header and its entry in the directory have in common, from the version that is needed
/// to the length of the extra field.
void put_file_facts(Buffer& to, const ZipEntry& file) {
  constexpr uint32_t kFirstDay = 0x0021;  // 1980-01-01: the same model has the same bytes on every day
  put(to, 20, 2);
  put(to, 0, 2);  // flags
  put(to, 0, 2);  // stored
  put(to, 0, 2);  // time
  put(to, kFirstDay, 2);
  put(to, crc32(file.bytes), 4);
  put(to, file.bytes.size(), 4);
  put(to, file.bytes.size(), 4);
  put(to, file.name.size(), 2);
  put(to, 0, 2);
}

/// Appends a zip archive; its offsets count from the start of the model, as everywhere in the field.
void append_archive(Buffer& to, const std::vector<ZipEntry>& files) {
  Buffer directory;
  for (const ZipEntry& file : files) {
    put(directory, 0x02014b50, 4);
    put(directory, 20, 2);  // made by
    put_file_facts(directory, file);
    put(directory, 0, 2);  // comment
    put(directory, 0, 2);  // disk
    put(directory, 0, 2);  // internal attributes
    put(directory, 0, 4);  // external attributes
    put(directory, to.size(), 4);
    put(directory, file.name);
    put(to, 0x04034b50, 4);
    put_file_facts(to, file);
    put(to, file.name);
    to.insert(to.end(), file.bytes.begin(), file.bytes.end());
  }
  const size_t directory_start = to.size();
  to.insert(to.end(), directory.begin(), directory.end());
  put(to, 0x06054b50, 4);
  put(to, 0, 4);             // disks
  put(to, files.size(), 2);  // entries on this disk, and in all
  put(to, files.size(), 2);
  put(to, directory.size(), 4);
  put(to, directory_start, 4);
  put(to, 0, 2);  // comment
}

}  // namespace

std::vector<uint8_t> write_with_labels(Graph graph, const std::vector<std::string>& labels) {
  constexpr char kEntry[] = "TFLITE_METADATA";
  auto& entries = graph.metadata;
  entries.erase(std::remove_if(entries.begin(), entries.end(),
                               [&](const auto& entry) { return entry.first == kEntry; }),
                entries.end());
  entries.emplace_back(kEntry, metadata());
  const std::string text = fmt::format("{}\n", fmt::join(labels, "\n"));
  return write_with_files(graph, {{kFileName, {text.begin(), text.end()}}});
}

std::vector<uint8_t> write_with_files(const Graph& graph, const std::vector<ZipEntry>& files) {
  Buffer bytes = write(graph);
  append_archive(bytes, files);
  return bytes;
}

}  // namespace inkling::host::graph
