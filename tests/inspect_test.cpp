// What inspect tells: arithmetic by hand on small models made here, the figures of well-known models where
// their recordings are.
#include "host/data/files.h"
#include "host/engine/inspection.h"
#include "host/engine/params_layout.h"
#include "host/graph/graph.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

graph::Tensor tensor(const std::string& name, std::vector<int32_t> shape) {
  graph::Tensor t;
  t.name = name;
  t.shape = std::move(shape);
  return t;
}

// input -> operators, one after the other, all of one shape -> output; written to `path`.
void write_chain(const std::filesystem::path& path, const std::vector<std::string>& operators,
                 const std::vector<int32_t>& shape) {
  graph::Graph model;
  model.description = "a chain";
  graph::Subgraph& main = model.subgraphs.emplace_back();
  int32_t last = main.add_input(tensor("in", shape));
  for (size_t i = 0; i < operators.size(); ++i) {
    const bool is_end = i + 1 == operators.size();
    const std::string name = is_end ? "out" : "t" + std::to_string(i);
    const int32_t next = is_end ? main.add_output(tensor(name, shape)) : main.add(tensor(name, shape));
    main.operators.emplace_back(operators[i], std::vector<int32_t>{last}, std::vector<int32_t>{next});
    last = next;
  }
  write_atomically(path, graph::write(model));
}

TEST(Inspect, CountsTheArenaOfA32BitTargetExactly) {
  const TemporaryFolder folder;
  write_chain(folder / "m.tflite", {"RELU", "RELU"}, {1, 4});
  const Inspection all = inspect_model(folder / "m.tflite");
  // Graph 12 -> 16, operands 2 * 8, per step 16 + 2 slots * 4 + Params {n, low, high} 12 = 36 -> 40.
  EXPECT_EQ(all.rehearsal.operators[0].params_bytes, 12);
  EXPECT_EQ(all.rehearsal.plan.persistent_bytes, 16 + 16 + 2 * 40);
  EXPECT_EQ(all.rehearsal.plan.activation_bytes, 16);          // each tensor in the place of the one before
  EXPECT_EQ(all.rehearsal.plan.planning_bytes, (3 + 2) * 16);  // a block per tensor and operator
  EXPECT_EQ(all.rehearsal.plan.arena_bytes, 112 + 80);
  EXPECT_EQ(to_json(all)["arena_bytes"], 192);
}

TEST(Inspect, TheSameFormulaGivesTheDesksOwnArena) {
  const TemporaryFolder folder;
  write_chain(folder / "m.tflite", {"RELU", "LOGISTIC"}, {2, 40});
  const ModelFile file(folder / "m.tflite");
  EXPECT_EQ(rehearse_load(file, sizeof(void*)).plan.arena_bytes, Program(file).net().arena_used());
}

TEST(Inspect, TellsAllUnsupportedOperatorsAtOnceAndTheRestAnyway) {
  const TemporaryFolder folder;
  write_chain(folder / "m.tflite", {"RELU", "RFFT2D", "FrobnicateOp", "UNIQUE"}, {1, 4});
  const Inspection all = inspect_model(folder / "m.tflite");
  const auto json = to_json(all);
  std::vector<std::string> names;
  for (const auto& op : json["unsupported"]) names.push_back(op["name"]);
  EXPECT_EQ(names, (std::vector<std::string>{"RFFT2D", "FrobnicateOp", "UNIQUE"}));
  EXPECT_EQ(json["unsupported"][1]["index"], 2);
  EXPECT_TRUE(json["operators"][2]["custom"]);
  EXPECT_TRUE(json["arena_bytes"].is_null());
  EXPECT_EQ(json["plan"].size(), 5);
  EXPECT_EQ(json["operators"][0]["params"]["n"], 4);
  const std::string text = to_text(all);
  EXPECT_NE(text.find("not supported: 3 operators"), std::string::npos) << text;
  EXPECT_NE(text.find("at least"), std::string::npos) << text;
}

