// The model of examples/custom_operator: the recipe that makes it, and that the file is what the recipe
// makes. With INKLING_WRITE=1 in the environment the file is written. Leaves out running it: the example is
// built and run as a project of its own, see CMakeLists.txt.
#include <flatbuffers/flexbuffers.h>

#include "host/data/files.h"
#include "host/graph/graph.h"
#include "tests/engine_test.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

// Four numbers through ExponentialSmoothing with alpha = 1/4, then RELU.
std::vector<uint8_t> smoothing_model() {
  graph::Graph model;
  model.description = "made by tests/custom_operator_test.cpp";
  graph::Subgraph& main = model.subgraphs.emplace_back();
  graph::Tensor four;
  four.shape = {1, 4};
  const int32_t x = main.add_input(four), smooth = main.add(four), y = main.add_output(four);
  main.operators.emplace_back("ExponentialSmoothing", std::vector<int32_t>{x}, std::vector<int32_t>{smooth});
  flexbuffers::Builder options;
  options.Map([&] { options.Float("alpha", 0.25f); });
  options.Finish();
  main.operators.back().custom_options = options.GetBuffer();
  main.operators.emplace_back("RELU", std::vector<int32_t>{smooth}, std::vector<int32_t>{y});
  return graph::write(model);
}

TEST(CustomOperator, TheModelOfTheExampleIsCurrent) {
  const std::filesystem::path path = INKLING_REPO_DIR "/examples/custom_operator/smooth.tflite";
  if (std::getenv("INKLING_WRITE") != nullptr) write_atomically(path, smoothing_model());
  EXPECT_EQ(read_file(path), smoothing_model()) << "write it with INKLING_WRITE=1";
}

TEST(CustomOperator, AProgramWithoutItSaysItsName) {
  Net net(smoothing_model());
  EXPECT_EQ(net->status(), Status::unsupported);
  EXPECT_STREQ(net->failure().op_name, "ExponentialSmoothing");
}

}  // namespace
}  // namespace inkling::host
