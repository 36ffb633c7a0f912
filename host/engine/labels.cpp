// Walks model -> metadata -> output -> associated file with the library's own reader, whose every offset is
// checked.
#include "host/engine/labels.h"

#include <string_view>

#include "host/data/files.h"
#include "host/data/zip.h"
#include "host/engine/program.h"
#include "inkling/format/model.h"
#include "inkling/format/schema.h"

namespace inkling::host {
namespace {

constexpr const char* kFileName = "labels.txt";

// Field ids of the metadata schema (metadata_schema.fbs, identifier M001).
namespace metadata {
enum Model : int32_t { subgraphs = 3 };
enum Subgraph : int32_t { output_tensors = 3 };
enum Tensor : int32_t { associated_files = 6 };
enum AssociatedFile : int32_t { name = 0, type = 2 };
constexpr uint8_t kAxisLabels = 2;
}  // namespace metadata

// The bytes of the model's metadata; empty if it has none.
Bytes find_metadata(const Model& model) {
  const Vector entries = model.root().vector(schema::model::metadata, 4);
  for (int32_t i = 0; i < entries.size; ++i) {
    const Table entry = model.root().element(entries, i);
    if (std::string_view(entry.string(schema::metadata::name)) == "TFLITE_METADATA")
      return model.buffer(entry.scalar<uint32_t>(schema::metadata::buffer, 0));
  }
  return {};
}

// The name of the file that holds an output's axis labels, "" if none is named.
std::string label_file(Bytes bytes) {
  if (bytes.size < 8) return "";
  std::vector<uint32_t> words(static_cast<size_t>(bytes.size) / 4 + 1);  // a reader wants them aligned
  copy_bytes(words.data(), bytes.data, bytes.size);
  Failure failure;
  const Reader reader({reinterpret_cast<const uint8_t*>(words.data()), bytes.size}, &failure);
  const Table root(&reader, reader.u32(0));
  const Vector graphs = root.vector(metadata::subgraphs, 4);
  for (int32_t g = 0; g < graphs.size; ++g) {
    const Table graph = root.element(graphs, g);
    const Vector outputs = graph.vector(metadata::output_tensors, 4);
    for (int32_t i = 0; i < outputs.size; ++i) {
      const Table output = graph.element(outputs, i);
      const Vector files = output.vector(metadata::associated_files, 4);
      for (int32_t k = 0; k < files.size; ++k) {
        const Table file = output.element(files, k);
        if (file.scalar<uint8_t>(metadata::type, 0) == metadata::kAxisLabels)
          return file.string(metadata::name);
      }
    }
  }
  return "";
}

std::vector<std::string> lines(const std::vector<uint8_t>& bytes) {
  std::vector<std::string> result;
  std::string line;
  for (const uint8_t byte : bytes) {
    if (byte == '\n') {
      result.push_back(line);
      line.clear();
    } else if (byte != '\r') {
      line += static_cast<char>(byte);
    }
  }
  if (!line.empty()) result.push_back(line);
  while (!result.empty() && result.back().empty()) result.pop_back();
  return result;
}

}  // namespace

std::vector<std::string> read_labels(const std::filesystem::path& path) {
  const ModelFile file(path);
  const Bytes bytes = file.bytes();
  const std::vector<ZipEntry> entries = read_zip({bytes.begin(), bytes.end()}, path.string());
  if (!entries.empty()) {
    Failure failure;
    const std::string named = label_file(find_metadata(Model(bytes, &failure)));
    for (const std::string& name : {named, std::string(kFileName)})
      for (const ZipEntry& entry : entries)
        if (entry.name == name) return lines(entry.bytes);
  }
  const std::filesystem::path beside = path.parent_path() / kFileName;
  return std::filesystem::is_regular_file(beside) ? lines(read_file(beside)) : std::vector<std::string>();
}

}  // namespace inkling::host
