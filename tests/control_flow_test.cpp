// Tests of models with several subgraphs and of memory that lasts: IF, WHILE, CALL_ONCE, VAR_HANDLE,
// READ_VARIABLE, ASSIGN_VARIABLE as streaming models use them, CIRCULAR_BUFFER. Leaves out single operators:
// tests/naive.
#include "tests/control_flow_models.h"
#include "tests/engine_test.h"

namespace inkling::host {
namespace {

std::vector<float> floats(const std::vector<uint8_t>& bytes) {
  std::vector<float> values(bytes.size() / sizeof(float));
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
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

TEST(ControlFlow, LoopsWithinALoopWithoutAnEndAreCountedTogether) {
  Graph model = while_model(0);
  Graph inner = while_model(0.01f);  // a thousand turns from 0 on
  inner.subgraphs[0].operators[0].options.set("cond_subgraph_index", 3).set("body_subgraph_index", 4);
  Subgraph& body = model.subgraphs[2];
  const int32_t start = body.add(constant<float>(Type::float32, {1}, {0}));
  const int32_t end = body.add(tensor(Type::float32, {1}));
  Operator loop = inner.subgraphs[0].operators[0];
  loop.inputs = {start};
  loop.outputs = {end};
  body.operators.push_back(loop);
  model.subgraphs.push_back(inner.subgraphs[1]);
  model.subgraphs.push_back(inner.subgraphs[2]);
  Net net(graph::write(model));
  ASSERT_EQ(net->status(), Status::ok) << net->failure().why.text;
  net.feed<float>(0, {1});
  ASSERT_EQ(net->invoke(), Status::ok);
  EXPECT_TRUE(net->stopped());
}

TEST(StreamingModel, MayHaveSoManyHandlesAndNoMore) {
  for (const int32_t n : {128, 129}) {
    Graph model = streaming_model();
    Subgraph& main = model.subgraphs[0];
    for (int32_t i = 2; i < n; ++i) {  // two are there
      const int32_t handle = main.add(tensor(Type::resource, {1}));
      main.operators.push_back({"VAR_HANDLE", {}, {handle}, Options("VarHandleOptions")});
    }
    const Status status = Net(graph::write(model))->status();
    EXPECT_EQ(status, n == 128 ? Status::ok : Status::bad_value) << n;
  }
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
  Net net(graph::write(circular_buffer_model(2)));
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
