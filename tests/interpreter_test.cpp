// The interpreter from outside: arenas of every size, state, observers, several models, misuse.
#include "inkling/core/persistent.h"
#include "tests/operator_case.h"

namespace inkling::host {
namespace {

using graph::Graph;
using graph::Options;
using graph::Subgraph;

graph::Tensor floats(std::vector<int32_t> shape, std::vector<float> data = {}) {
  graph::Tensor t;
  t.shape = std::move(shape);
  t.data.resize(data.size() * sizeof(float));
  if (!data.empty()) copy_bytes(t.data.data(), data.data(), static_cast<int32_t>(t.data.size()));
  return t;
}

// x + step, n_layers times; every second time the sum is also kept to the end and added there.
std::vector<uint8_t> ladder(int32_t n_layers, float step) {
  Graph model;
  Subgraph& main = model.subgraphs.emplace_back();
  int32_t last = main.add_input(floats({5}));
  const int32_t steps = main.add(floats({1}, {step}));
  std::vector<int32_t> kept;
  const auto add = [&](int32_t a, int32_t b) {
    const int32_t sum = main.add(floats({5}));
    main.operators.push_back({"ADD", {a, b}, {sum}, Options("AddOptions")});
    return sum;
  };
  for (int32_t i = 0; i < n_layers; ++i) {
    last = add(last, steps);
    if (i % 2) kept.push_back(last);
  }
  for (const int32_t sum : kept) last = add(last, sum);
  main.outputs = {last};
  return graph::write(model);
}

std::vector<uint8_t> model_with_state() {
  for (const naive::Definition& definition : naive::definitions())
    if (definition.name == "SVDF") {
      Random random(3);
      return naive::model_of(definition.name, definition.draw(random));
    }
  return {};
}

std::vector<float> floats_of(Net& net) {
  const inkling::Tensor output = net->output(0);
  return {output.as<float>(), output.as<float>() + output.n_elements};
}

// Runs with every arena from nothing to what is needed.
void expect_exact_arena(const std::vector<uint8_t>& model) {
  Net enough(model);
  ASSERT_EQ(enough->status(), Status::ok) << text(enough->failure(), view(model));
  const int32_t needed = enough->arena_used();
  for (int32_t n_bytes = 0; n_bytes < needed; ++n_bytes) {
    SCOPED_TRACE("arena of " + std::to_string(n_bytes) + " bytes");
    Net net(model, n_bytes);
    ASSERT_EQ(net->status(), Status::no_room);
    EXPECT_EQ(net->n_inputs(), 0);
    EXPECT_NE(net->invoke(), Status::ok);
    const Failure& failure = net->failure();
    ASSERT_GT(failure.want, n_bytes);
    ASSERT_LE(failure.want, needed);
    if (failure.want == needed) continue;
    // Not even room to plan in: what is asked for is room to plan, and then the answer is exact.
    EXPECT_NE(std::string(failure.why.text).find("at least"), std::string::npos);
    Net second(model, failure.want);
    if (second->status() == Status::no_room) {
      ASSERT_EQ(second->failure().want, needed);
    }
  }
  EXPECT_EQ(Net(model, needed)->status(), Status::ok);
}

TEST(Arena, IsAskedForToTheByte) {
  for (const int32_t n_layers : {0, 1, 5, 40}) expect_exact_arena(ladder(n_layers, 1));
  expect_exact_arena(model_with_state());
}

TEST(Arena, IsAskedForToTheByteByEveryOperator) {
  for (const naive::Definition& definition : naive::definitions()) {
    SCOPED_TRACE(definition.name);
    Random random(1);
    expect_exact_arena(naive::model_of(definition.name, definition.draw(random)));
  }
}

TEST(Arena, MayStartAnywhere) {
  const std::vector<uint8_t> model = ladder(6, 0.5f);
  Net aligned_net(model);
  aligned_net.feed<float>(0, {1, 2, 3, 4, 5});
  ASSERT_EQ(aligned_net->invoke(), Status::ok);
  for (int32_t lost = 1; lost < kArenaAlignment; ++lost) {
    const auto memory = std::make_unique<uint8_t[]>(4096);
    const Interpreter probe(view(model), {memory.get() + lost, 0}, all_ops());
    const Interpreter asked(view(model), {memory.get() + lost, probe.failure().want}, all_ops());
    const int32_t needed = asked.status() == Status::ok ? asked.arena_used() : asked.failure().want;
    const auto exact = std::make_unique<uint8_t[]>(static_cast<size_t>(lost + needed));
    Interpreter net(view(model), {exact.get() + lost, needed}, all_ops());
    ASSERT_EQ(net.status(), Status::ok) << lost;
    const float x[] = {1, 2, 3, 4, 5};
    copy_bytes(net.input(0).data, x, sizeof x);
    ASSERT_EQ(net.invoke(), Status::ok);
    EXPECT_EQ(std::vector<float>(net.output(0).as<float>(), net.output(0).as<float>() + 5),
              floats_of(aligned_net));
    const Interpreter too_small(view(model), {exact.get() + lost, needed - 1}, all_ops());
    EXPECT_EQ(too_small.status(), Status::no_room);
  }
}

TEST(Interpreter, RefusesAModelAtAnOddAddress) {
  const std::vector<uint8_t> model = ladder(1, 1);
  std::vector<uint8_t> memory(model.size() + 4);
  uint8_t arena[2048];
  for (int32_t shift = 1; shift < 4; ++shift) {
    copy_bytes(&memory[static_cast<size_t>(shift)], model.data(), static_cast<int32_t>(model.size()));
    const Interpreter net({&memory[static_cast<size_t>(shift)], static_cast<int32_t>(model.size())}, arena,
                          all_ops());
    EXPECT_EQ(net.status(), Status::bad_model);
    EXPECT_EQ(net.failure().got, shift);
  }
}

TEST(Interpreter, RunsModelsSideBySide) {
  Net a(ladder(3, 1)), b(ladder(8, -2));
  std::vector<std::vector<float>> alone;
  for (Net* net : {&a, &b}) {
    net->feed<float>(0, {1, 2, 3, 4, 5});
    ASSERT_EQ((*net)->invoke(), Status::ok);
    alone.push_back(floats_of(*net));
  }
  EXPECT_NE(alone[0], alone[1]);
  for (int32_t run = 0; run < 3; ++run) {
    a.feed<float>(0, {1, 2, 3, 4, 5});
    b.feed<float>(0, {1, 2, 3, 4, 5});
    ASSERT_EQ(b->invoke(), Status::ok);
    ASSERT_EQ(a->invoke(), Status::ok);
    EXPECT_EQ(floats_of(a), alone[0]);
    EXPECT_EQ(floats_of(b), alone[1]);
  }
}

TEST(Interpreter, KeepsAndResetsVariables) {
  Net net(model_with_state());
  ASSERT_EQ(net->status(), Status::ok);
  const auto run = [&] {
    std::vector<std::vector<uint8_t>> outputs;
    Random random(5);
    for (int32_t i = 0; i < 4; ++i) {
      net.feed_random(random);
      EXPECT_EQ(net->invoke(), Status::ok);
      outputs.push_back(net.output(0));
    }
    return outputs;
  };
  const auto fresh = run();
  EXPECT_NE(run(), fresh);
  net->reset();
  EXPECT_EQ(run(), fresh);
}

TEST(Interpreter, DescribesInputsAndOutputs) {
  Net net(ladder(2, 1));
  EXPECT_EQ(net->n_inputs(), 1);
  EXPECT_EQ(net->n_outputs(), 1);
  const inkling::Tensor input = net->input(0);
  EXPECT_TRUE(input.present);
  EXPECT_EQ(input.type, Type::float32);
  EXPECT_EQ(input.n_bytes, 20);
  ASSERT_EQ(input.shape.size, 1);
  EXPECT_EQ(input.shape[0], 5);
  for (const int32_t i : {-1, 1, 255, INT32_MAX}) {
    EXPECT_FALSE(net->input(i).present);
    EXPECT_EQ(net->output(i).data, nullptr);
  }
}

struct Events {
  std::vector<std::pair<int32_t, bool>> seen;
  size_t stop_after = SIZE_MAX;
  static bool observe(void* context, const StepEvent& event) {
    auto* self = static_cast<Events*>(context);
    self->seen.push_back({event.op, event.done});
    EXPECT_EQ(event.subgraph, 0);
    EXPECT_EQ(event.n_outputs, 1);
    EXPECT_EQ(event.io->n_inputs, 2);
    return self->seen.size() < self->stop_after;
  }
};

TEST(Interpreter, TellsItsObserverAndStopsForIt) {
  Net net(ladder(1, 1));
  Events events;
  net->observe(Events::observe, &events);
  net.feed<float>(0, {1, 2, 3, 4, 5});
  ASSERT_EQ(net->invoke(), Status::ok);
  EXPECT_EQ(events.seen, (std::vector<std::pair<int32_t, bool>>{{0, false}, {0, true}}));
  EXPECT_FALSE(net->stopped());

  Net longer(ladder(3, 1));  // four steps: the second sum is kept and added at the end
  for (size_t n = 1; n <= 8; ++n) {
    Events some;
    some.stop_after = n;
    longer->observe(Events::observe, &some);
    longer.feed<float>(0, {1, 2, 3, 4, 5});
    ASSERT_EQ(longer->invoke(), Status::ok);
    EXPECT_EQ(some.seen.size(), n);
    EXPECT_TRUE(longer->stopped());
  }
  longer->observe(nullptr, nullptr);
  longer.feed<float>(0, {1, 2, 3, 4, 5});
  ASSERT_EQ(longer->invoke(), Status::ok);
  EXPECT_FALSE(longer->stopped());
  EXPECT_EQ(floats_of(longer), (std::vector<float>{7, 9, 11, 13, 15}));
}

TEST(Interpreter, CountsAllOperatorsItLacks) {
  Graph model = graph::read(view(ladder(1, 1)));
  Subgraph& main = model.subgraphs[0];
  main.operators.insert(main.operators.begin(), {"no_such_operator", {0}, {0}});
  main.operators.push_back({"another", {0}, {0}});
  main.operators.push_back({"LSH_PROJECTION", {0}, {0}});
  const std::vector<uint8_t> bytes = graph::write(model);
  Net net(bytes);
  EXPECT_EQ(net->status(), Status::unsupported);
  EXPECT_EQ(net->failure().op, 0);
  EXPECT_EQ(net->failure().got, 3);
  EXPECT_EQ(net->failure().want, kCustom);
  EXPECT_EQ(unsupported_operators(view(bytes), all_ops()),
            (std::vector<std::string>{"0 no_such_operator", "2 another", "3 LSH_PROJECTION"}));

  constexpr OpList only_relu{ops::relu};
  EXPECT_EQ(Net(ladder(4, 1), 65536, only_relu)->failure().got, 6);
}

TEST(Interpreter, CarriesOnlyTheTypesThatAreListed) {
  constexpr OpList only_int8{ops::int8::add};
  Net net(ladder(1, 1), 65536, only_int8);
  EXPECT_EQ(net->status(), Status::unsupported);
  EXPECT_EQ(net->failure().op, 0);
  EXPECT_STREQ(net->failure().op_name, "ADD");
}

}  // namespace
}  // namespace inkling::host
