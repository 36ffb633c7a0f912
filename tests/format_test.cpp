// The reader's refusals: each of its limits and checks, on both sides of the limit. Leaves out damage at
// random: hostile_test.cpp.
#include "host/graph/graph.h"
#include "inkling/format/model.h"
#include "tests/engine_test.h"

namespace inkling::host {
namespace {

using graph::Graph;

// One ADD of a constant.
Graph small_graph() {
  Graph model;
  graph::Subgraph& main = model.subgraphs.emplace_back();
  graph::Tensor tensor;
  tensor.shape = {1, 4};
  main.add_input(tensor);
  tensor.data.resize(16);
  main.add(tensor);
  tensor.data.clear();
  main.add_output(tensor);
  main.operators.push_back({"ADD", {0, 1}, {2}, graph::Options("AddOptions")});
  return model;
}

// Why loading fails; empty when it does not.
std::string refusal(const Graph& model) {
  const std::vector<uint8_t> bytes = graph::write(model);
  Net net(bytes);
  return net->status() == Status::ok ? "" : net->failure().why.text;
}

std::string refusal(void (*change)(Graph&, size_t), size_t n) {
  Graph model = small_graph();
  change(model, n);
  return refusal(model);
}

TEST(Reader, LimitsWhatAModelHas) {
  struct Limit {
    size_t most;
    const char* why;
    void (*make)(Graph&, size_t);
  };
  const Limit limits[] = {
      {64, "the number of subgraphs is out of range",
       [](Graph& g, size_t n) { g.subgraphs.resize(n, small_graph().subgraphs[0]); }},
      {4096, "a subgraph has too many tensors",
       [](Graph& g, size_t n) { g.subgraphs[0].tensors.resize(n, g.subgraphs[0].tensors[0]); }},
      {4096, "the model has too many operators",
       [](Graph& g, size_t n) { g.subgraphs[0].operators.resize(n, g.subgraphs[0].operators[0]); }},
      {255, "a subgraph has too many inputs or outputs",
       [](Graph& g, size_t n) { g.subgraphs[0].inputs.resize(n, 0); }},
      {255, "a subgraph has too many inputs or outputs",
       [](Graph& g, size_t n) { g.subgraphs[0].outputs.resize(n, 2); }},
      {16, "a tensor has too many dimensions",
       [](Graph& g, size_t n) {
         for (graph::Tensor& t : g.subgraphs[0].tensors)
           t.shape.insert(t.shape.begin(), n - t.shape.size(), 1);
       }},
  };
  for (const Limit& limit : limits) {
    EXPECT_EQ(refusal(limit.make, limit.most), "") << limit.why;
    EXPECT_EQ(refusal(limit.make, limit.most + 1), limit.why);
  }
  EXPECT_EQ(refusal([](Graph& g, size_t) { g.subgraphs.clear(); }, 0), limits[0].why);
  for (const bool inputs : {true, false}) {
    Graph model = small_graph();
    graph::Operator& op = model.subgraphs[0].operators[0];
    (inputs ? op.inputs : op.outputs).resize(256, 0);
    EXPECT_EQ(refusal(model), "an operator has too many inputs or outputs");
  }
}

TEST(Reader, RefusesShapesThatNoMemoryHolds) {
  const std::vector<std::vector<int32_t>> shapes = {{-1},
                                                    {1, INT32_MIN},
                                                    {1 << 16, 1 << 16},
                                                    {1 << 16, 1 << 16, 1 << 16, 1 << 16},
                                                    {1 << 30},
                                                    {1 << 27},
                                                    {INT32_MAX, 2},
                                                    {-1, -1},
                                                    {3, -1, 0},
                                                    {1 << 20, 1 << 20, 0},
                                                    {1 << 28, 1, 2},
                                                    {65537, 65535}};
  for (const auto& shape : shapes) {
    Graph model = small_graph();
    model.subgraphs[0].tensors[0].shape = shape;
    EXPECT_EQ(refusal(model), "a tensor's shape is negative or too large") << shape[0];
  }
  // The largest that there may be: there is only no room for it.
  Graph model = small_graph();
  model.subgraphs[0].tensors[0].shape = {(1 << 27) - 1};
  EXPECT_NE(refusal(model), "a tensor's shape is negative or too large");
}

TEST(Reader, RefusesLargeVariablesBeforeTheirBytesAreAdded) {
  for (const int32_t n : {INT32_MAX, INT32_MAX - 8, 1 << 30, (1 << 29) + 1}) {
    Graph model = small_graph();
    graph::Tensor& tensor = model.subgraphs[0].tensors[0];
    tensor.type = Type::int8;
    tensor.shape = {n};
    tensor.is_variable = true;
    EXPECT_NE(refusal(model), "") << n;
  }
}

TEST(Reader, RefusesIndicesThatPointNowhere) {
  for (const int32_t index : {-2, 3, INT32_MAX, INT32_MIN}) {
    for (const int32_t where : {0, 1, 2, 3}) {
      Graph model = small_graph();
      graph::Subgraph& main = model.subgraphs[0];
      std::vector<int32_t>* lists[] = {&main.inputs, &main.outputs, &main.operators[0].inputs,
                                       &main.operators[0].outputs};
      (*lists[where])[0] = index;
      EXPECT_EQ(refusal(model), "a tensor index is out of range") << index << " in list " << where;
    }
  }
}

TEST(Reader, RefusesConstantsThatAreTooShort) {
  Graph model = small_graph();
  model.subgraphs[0].tensors[1].data.resize(15);
  EXPECT_EQ(refusal(model), "a constant is shorter than its shape");
}

// Words of a FlatBuffer: a vtable of two fields at 4, its table at 12, a vector or string at 24.
struct Words {
  alignas(4) uint32_t w[8] = {12, 12u << 16 | 8, 8u << 16 | 4, 8, 8, 7, 4, 0x00636261};
  Failure failure;
  Reader reader{{reinterpret_cast<const uint8_t*>(w), sizeof w}, &failure};

