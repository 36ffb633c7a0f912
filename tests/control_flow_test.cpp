// Tests of models with several subgraphs and of memory that lasts: IF, WHILE, CALL_ONCE, VAR_HANDLE,
// READ_VARIABLE, ASSIGN_VARIABLE as streaming models use them, CIRCULAR_BUFFER. Leaves out single operators:
// tests/naive.
#include <cstring>

#include "host/graph/graph.h"
#include "tests/engine_test.h"

namespace inkling::host {
namespace {

using graph::Graph;
using graph::Operator;
using graph::Options;
using graph::Subgraph;
using graph::Tensor;

Tensor tensor(Type type, std::vector<int32_t> shape) {
  Tensor t;
  t.type = type;
  t.shape = std::move(shape);
  if (type == Type::int8) t.scales = {0.5f}, t.zero_points = {-3};
  return t;
}

template <class T>
Tensor constant(Type type, std::vector<int32_t> shape, const std::vector<T>& values) {
  Tensor t = tensor(type, std::move(shape));
  t.data.resize(values.size() * sizeof(T));
  std::memcpy(t.data.data(), values.data(), t.data.size());
  return t;
}

std::vector<float> floats(const std::vector<uint8_t>& bytes) {
  std::vector<float> values(bytes.size() / sizeof(float));
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

// A subgraph with one operator on two floats.
Subgraph binary(const std::string& op, const std::string& options) {
  Subgraph g;
  const int32_t a = g.add_input(tensor(Type::float32, {1, 2})),
                b = g.add_input(tensor(Type::float32, {1, 2}));
  const int32_t sum = g.add_output(tensor(Type::float32, {1, 2}));
  g.operators.emplace_back(op, std::vector<int32_t>{a, b}, std::vector<int32_t>{sum}, Options(options));
  return g;
}

Graph if_model(int32_t then_subgraph, int32_t else_subgraph) {
  Graph model;
  Subgraph main;
  const int32_t condition = main.add_input(tensor(Type::boolean, {1}));
  const int32_t a = main.add_input(tensor(Type::float32, {1, 2})),
                b = main.add_input(tensor(Type::float32, {1, 2}));
  const int32_t result = main.add_output(tensor(Type::float32, {1, 2}));
  main.operators.emplace_back("IF", std::vector<int32_t>{condition, a, b}, std::vector<int32_t>{result},
                              Options("IfOptions")
                                  .set("then_subgraph_index", then_subgraph)
                                  .set("else_subgraph_index", else_subgraph));
  model.subgraphs = {main, binary("ADD", "AddOptions"), binary("MUL", "MulOptions")};
  return model;
}

TEST(ControlFlow, IfRunsTheSubgraphThatTheConditionSays) {
  Net net(graph::write(if_model(1, 2)));
  ASSERT_EQ(net->status(), Status::ok) << net->failure().why.text;
  for (const bool condition : {true, false, true}) {
    net.feed<uint8_t>(0, {condition});
    net.feed<float>(1, {2, 3});
    net.feed<float>(2, {5, 7});
    ASSERT_EQ(net->invoke(), Status::ok);
    EXPECT_EQ(floats(net.output(0)), condition ? (std::vector<float>{7, 10}) : (std::vector<float>{10, 21}));
  }
}

TEST(ControlFlow, SubgraphsThatAreNotThereOrCallThemselvesDoNoHarm) {
  EXPECT_EQ(Net(graph::write(if_model(1, 3)))->status(), Status::bad_model);
  EXPECT_EQ(Net(graph::write(if_model(-1, 2)))->status(), Status::bad_model);
  Graph endless = if_model(0, 0);  // both branches are the main graph, whose operands differ
  EXPECT_NE(Net(graph::write(endless))->status(), Status::ok);

  // A loop of calls: subgraph 1 calls itself once more with the same operands.
  Graph calls = if_model(1, 2);
  Subgraph again;
  const int32_t a = again.add_input(tensor(Type::float32, {1, 2})),
                b = again.add_input(tensor(Type::float32, {1, 2}));
  const int32_t yes = again.add(constant<uint8_t>(Type::boolean, {1}, {1}));
  const int32_t out = again.add_output(tensor(Type::float32, {1, 2}));
  again.operators.emplace_back(
      "IF", std::vector<int32_t>{yes, a, b}, std::vector<int32_t>{out},
      Options("IfOptions").set("then_subgraph_index", 1).set("else_subgraph_index", 2));
  calls.subgraphs[1] = again;
  Net net(graph::write(calls));
  ASSERT_EQ(net->status(), Status::ok);
  net.feed<uint8_t>(0, {1});
  ASSERT_EQ(net->invoke(), Status::ok);
  EXPECT_TRUE(net->stopped());
}

// while (x < limit) x += step;
Graph while_model(float step) {
  Graph model;
  Subgraph main, condition, body;
  const int32_t x = main.add_input(tensor(Type::float32, {1})),
                y = main.add_output(tensor(Type::float32, {1}));
  main.operators.emplace_back(
      "WHILE", std::vector<int32_t>{x}, std::vector<int32_t>{y},
      Options("WhileOptions").set("cond_subgraph_index", 1).set("body_subgraph_index", 2));
  const int32_t cx = condition.add_input(tensor(Type::float32, {1}));
  const int32_t limit = condition.add(constant<float>(Type::float32, {1}, {10}));
  const int32_t less = condition.add_output(tensor(Type::boolean, {1}));
  condition.operators.emplace_back("LESS", std::vector<int32_t>{cx, limit}, std::vector<int32_t>{less},
                                   Options("LessOptions"));
  const int32_t bx = body.add_input(tensor(Type::float32, {1}));
  const int32_t more = body.add(constant<float>(Type::float32, {1}, {step}));
  const int32_t sum = body.add_output(tensor(Type::float32, {1}));
  body.operators.emplace_back("ADD", std::vector<int32_t>{bx, more}, std::vector<int32_t>{sum},
                              Options("AddOptions"));
  model.subgraphs = {main, condition, body};
  return model;
}

TEST(ControlFlow, WhileGoesRoundAsLongAsTheConditionHolds) {
  Net net(graph::write(while_model(4)));
  ASSERT_EQ(net->status(), Status::ok) << net->failure().why.text;
  for (const auto& [from, to] : {std::pair<float, float>{0, 12}, {9, 13}, {10, 10}, {11, 11}}) {
    net.feed<float>(0, {from});
    ASSERT_EQ(net->invoke(), Status::ok);
    EXPECT_EQ(floats(net.output(0)), std::vector<float>{to});
    EXPECT_FALSE(net->stopped());
  }
}

TEST(ControlFlow, ALoopWithoutAnEndIsStopped) {
  Net net(graph::write(while_model(0)));
  net.feed<float>(0, {1});
  ASSERT_EQ(net->invoke(), Status::ok);
  EXPECT_TRUE(net->stopped());
}

// What streaming wake word models are made of: the last four inputs in a resource variable that an inner
// subgraph fills at the first run. The output is the four before, then the new one.
Graph streaming_model() {
  Graph model;
  Subgraph main, init;
  const int32_t x = main.add_input(tensor(Type::int8, {1, 1}));
  main.operators.emplace_back("CALL_ONCE", std::vector<int32_t>{}, std::vector<int32_t>{},
                              Options("CallOnceOptions").set("init_subgraph_index", 1));
  const int32_t handle = main.add(tensor(Type::resource, {1}));
  main.operators.emplace_back("VAR_HANDLE", std::vector<int32_t>{}, std::vector<int32_t>{handle},
                              Options("VarHandleOptions"));
  const int32_t old = main.add(tensor(Type::int8, {1, 4}));
  main.operators.emplace_back("READ_VARIABLE", std::vector<int32_t>{handle}, std::vector<int32_t>{old});
  const int32_t all = main.add_output(tensor(Type::int8, {1, 5}));
  main.operators.emplace_back("CONCATENATION", std::vector<int32_t>{old, x}, std::vector<int32_t>{all},
                              Options("ConcatenationOptions").set("axis", 1));
  const int32_t begin = main.add(constant<int32_t>(Type::int32, {2}, {0, 1}));
  const int32_t end = main.add(constant<int32_t>(Type::int32, {2}, {1, 5}));
  const int32_t stride = main.add(constant<int32_t>(Type::int32, {2}, {1, 1}));
  const int32_t last = main.add(tensor(Type::int8, {1, 4}));
  main.operators.emplace_back("STRIDED_SLICE", std::vector<int32_t>{all, begin, end, stride},
                              std::vector<int32_t>{last}, Options("StridedSliceOptions"));
  main.operators.emplace_back("ASSIGN_VARIABLE", std::vector<int32_t>{handle, last}, std::vector<int32_t>{});

  const int32_t inner = init.add(tensor(Type::resource, {1}));
  init.operators.emplace_back("VAR_HANDLE", std::vector<int32_t>{}, std::vector<int32_t>{inner},
                              Options("VarHandleOptions"));
  const int32_t first = init.add(constant<int8_t>(Type::int8, {1, 4}, {-1, -2, -3, -4}));
  init.operators.emplace_back("ASSIGN_VARIABLE", std::vector<int32_t>{inner, first}, std::vector<int32_t>{});
  model.subgraphs = {main, init};
  return model;
}

std::vector<int8_t> step(Net& net, int8_t x) {
  net.feed<int8_t>(0, {x});
  EXPECT_EQ(net->invoke(), Status::ok);
  const std::vector<uint8_t> bytes = net.output(0);
  return {bytes.begin(), bytes.end()};
}

TEST(StreamingModel, KeepsItsStateFromStepToStepUntilReset) {
  Net net(graph::write(streaming_model()));
  ASSERT_EQ(net->status(), Status::ok) << net->failure().why.text;
  for (int32_t round = 0; round < 2; ++round) {
    EXPECT_EQ(step(net, 10), (std::vector<int8_t>{-1, -2, -3, -4, 10}));
    EXPECT_EQ(step(net, 11), (std::vector<int8_t>{-2, -3, -4, 10, 11}));
    EXPECT_EQ(step(net, 12), (std::vector<int8_t>{-3, -4, 10, 11, 12}));
    net->reset();
  }
}

TEST(StreamingModel, TwoOfThemDoNotShareTheirVariables) {
  Net a(graph::write(streaming_model())), b(graph::write(streaming_model()));
  step(a, 1);
  EXPECT_EQ(step(b, 2), (std::vector<int8_t>{-1, -2, -3, -4, 2}));
  EXPECT_EQ(step(a, 3), (std::vector<int8_t>{-2, -3, -4, 1, 3}));
}

TEST(StreamingModel, TellsItsArenaExactlyAtEverySmallerSize) {
  const std::vector<uint8_t> model = graph::write(streaming_model());
  Net whole(model);
  const int32_t needed = whole->arena_used();
  for (int32_t n = 0; n < needed; ++n) {
    Net net(model, n);
    ASSERT_EQ(net->status(), Status::no_room) << n;
    ASSERT_EQ(net->failure().want, needed) << n;
  }
}

TEST(StreamingModel, RefusesAHandleFromElsewhere) {
  Graph model = streaming_model();
  Subgraph& main = model.subgraphs[0];
  main.inputs.push_back(main.add(tensor(Type::resource, {1})));
  main.operators[2].inputs[0] = main.inputs[1];
  EXPECT_EQ(Net(graph::write(model))->status(), Status::unsupported);
}

TEST(CircularBuffer, EndsTheRunUntilItsRowsAreFresh) {
  Graph model;
  Subgraph main;
  const int32_t x = main.add_input(tensor(Type::int8, {1, 1, 1, 2}));
  const int32_t rows = main.add_output(tensor(Type::int8, {1, 3, 1, 2}));
  main.operators.emplace_back("CIRCULAR_BUFFER", std::vector<int32_t>{x}, std::vector<int32_t>{rows});
  model.subgraphs = {main};
  Net net(graph::write(model));
  ASSERT_EQ(net->status(), Status::ok) << net->failure().why.text;
  for (int8_t i = 1; i <= 6; ++i) {  // a buffer of 3 rows runs at every second step
    net.feed<int8_t>(0, {i, static_cast<int8_t>(-i)});
    ASSERT_EQ(net->invoke(), Status::ok);
    EXPECT_EQ(net->stopped(), i % 2 == 1);
  }
  const std::vector<uint8_t> bytes = net.output(0);
  EXPECT_EQ(std::vector<int8_t>(bytes.begin(), bytes.end()), (std::vector<int8_t>{4, -4, 5, -5, 6, -6}));
}

}  // namespace
}  // namespace inkling::host
