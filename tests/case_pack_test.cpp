// Tests of host/data/case_pack.h and compare.h: every key, every refusal, and the recorded pack if it is
// there.
#include "host/data/case_pack.h"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

#include "host/data/files.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

using nlohmann::json;
using testing::IsSubstring;

/// A case with every key; tests change one.
json example() {
  return json::parse(R"({
    "id": "ops/one", "op": "RELU", "dtype": "float32", "path": "one.tflite", "note": "a note", "invokes": 2,
    "inputs": [{"tensor": 0, "shape": [1, 5], "type": "float32", "file": ["a.bin", null]}],
    "outputs": [{"index": 0, "shape": [], "type": "int8", "file": ["b.bin", "c.bin"], "scale": 0.5}],
    "reset_before": [1], "invoke_status": ["abort", "ok"], "expect": "either", "error_at": "invoke",
    "tolerance": 1e-5, "test_tolerance": 1, "undefined": [[0, 1, 0, 9], [0, 0, 4, 5]],
    "intermediates": [{"tensor": 3, "type": "int16", "file": "d.bin"}], "intermediates_match_output": false,
    "tflm_arena_used": 1216, "a_key_of_tomorrow": {}})");
}

std::vector<Case> read(const json& cases) {
  const TemporaryFolder folder;
  write_atomically(folder / "cases.json", cases.dump());
  return read_case_pack(folder.path());
}

TEST(CasePack, ReadsEveryKey) {
  const TemporaryFolder folder;
  write_atomically(folder / "cases.json", json::array({example()}).dump());
  const std::vector<Case> cases = read_case_pack(folder.path());
  ASSERT_EQ(cases.size(), 1u);
  const Case& one = cases[0];
  EXPECT_EQ(one.id, "ops/one");
  EXPECT_EQ(one.op, "RELU");
  EXPECT_EQ(one.dtype, "float32");
  EXPECT_EQ(one.note, "a note");
  EXPECT_EQ(one.model, folder / "one.tflite");
  EXPECT_EQ(one.invokes, 2);
  ASSERT_EQ(one.inputs.size(), 1u);
  EXPECT_EQ(one.inputs[0].type, "float32");
  EXPECT_EQ(one.inputs[0].shape, (std::vector<int32_t>{1, 5}));
  EXPECT_EQ(one.inputs[0].files, (std::vector<std::filesystem::path>{folder / "a.bin", ""}));
  ASSERT_EQ(one.outputs.size(), 1u);
  EXPECT_TRUE(one.outputs[0].shape.empty());
  EXPECT_EQ(one.outputs[0].files.size(), 2u);
  EXPECT_TRUE(one.resets_before(1) && !one.resets_before(0));
  EXPECT_TRUE(one.aborts_in(0) && !one.aborts_in(1));
  EXPECT_EQ(one.expect, Expect::either);
  EXPECT_EQ(one.error_at, ErrorAt::invoke);
  EXPECT_EQ(one.tolerance, 1e-5);
  EXPECT_EQ(one.test_tolerance, 1.0);
  ASSERT_EQ(one.undefined_bytes(0, 1).size(), 1u);
  EXPECT_EQ(one.undefined_bytes(0, 1)[0].end, 9);
  EXPECT_TRUE(one.undefined_bytes(1, 1).empty());
  ASSERT_EQ(one.intermediates.size(), 1u);
  EXPECT_EQ(one.intermediates[0].tensor, 3);
  EXPECT_EQ(one.intermediates[0].file, folder / "d.bin");
  EXPECT_FALSE(one.intermediates_match_output);
  EXPECT_EQ(one.tflm_arena_used, 1216);
}

TEST(CasePack, DistributesFilesOverInvocations) {
  json one = example();
  one["invokes"] = 1;
  for (const char* key : {"reset_before", "invoke_status", "undefined"}) one.erase(key);
  one["inputs"][0]["file"] = "a.bin";
  one["outputs"][0]["file"] = nullptr;
  const Case read_back = read(json::array({one}))[0];
  EXPECT_EQ(read_back.inputs[0].files.size(), 1u);
  EXPECT_EQ(read_back.outputs[0].files, (std::vector<std::filesystem::path>{""}));
}