  Words(std::initializer_list<std::pair<int32_t, uint32_t>> changes = {}) {
    for (const auto& [at, word] : changes) w[at] = word;
  }
  Words(const Words&) = delete;
  Table root() const { return Table(&reader, reader.u32(0)); }
};

TEST(FlatBuffer, IsRead) {
  const Words words;
  const Table root = words.root();
  EXPECT_TRUE(root.present());
  EXPECT_EQ(root.scalar<uint32_t>(1, 0), 7u);
  EXPECT_EQ(root.scalar<uint32_t>(2, 5), 5u);
  EXPECT_EQ(root.vector(0, 1).size, 4);
  EXPECT_STREQ(Words({{6, 3}}).root().string(0), "abc");
  EXPECT_EQ(words.reader.status(), Status::ok);
}

TEST(FlatBuffer, IsRefusedWhereAnythingLiesOutside) {
  const auto refuse = [](const char* why, std::initializer_list<std::pair<int32_t, uint32_t>> changes) {
    const Words words(changes);
    const Table root = words.root();
    static_cast<void>(root.scalar<uint32_t>(1, 0));
    static_cast<void>(root.vector(0, 4));
    static_cast<void>(root.string(0));
    EXPECT_STREQ(words.failure.why.text, why);
  };
  for (const uint32_t position : {29u, 30u, 32u, 0x7ffffffcu, 0xfffffffcu})
    refuse("an offset points outside the model", {{0, position}});
  for (const uint32_t position : {13u, 14u, 15u})
    refuse("an offset in the model is not aligned", {{0, position}});
  const char* table = "a table or its vtable lies outside the model";
  refuse(table, {{3, 16}});              // a vtable in front of the first byte
  refuse(table, {{3, 7}});               // at an odd place
  refuse(table, {{3, 0xfffffff0}});      // behind the last byte
  refuse(table, {{1, 12u << 16 | 30}});  // too long
  refuse(table, {{1, 21u << 16 | 8}});   // of a table that is too long
  refuse("a field lies outside its table", {{1, 11u << 16 | 8}});
  refuse("a field lies outside its table", {{2, 9u << 16 | 4}});
  for (const uint32_t distance : {20u, 0x7ffffff0u})
    refuse("an offset points outside the model", {{4, distance}});
  refuse("an offset in the model is not aligned", {{4, 9}});
  for (const uint32_t count : {9u, 0x7fffffffu, 0x80000000u, 0xffffffffu, 0x40000001u})
    refuse("a vector is longer than the model", {{6, count}});
  refuse("an offset points outside the model", {{6, 2}});  // words behind the end
  refuse("a string in the model has no end", {{6, 1}});
  refuse("an offset points outside the model", {});  // the zero behind a string
}

}  // namespace
}  // namespace inkling::host
