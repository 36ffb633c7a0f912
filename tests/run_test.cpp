// What run gives: every operator's output as recorded from the reference, the documented inputs, messages
// about inputs that do not fit.
#include <cstring>
#include <fstream>
#include <sstream>

#include "host/data/files.h"
#include "host/data/npy.h"
#include "host/engine/execution.h"
#include "host/graph/graph.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

constexpr uint32_t kSeed = 12345;

// One RELU on int8.
std::filesystem::path small_model(const TemporaryFolder& folder) {
  graph::Graph model;
  graph::Subgraph& main = model.subgraphs.emplace_back();
  graph::Tensor tensor;
  tensor.name = "x";
  tensor.type = Type::int8;
  tensor.shape = {1, 4};
  tensor.scales = {0.5f};
  tensor.zero_points = {0};
  main.add_input(tensor);
  main.add_output(tensor);
  main.operators.emplace_back("RELU", std::vector<int32_t>{0}, std::vector<int32_t>{1});
  write_atomically(folder / "m.tflite", graph::write(model));
  return folder / "m.tflite";
}

ExecutionRequest request(const std::filesystem::path& model) {
  ExecutionRequest request;
  request.model = model;
  return request;
}

TEST(Run, MakesTheDocumentedInputs) {
  // 12345 * 1664525 + 1013904223 = 87628868 modulo 2^32 = 0x05391c44; the next one is 0x046dbb13.
  const uint32_t x0 = 0x05391c44, x1 = x0 * 1664525u + 1013904223u;
  using Bytes = std::vector<uint8_t>;
  EXPECT_EQ(InputGenerator(kSeed).bytes(Type::int8, 2, 2), (Bytes{0x05, static_cast<uint8_t>(x1 >> 24)}));
  EXPECT_EQ(InputGenerator(kSeed).bytes(Type::boolean, 1, 1), (Bytes{1}));
  EXPECT_EQ(InputGenerator(kSeed).bytes(Type::int16, 1, 2), (Bytes{0x39, 0x05}));
  EXPECT_EQ(InputGenerator(kSeed).bytes(Type::int32, 1, 4), (Bytes{0x44, 0x1c, 0x39, 0x05}));
  const Bytes real = InputGenerator(kSeed).bytes(Type::float32, 1, 4);
  EXPECT_EQ(load<float>(real.data()), static_cast<float>(0x05391c) / 8388608.0f);
  InputGenerator stream(kSeed);
  stream.bytes(Type::int8, 1, 1);
  EXPECT_EQ(stream.bytes(Type::int8, 1, 1), (Bytes{static_cast<uint8_t>(x1 >> 24)}));
}

TEST(Run, ReadsNpyInputsAndWritesNpyOutputs) {
  const TemporaryFolder folder;
  ExecutionRequest r = request(small_model(folder));
  write_npy(folder / "x.npy", {"|i1", {1, 4}, {0xfe, 3, 0x80, 127}});
  r.inputs = {folder / "x.npy"};
  r.per_operator = true;
  const Execution execution = execute(r);
  write_outputs(execution, folder / "made/out");
  const Array output = read_npy(folder / "made/out/output_0.npy");
  EXPECT_EQ(output.dtype, "|i1");
  EXPECT_EQ(output.shape, (std::vector<int64_t>{1, 4}));
  EXPECT_EQ(output.bytes, (std::vector<uint8_t>{0, 3, 0, 127}));
  const auto json = to_json(execution, "m");
  EXPECT_EQ(json["outputs"][0]["values"], (std::vector<int>{0, 3, 0, 127}));
  EXPECT_EQ(json["outputs"][0]["hash"], json["operators"][0]["hash"]);
  const std::string text = to_text(execution, {"one", "two", "three", "four"});
  EXPECT_NE(text.find("two"), std::string::npos) << text;
  EXPECT_NE(text.find("63.5"), std::string::npos) << text;
}

TEST(Run, ZerosAreTheDefault) {
  const TemporaryFolder folder;
  EXPECT_EQ(execute(request(small_model(folder))).outputs[0].bytes, (std::vector<uint8_t>{0, 0, 0, 0}));
}

TEST(Run, SaysWhichInputDoesNotFit) {
  const TemporaryFolder folder;
  ExecutionRequest r = request(small_model(folder));
  write_npy(folder / "f.npy", {"<f4", {2}, std::vector<uint8_t>(8)});
  r.inputs = {folder / "f.npy"};
  const std::string what = message_of([&] { execute(r); });
  EXPECT_NE(what.find("holds float32 [2], the model takes int8 [1, 4]; convert it"), std::string::npos)
      << what;
  EXPECT_NE(what.find("f.npy"), std::string::npos) << what;
  r.inputs = {folder / "f.npy", folder / "f.npy"};
  EXPECT_NE(message_of([&] { execute(r); }).find("takes 1 inputs, 2 files"), std::string::npos);
}

