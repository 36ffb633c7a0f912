// Models with several subgraphs and memory that lasts, for whoever wants to run or to damage them: IF, WHILE,
// a streaming model, a circular buffer. Leaves out what they must compute: control_flow_test.cpp.
#pragma once
#include <flatbuffers/flexbuffers.h>

#include <cstring>

#include "host/graph/graph.h"

namespace inkling::host {

using graph::Graph;
using graph::Operator;
using graph::Options;
using graph::Subgraph;
using graph::Tensor;

inline Tensor tensor(Type type, std::vector<int32_t> shape) {
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

/// A subgraph with one operator on two floats.
inline Subgraph binary(const std::string& op, const std::string& options) {
  Subgraph g;
  const int32_t a = g.add_input(tensor(Type::float32, {1, 2})),
                b = g.add_input(tensor(Type::float32, {1, 2}));
  const int32_t sum = g.add_output(tensor(Type::float32, {1, 2}));
  g.operators.emplace_back(op, std::vector<int32_t>{a, b}, std::vector<int32_t>{sum}, Options(options));
  return g;
}

inline Graph if_model(int32_t then_subgraph, int32_t else_subgraph) {
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

/// while (x < limit) x += step;
inline Graph while_model(float step) {
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

/// What streaming wake word models are made of: the last four inputs in a resource variable that an inner
/// subgraph fills at the first run. The output is the four before, then the new one.
inline Graph streaming_model() {
  const Options named = Options("VarHandleOptions").set_text("container", "").set_text("shared_name", "rows");
  Graph model;
  Subgraph main, init;
  const int32_t x = main.add_input(tensor(Type::int8, {1, 1}));
  main.operators.emplace_back("CALL_ONCE", std::vector<int32_t>{}, std::vector<int32_t>{},
                              Options("CallOnceOptions").set("init_subgraph_index", 1));
  const int32_t handle = main.add(tensor(Type::resource, {1}));
  main.operators.emplace_back("VAR_HANDLE", std::vector<int32_t>{}, std::vector<int32_t>{handle}, named);
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
  init.operators.emplace_back("VAR_HANDLE", std::vector<int32_t>{}, std::vector<int32_t>{inner}, named);
  const int32_t first = init.add(constant<int8_t>(Type::int8, {1, 4}, {-1, -2, -3, -4}));
  init.operators.emplace_back("ASSIGN_VARIABLE", std::vector<int32_t>{inner, first}, std::vector<int32_t>{});
  model.subgraphs = {main, init};
  return model;
}

/// The last three rows of two, shown at every `cycles`-th step.
inline Graph circular_buffer_model(int32_t cycles) {
  Graph model;
  Subgraph main;
  const int32_t x = main.add_input(tensor(Type::int8, {1, 1, 1, 2}));
  const int32_t rows = main.add_output(tensor(Type::int8, {1, 3, 1, 2}));
  main.operators.emplace_back("CIRCULAR_BUFFER", std::vector<int32_t>{x}, std::vector<int32_t>{rows});
  flexbuffers::Builder options;
  options.Map([&] { options.Int("cycles_max", cycles); });
  options.Finish();
  main.operators[0].custom_options = options.GetBuffer();
  model.subgraphs = {main};
  return model;
}

}  // namespace inkling::host
