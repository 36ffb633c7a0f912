// Standard TFLite metadata: the names of a model's classes, inside its file. Leaves out reading them
// (host/engine/labels.h) and all else that metadata can say.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "host/graph/graph.h"

namespace inkling::host::graph {

/// The bytes of a .tflite file that names the elements of its first output: the metadata says that
/// "labels.txt" does, and the zip archive behind the model holds that file, one label a line. Takes the place
/// of metadata of this kind that the graph has.
std::vector<uint8_t> write_with_labels(Graph graph, const std::vector<std::string>& labels);

}  // namespace inkling::host::graph