TEST(Run, NamesTheBytesOfAnArenaThatIsTooSmall) {
  const TemporaryFolder folder;
  ExecutionRequest r = request(small_model(folder));
  const int32_t needed = execute(r).arena_bytes;
  r.arena_bytes = needed - 8;
  EXPECT_NE(message_of([&] { execute(r); }).find("want " + std::to_string(needed)), std::string::npos);
  r.arena_bytes = needed;
  EXPECT_EQ(execute(r).arena_bytes, needed);
}

struct Recorded {
  const char* name;  // in the recording
  const char* folder;
};

class RecordedModels : public testing::TestWithParam<Recorded> {};

// The recording has lines "MODEL INDEX fnv1a=HASH bytes=N".
TEST_P(RecordedModels, HaveTheReferencesOutputAfterEveryOperator) {
  const auto recording = shared_folder() / "baseline/op_hashes_host_ref.txt";
  const auto path = shared_folder() / "conformance/models" / GetParam().folder / "model.tflite";
  if (!std::filesystem::exists(recording)) GTEST_SKIP() << recording << " is not there";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not there";
  std::vector<std::string> want;
  std::ifstream lines(recording);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name, index, hash, bytes;
    words >> name >> index >> hash >> bytes;
    if (name == GetParam().name) want.push_back(hash.substr(6) + " " + bytes.substr(6));
  }
  ExecutionRequest r = request(path);
  r.seed = kSeed;
  r.per_operator = true;
  const auto json = to_json(execute(r), path.string());
  std::vector<std::string> got;
  for (const auto& op : json["operators"])
    got.push_back(op["hash"].get<std::string>() + " " + std::to_string(op["bytes"].get<int>()));
  EXPECT_FALSE(want.empty());
  EXPECT_EQ(got, want);
}

INSTANTIATE_TEST_SUITE_P(
    Run, RecordedModels,
    testing::Values(Recorded{"hello", "hello_world_int8"}, Recorded{"mspeech", "micro_speech_quantized"},
                    Recorded{"person", "person_detect"}, Recorded{"kws", "mlperf_kws_int8"},
                    Recorded{"vww", "mlperf_vww_int8"}, Recorded{"resnet", "mlperf_resnet_int8"},
                    Recorded{"ad01", "mlperf_ad01_int8"}, Recorded{"strww", "mlperf_str_ww_int8"},
                    Recorded{"kwscr", "keyword_scrambled_8bit"}),
    [](const auto& info) { return std::string(info.param.name); });

// One SVDF filter with a memory of two: the output is the sum of the last two inputs.
TEST(Run, VariablesKeepTheirValuesBetweenInvocations) {
  const TemporaryFolder folder;
  graph::Graph model;
  graph::Subgraph& main = model.subgraphs.emplace_back();
  const auto floats = [](std::vector<int32_t> shape, std::vector<float> values) {
    graph::Tensor tensor;
    tensor.shape = std::move(shape);
    tensor.data.resize(values.size() * sizeof(float));
    if (!values.empty()) std::memcpy(tensor.data.data(), values.data(), tensor.data.size());
    return tensor;
  };
  graph::Tensor state = floats({1, 2}, {});
  state.is_variable = true;
  const int32_t input = main.add_input(floats({1, 1}, {}));
  const int32_t feature = main.add(floats({1, 1}, {1})), time = main.add(floats({1, 2}, {1, 1}));
  const int32_t memory = main.add(state), output = main.add_output(floats({1, 1}, {}));
  main.operators.emplace_back("SVDF", std::vector<int32_t>{input, feature, time, -1, memory},
                              std::vector<int32_t>{output}, graph::Options("SVDFOptions").set("rank", 1));
  write_atomically(folder / "m.tflite", graph::write(model));
  write_npy(folder / "x.npy", {"<f4", {1, 1}, floats({}, {3}).data});
  ExecutionRequest r = request(folder / "m.tflite");
  r.inputs = {folder / "x.npy"};
  for (const auto& [n_invokes, sum] : {std::pair(1, 3.0f), std::pair(2, 6.0f), std::pair(3, 6.0f)}) {
    r.n_invokes = n_invokes;
    EXPECT_EQ(to_json(execute(r), "m")["outputs"][0]["values"][0].get<float>(), sum);
  }
}

}  // namespace
}  // namespace inkling::host