TEST(Inspect, SaysWhyAKnownOperatorCannotRunLikeThis) {
  const TemporaryFolder folder;
  graph::Graph model;
  graph::Subgraph& main = model.subgraphs.emplace_back();
  graph::Tensor in = tensor("in", {1, 4}), out = tensor("out", {1, 4});
  in.type = out.type = Type::int32;
  main.add_input(in);
  main.add_output(out);
  main.operators.emplace_back("SOFTMAX", std::vector<int32_t>{0}, std::vector<int32_t>{1});
  write_atomically(folder / "m.tflite", graph::write(model));
  const auto refused = to_json(inspect_model(folder / "m.tflite"))["unsupported"];
  ASSERT_EQ(refused.size(), 1);
  EXPECT_NE(refused[0]["reason"].get<std::string>().find("int32"), std::string::npos) << refused;
}

TEST(Inspect, JsonKeysAreAPromise) {
  const TemporaryFolder folder;
  write_chain(folder / "m.tflite", {"RELU"}, {1, 4});
  const auto json = to_json(inspect_model(folder / "m.tflite"));
  const auto keys = [](const nlohmann::ordered_json& object) {
    std::vector<std::string> all;
    for (const auto& [key, value] : object.items()) all.push_back(key);
    return all;
  };
  using Keys = std::vector<std::string>;
  EXPECT_EQ(keys(json),
            (Keys{"file", "bytes", "version", "description", "inputs", "outputs", "labels", "subgraphs",
                  "operators", "macs", "arena_bytes", "activation_bytes", "least_activation_bytes",
                  "persistent_bytes", "plan", "unsupported", "failure"}));
  EXPECT_EQ(keys(json["inputs"][0]),
            (Keys{"tensor", "name", "type", "shape", "bytes", "scale", "zero_point"}));
  EXPECT_EQ(keys(json["operators"][0]), (Keys{"subgraph", "index", "name", "custom", "inputs", "outputs",
                                              "macs", "params", "scratch_bytes"}));
  EXPECT_EQ(keys(json["plan"][0]), (Keys{"subgraph", "tensor", "name", "place", "bytes", "first", "last"}));
  EXPECT_EQ(json["description"], "a chain");
}

TEST(Inspect, RefusesWhatIsNoModel) {
  const TemporaryFolder folder;
  write_atomically(folder / "m.tflite", "a text, not a model");
  EXPECT_NE(message_of([&] { inspect_model(folder / "m.tflite"); }).find("TFL3"), std::string::npos);
  EXPECT_NE(message_of([&] { inspect_model(folder / "none.tflite"); }).find("none.tflite"),
            std::string::npos);
}

// Layouts, whose sizes with pointers of 4 bytes follow from C's rules.
struct Inner {
  int32_t a;
  bool b;
  template <class V>
  static void visit(V&& v, const Inner& p) {
    v("a", p.a);
    v("b", p.b);
  }
};
struct Outer {
  Inner inner;
  uint8_t c;
  Span<const float> d;
  int16_t e;
  template <class V>
  static void visit(V&& v, const Outer& p) {
    v("inner", p.inner);
    v("c", p.c);
    v("d", p.d);
    v("e", p.e);
  }
};
struct Forgets : Outer {
  template <class V>
  static void visit(V&& v, const Forgets& p) {
    v("inner", p.inner);
    v("c", p.c);
    v("d", p.d);
  }
};
struct Swaps {
  int16_t a, b;
  template <class V>
  static void visit(V&& v, const Swaps& p) {
    v("b", p.b);
    v("a", p.a);
  }
};

template <class P>
int32_t bytes_of(int32_t pointer_bytes) {
  const P params = {};
  return params_bytes(&params, sizeof params, describe<P>, pointer_bytes);
}

TEST(ParamsLayout, FollowsTheRulesOfC) {
  EXPECT_EQ(bytes_of<Inner>(4), 8);
  EXPECT_EQ(bytes_of<Outer>(4), 8 + 4 + 8 + 4);
  EXPECT_EQ(bytes_of<Outer>(sizeof(void*)), static_cast<int32_t>(sizeof(Outer)));
}

