// Standard TFLite metadata: the names of a model's classes, inside its file. Leaves out reading them
// (host/engine/labels.h) and all else that metadata can say.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "host/data/zip.h"
#include "host/graph/graph.h"

namespace inkling::host::graph {

/// The bytes of a .tflite file that names the elements of its first output: the metadata says that
/// "labels.txt" does, and the zip archive behind the model holds that file, one label a line. Takes the place
/// of metadata of this kind that the graph has.
std::vector<uint8_t> write_with_labels(Graph graph, const std::vector<std::string>& labels);

/// The bytes of a .tflite file with a zip archive of these files behind it; metadata of the graph may name
/// them.
std::vector<uint8_t> write_with_files(const Graph& graph, const std::vector<ZipEntry>& files);

}  // namespace inkling::host::graph
