// Labels inside a model's file: what is written is what every reader of TFLite metadata finds.
#include "host/graph/metadata.h"

#include "host/data/files.h"
#include "host/engine/labels.h"
#include "host/engine/program.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

graph::Graph softmax() {
  graph::Graph model;
  graph::Subgraph& g = model.subgraphs.emplace_back();
  graph::Tensor tensor;
  tensor.shape = {1, 3};
  const int32_t in = g.add_input(tensor), out = g.add_output(tensor);
  g.operators.push_back({"SOFTMAX", {in}, {out}, graph::Options("SoftmaxOptions").set("beta", 1)});
  return model;
}

TEST(Metadata, NamesTheClasses) {
  const TemporaryFolder folder;
  const std::vector<std::string> labels = {"silence", "unknown", "yes please"};
  write_atomically(folder / "named.tflite", graph::write_with_labels(softmax(), labels));
  EXPECT_EQ(read_labels(folder / "named.tflite"), labels);
  const ModelFile file(folder / "named.tflite");
  Program program(file);
  EXPECT_EQ(program.net().output(0).n_elements, 3);
}

TEST(Metadata, IsTheSameEveryTime) {
  EXPECT_EQ(graph::write_with_labels(softmax(), {"a", "b", "c"}),
            graph::write_with_labels(softmax(), {"a", "b", "c"}));
}

// The end of an archive with one file "labels.txt" that holds "a\nb\n", as zip tools write it.
TEST(Metadata, HasTheChecksumOfZipTools) {
  const std::vector<uint8_t> bytes = graph::write_with_labels(softmax(), {"a", "b"});
  const std::string text(bytes.begin(), bytes.end());
  const size_t header = text.rfind("PK\x03\x04");
  ASSERT_NE(header, std::string::npos);
  EXPECT_EQ(text.substr(header + 30, 14), "labels.txta\nb\n");
  EXPECT_EQ(text.substr(header + 14, 4), "\x97*W\x18");
}

}  // namespace
}  // namespace inkling::host