TEST(CasePack, RefusesWithTheCaseTheKeyAndTheValue) {
  struct Change {
    const char* pointer;
    json value;
    const char* message;
  };
  for (const Change& change : std::vector<Change>{
           {"/op", 7, "case 'ops/one'.op: got 7, want a text"},
           {"/invokes", -1, ".invokes: got -1, want an integer from 0"},
           {"/invokes", 1e300, ".invokes: got 1e+300"},
           {"/invokes", 18446744073709551615u, ".invokes: got 18446744073709551615"},
           {"/inputs/0/file", json::array({"a"}),
            "inputs[0].file: got [\"a\"], want one file name for each of 2"},
           {"/inputs/0/file", "a.bin", "inputs[0].file: got \"a.bin\", want a list"},
           {"/inputs/0/file/0", 5, "inputs[0].file[0]: got 5, want a text"},
           {"/inputs/0/shape/1", -2, "inputs[0].shape[1]: got -2"},
           {"/inputs/0/shape/1", 4294967296, "inputs[0].shape[1]: got 4294967296"},
           {"/inputs/0", 1, "inputs[0]: got 1, want an object"},
           {"/outputs", "none", "outputs: got \"none\", want a list"},
           {"/outputs/0", json::object(), "outputs[0]: the key 'type' is missing"},
           {"/expect", "fine", "expect: got \"fine\", want 'ok' or 'error' or 'either'"},
           {"/error_at", "load", "error_at: got \"load\", want 'prepare' or 'invoke'"},
           {"/tolerance", -1, "tolerance: got -1, want a number"},
           {"/tolerance", "0", "tolerance: got \"0\", want a number"},
           {"/reset_before/0", 2, "reset_before[0]: got 2, want an integer from 0 to 1"},
           {"/invoke_status", json::array(), "invoke_status: got [], want one entry for each of 2"},
           {"/invoke_status/0", "stop", "invoke_status[0]: got \"stop\""},
           {"/undefined/0", json::array({0, 1, 2}), "undefined[0]: got [0,1,2], want [output"},
           {"/undefined/0/0", 1, "undefined[0][0]: got 1, want an integer from 0 to 0"},
           {"/intermediates/0/file", nullptr, "intermediates[0].file: got null, want a text"},
           {"/intermediates_match_output", 1, "intermediates_match_output: got 1, want true or false"},
           {"/tflm_arena_used", 1.5, "tflm_arena_used: got 1.5"}}) {
    json one = example();
    one[json::json_pointer(change.pointer)] = change.value;
    EXPECT_PRED_FORMAT2(IsSubstring, change.message, message_of([&] { read(json::array({one})); }))
        << change.pointer;
  }
}

TEST(CasePack, RefusesMissingKeys) {
  for (const char* key : {"op", "dtype", "path", "inputs", "outputs", "invokes", "expect", "tolerance"}) {
    json one = example();
    one.erase(key);
    EXPECT_PRED_FORMAT2(IsSubstring, std::string("case 'ops/one': the key '") + key + "' is missing",
                        message_of([&] { read(json::array({one})); }));
  }
  json one = example();
  one.erase("id");
  EXPECT_PRED_FORMAT2(IsSubstring, "[0]: the key 'id' is missing",
                      message_of([&] { read(json::array({one})); }));
  one = example();
  one["expect"] = "error";
  one.erase("error_at");
  EXPECT_PRED_FORMAT2(IsSubstring, "'error_at' beside it", message_of([&] { read(json::array({one})); }));
}

TEST(CasePack, RefusesWhatIsNoPack) {
  const TemporaryFolder folder;
  EXPECT_PRED_FORMAT2(IsSubstring, "no such file", message_of([&] { read_case_pack(folder.path()); }));
  write_atomically(folder / "cases.json", "[{\"id\": ");
  EXPECT_PRED_FORMAT2(IsSubstring, "is not valid JSON", message_of([&] { read_case_pack(folder.path()); }));
  write_atomically(folder / "cases.json", std::string(1000000, '['));
  EXPECT_PRED_FORMAT2(IsSubstring, "is not valid JSON", message_of([&] { read_case_pack(folder.path()); }));
  EXPECT_PRED_FORMAT2(IsSubstring, "want a list", message_of([] { read(json::object()); }));
  EXPECT_PRED_FORMAT2(IsSubstring, "no other case has", message_of([] {
                        read(json::array({example(), example()}));
                      }));
}

int64_t bytes_of(const std::string& type) {
  if (type == "int64" || type == "uint64") return 8;
  if (type == "int32" || type == "uint32" || type == "float32") return 4;
  return type == "int16" ? 2 : 1;
}

TEST(CasePack, TheRecordedPackIsWhole) {
  const std::filesystem::path folder = shared_folder() / "conformance";
  if (!std::filesystem::exists(folder))
    GTEST_SKIP() << folder << " is not there (INKLING_SHARED names its parent)";
  const std::vector<Case> cases = read_case_pack(folder);
  EXPECT_GT(cases.size(), 2000u);
  for (const Case& one : cases) {
    EXPECT_TRUE(std::filesystem::is_regular_file(one.model)) << one.id;
    for (const auto* tensors : {&one.inputs, &one.outputs}) {
      for (const CaseTensor& tensor : *tensors) {
        int64_t n_bytes = bytes_of(tensor.type);
        for (const int32_t size : tensor.shape) n_bytes *= size;
        for (const auto& file : tensor.files) {
          if (file.empty()) continue;
          const std::vector<uint8_t> bytes = read_file(file);
          EXPECT_EQ(static_cast<int64_t>(bytes.size()), n_bytes) << one.id << " " << file;
          EXPECT_FALSE(compare(tensor.type, bytes, bytes, one.tolerance)) << one.id << " " << file;
        }
      }
    }
  }
}