TEST(ParamsLayout, NoticesListsThatAreNotTheMembersInOrder) {
  EXPECT_NE(message_of([] { bytes_of<Swaps>(4); }).find("in order"), std::string::npos);
  EXPECT_NE(message_of([] { bytes_of<Forgets>(4); }).find("list every member"), std::string::npos);
}

struct KnownModel {
  const char* folder;
  int64_t macs;
};

class KnownModels : public testing::TestWithParam<KnownModel> {};

TEST_P(KnownModels, HaveTheirMultiplyAccumulatesAndASoundPlan) {
  const auto path = shared_folder() / "conformance/models" / GetParam().folder / "model.tflite";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not there";
  const Inspection all = inspect_model(path);
  EXPECT_EQ(all.total_macs(), GetParam().macs);
  EXPECT_TRUE(to_json(all)["unsupported"].empty());
  const auto& blocks = all.rehearsal.plan.blocks;
  for (const PlannedBlock& a : blocks)
    for (const PlannedBlock& b : blocks) {
      const bool meet = &a != &b && a.first <= b.last && b.first <= a.last;
      const bool in_place = a.last == b.first || b.last == a.first;  // an output may lie on an input
      EXPECT_TRUE(!meet || in_place || a.place + a.n_bytes <= b.place || b.place + b.n_bytes <= a.place);
    }
  const ModelFile file(path);
  EXPECT_EQ(rehearse_load(file, sizeof(void*)).plan.arena_bytes, Program(file).net().arena_used());
  EXPECT_LT(all.rehearsal.plan.arena_bytes, Program(file).net().arena_used());
}

INSTANTIATE_TEST_SUITE_P(
    Inspect, KnownModels,
    testing::Values(KnownModel{"hello_world_int8", 288}, KnownModel{"mlperf_kws_int8", 2656768},
                    KnownModel{"mlperf_vww_int8", 7489664}, KnownModel{"mlperf_resnet_int8", 12501632},
                    KnownModel{"mlperf_ad01_int8", 264192}, KnownModel{"person_detect", 7157888},
                    KnownModel{"micro_speech_quantized", 336000}, KnownModel{"keyword_scrambled_8bit", 21056},
                    KnownModel{"mlperf_str_ww_int8", 826368}),
    [](const auto& info) { return std::string(info.param.folder); });

TEST(Inspect, DrawsThePlanAsAPicture) {
  const std::filesystem::path model = INKLING_REPO_DIR "/models/yes_no.tflite";
  const Inspection inspection = inspect_model(model);
  const std::string svg = plan_svg(inspection, 0);
  const MemoryPlan& plan = inspection.rehearsal.plan;
  size_t n_titles = 0;
  for (size_t at = 0; (at = svg.find("<title>", at)) != std::string::npos; ++at) ++n_titles;
  EXPECT_EQ(n_titles, plan.blocks.size());
  EXPECT_EQ(svg.rfind("<svg ", 0), 0u);
  EXPECT_NE(svg.find("DEPTHWISE_CONV_2D"), std::string::npos);
  EXPECT_LE(plan.least_activation_bytes, plan.activation_bytes);
  EXPECT_GT(plan.least_activation_bytes, 0);
}

TEST(Inspect, ListsTheMembersOfAllParamsAndKeepsTheFormula) {
  const auto folder = shared_folder() / "conformance/kernels";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is not there";
  int32_t n_planned = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".tflite") continue;
    try {
      n_planned += rehearse_load(ModelFile(entry.path())).failure.empty();
    } catch (const Error& error) {
      const std::string what = error.what();
      EXPECT_EQ(what.find("Params"), std::string::npos) << entry.path() << ": " << what;
      EXPECT_EQ(what.find("rehearsal"), std::string::npos) << entry.path() << ": " << what;
    }
  }
  EXPECT_GT(n_planned, 0);
}

}  // namespace
}  // namespace inkling::host