template <class T>
std::vector<uint8_t> bytes(const std::vector<T>& values) {
  std::vector<uint8_t> result(values.size() * sizeof(T));
  if (!values.empty()) std::memcpy(result.data(), values.data(), result.size());
  return result;
}

TEST(Compare, IntegersBitForBit) {
  const auto want = bytes<int16_t>({1, -2, 300, 4});
  EXPECT_FALSE(compare("int16", want, want, 0));
  const auto difference = compare("int16", bytes<int16_t>({1, -1, 300, 5}), want, 100);
  ASSERT_TRUE(difference);
  EXPECT_EQ(difference->text(), "element 1: got -1, want -2 (2 of 4 elements differ)");
  EXPECT_EQ(compare("uint64", bytes<uint64_t>({0}), bytes<uint64_t>({~uint64_t{0}}), 0)->want,
            "18446744073709551615");
  EXPECT_EQ(compare("int4", {0x12}, {0x10}, 0)->text(),
            "element 0: got 0x12, want 0x10 (1 of 1 elements differ)");
}

TEST(Compare, FloatsByTolerance) {
  const auto differ = [](float got, float want, double tolerance) {
    return compare("float32", bytes<float>({got}), bytes<float>({want}), tolerance).has_value();
  };
  const float inf = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(differ(1.0f, 1.0f, 0));
  EXPECT_TRUE(differ(std::nextafter(1.0f, 2.0f), 1.0f, 0));
  EXPECT_TRUE(differ(0.0f, -0.0f, 0));
  EXPECT_FALSE(differ(0.0f, -0.0f, 1e-7));
  EXPECT_FALSE(differ(100.0009f, 100.0f, 1e-6));  // the relative part: 1e-3
  EXPECT_TRUE(differ(100.0012f, 100.0f, 1e-6));
  EXPECT_FALSE(differ(0.05f, 0.0f, 0.1));
  EXPECT_TRUE(differ(0.15f, 0.0f, 0.1));
  for (const double tolerance : {0.0, 0.1}) {
    EXPECT_FALSE(differ(-nan, nan, tolerance));
    EXPECT_FALSE(differ(inf, inf, tolerance));
    EXPECT_TRUE(differ(-inf, inf, tolerance));
    EXPECT_TRUE(differ(1.0f, inf, tolerance));
    EXPECT_TRUE(differ(inf, 1.0f, tolerance));
    EXPECT_TRUE(differ(nan, 1.0f, tolerance));
    EXPECT_TRUE(differ(1.0f, nan, tolerance));
  }
}

TEST(Compare, OtherWidthsOfFloats) {
  EXPECT_EQ(compare("float64", bytes<double>({1.5}), bytes<double>({1.25}), 0.1)->got, "1.5");
  EXPECT_FALSE(compare("float64", bytes<double>({1.5}), bytes<double>({1.49}), 0.1));
  // Half precision: 1, the largest, the smallest above zero, minus infinity, NaN.
  const auto want = bytes<uint16_t>({0x3c00, 0x7bff, 0x0001, 0xfc00, 0x7e00});
  const char* texts[] = {"1", "65504", "5.96046448e-08", "-inf", "nan"};
  for (size_t i = 0; i < 5; ++i) {
    auto got = want;
    got[2 * i + 1] ^= 0x40;
    const auto difference = compare("float16", got, want, 1e-9);
    ASSERT_TRUE(difference) << i;
    EXPECT_EQ(difference->first_element, static_cast<int64_t>(i));
    EXPECT_EQ(difference->want, texts[i]);
  }
}

TEST(Compare, LeavesOutUndefinedBytes) {
  const auto want = bytes<int32_t>({1, 2, 3, 4}), got = bytes<int32_t>({1, 9, 9, 4});
  EXPECT_FALSE(compare("int32", got, want, 0, {{4, 12}}));
  EXPECT_FALSE(compare("int32", got, want, 0, {{4, 8}, {11, 12}}));
  EXPECT_EQ(compare("int32", got, want, 0, {{4, 8}})->first_element, 2);
  EXPECT_EQ(compare("int32", got, want, 0, {{8, 16}})->first_element, 1);
}

TEST(Compare, RefusesWhatCannotBeCompared) {
  EXPECT_PRED_FORMAT2(IsSubstring, "got 1 bytes, want 2", message_of([] {
                        compare("int8", {1}, {1, 2}, 0);
                      }));
  EXPECT_PRED_FORMAT2(IsSubstring, "no whole number", message_of([] { compare("int32", {1}, {1}, 0); }));
  EXPECT_PRED_FORMAT2(IsSubstring, "type 'string'", message_of([] { compare("string", {1}, {1}, 0); }));
}

}  // namespace
}  // namespace inkling::host
