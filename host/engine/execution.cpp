// Feeds a program, invokes it, observes its steps.
#include "host/engine/execution.h"

#include <fmt/format.h>

#include <array>
#include <cstring>

#include "host/data/hash.h"
#include "host/data/npy.h"
#include "host/engine/builtin_names.h"
#include "host/engine/program.h"
#include "host/error.h"

namespace inkling::host {
namespace {

struct NpyType {
  Type type;
  const char* dtype;       // in .npy files
  const char* numpy_name;  // for messages
};
constexpr std::array<NpyType, 12> kNpyTypes = {{{Type::float32, "<f4", "float32"},
                                                {Type::float16, "<f2", "float16"},
                                                {Type::float64, "<f8", "float64"},
                                                {Type::boolean, "|b1", "bool"},
                                                {Type::int8, "|i1", "int8"},
                                                {Type::uint8, "|u1", "uint8"},
                                                {Type::int16, "<i2", "int16"},
                                                {Type::uint16, "<u2", "uint16"},
                                                {Type::int32, "<i4", "int32"},
                                                {Type::uint32, "<u4", "uint32"},
                                                {Type::int64, "<i8", "int64"},
                                                {Type::uint64, "<u8", "uint64"}}};

const NpyType* npy_type(Type type) {
  for (const NpyType& candidate : kNpyTypes)
    if (candidate.type == type) return &candidate;
  return nullptr;
}

std::string numpy_name(const std::string& dtype) {
  for (const NpyType& candidate : kNpyTypes)
    if (candidate.dtype == dtype) return candidate.numpy_name;
  return dtype;
}

template <class Int>
std::string list_text(const std::vector<Int>& shape) {
  return fmt::format("[{}]", fmt::join(shape, ", "));
}

// The bytes of a .npy file for one input.
std::vector<uint8_t> read_input(const std::filesystem::path& path, const TensorFacts& want, size_t i) {
  const Array array = read_npy(path);
  const NpyType* type = npy_type(want.type);
  if (!type)
    throw Error(
        fmt::format("input {}: the model takes {}, which .npy files do not have", i, name_of(want.type)));
  const std::vector<int64_t> shape(want.shape.begin(), want.shape.end());
  if (array.dtype != type->dtype || array.shape != shape)
    throw Error(
        fmt::format("input {} \"{}\": {} holds {} {}, the model takes {} {}; convert it: numpy.save(FILE, "
                    "x.reshape({}).astype('{}'))",
                    i, printable(want.name), path.string(), numpy_name(array.dtype), list_text(array.shape),
                    type->numpy_name, list_text(shape), list_text(shape), type->numpy_name));
  return array.bytes;
}

std::vector<std::vector<uint8_t>> input_bytes(const ExecutionRequest& request,
                                              const std::vector<TensorFacts>& inputs) {
  if (!request.inputs.empty() && request.inputs.size() != inputs.size())
    throw Error(
        fmt::format("{}: the model takes {} inputs, {} files are given; give one .npy file per input, in the "
                    "order that inkling inspect shows",
                    request.model.string(), inputs.size(), request.inputs.size()));
  std::vector<std::vector<uint8_t>> all;
  InputGenerator generator(request.seed.value_or(0));
  for (size_t i = 0; i < inputs.size(); ++i) {
    const TensorFacts& input = inputs[i];
    if (!request.inputs.empty()) {
      all.push_back(read_input(request.inputs[i], input, i));
    } else if (request.seed) {
      all.push_back(generator.bytes(input.type, input.n_elements, input.n_bytes));
    } else {
      all.emplace_back(static_cast<size_t>(input.n_bytes), uint8_t{0});
    }
  }
  return all;
}

// Hashes what each step leaves behind.
struct Recorder {
  const Model& model;
  std::vector<OperatorOutput> operators = {};

  static bool observe(void* context, const StepEvent& event) {
    auto& self = *static_cast<Recorder*>(context);
    if (!event.done || event.n_outputs == 0) return true;
    const Subgraph graph = self.model.subgraph(event.subgraph);
    const Operator op = graph.op(event.op);
    const auto* data = static_cast<const uint8_t*>(event.io->slots[event.io->n_inputs]);
    const int32_t n_bytes = data ? graph.tensor(op.output(0)).n_bytes : 0;
    self.operators.push_back(
        {event.subgraph, event.op, operator_name(op), fnv1a32(data, static_cast<size_t>(n_bytes)), n_bytes});
    return true;
  }
};

}  // namespace

std::vector<uint8_t> InputGenerator::bytes(Type type, int32_t n_elements, int32_t n_bytes) {
  std::vector<uint8_t> all(static_cast<size_t>(n_bytes));
  const int32_t bits = bits_of(type);
  const auto element_bytes = static_cast<size_t>(bits < 8 ? 1 : bits / 8);
  const bool by_byte = bits < 8 || bits > 64 || type == Type::float16 || type == Type::float64 ||
                       type == Type::bfloat16 || type == Type::complex64;
  if (by_byte) {
    for (uint8_t& byte : all) byte = static_cast<uint8_t>(next() >> 24);
    return all;
  }
  for (int32_t i = 0; i < n_elements; ++i) {
    const uint32_t x = next();
    int64_t value = static_cast<int32_t>(x);
    if (bits == 8) value = type == Type::boolean ? x >> 24 & 1 : x >> 24;
    if (bits == 16) value = x >> 16;
    if (type == Type::float32) {
      const float real = static_cast<float>(static_cast<int32_t>(x) >> 8) / 8388608.0f;
      uint32_t pattern;
      std::memcpy(&pattern, &real, sizeof pattern);
      value = pattern;
    }
    std::memcpy(all.data() + static_cast<size_t>(i) * element_bytes, &value, element_bytes);
  }
  return all;
}

Execution execute(const ExecutionRequest& request) {
  const ModelFile file(request.model);
  Program program(file, request.arena_bytes);
  Interpreter& net = program.net();
  Failure failure;
  const Model model(file.bytes(), &failure);
  const Subgraph main = model.subgraph(0);
  const auto inputs = input_bytes(request, facts_of(main, main.inputs()));
  Recorder recorder{model};
  for (int32_t k = 0; k < request.n_invokes; ++k) {
    for (size_t i = 0; i < inputs.size(); ++i)
      if (!inputs[i].empty())
        std::memcpy(net.input(static_cast<int32_t>(i)).data, inputs[i].data(), inputs[i].size());
    const bool is_last = k + 1 == request.n_invokes;
    net.observe(request.per_operator && is_last ? Recorder::observe : nullptr, &recorder);
    if (net.invoke() != Status::ok) throw Error(fmt::format("{}: cannot be invoked", request.model.string()));
  }
  Execution result{net.arena_used(), net.stopped(), {}, recorder.operators};
  const std::vector<TensorFacts> outputs = facts_of(main, main.outputs());
  for (size_t i = 0; i < outputs.size(); ++i) {
    const auto* data = net.output(static_cast<int32_t>(i)).as<uint8_t>();
    const int32_t n_bytes = data ? outputs[i].n_bytes : 0;
    result.outputs.push_back({outputs[i], {data, data + n_bytes}});
  }
  return result;
}

void write_outputs(const Execution& execution, const std::filesystem::path& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed)
    throw Error(fmt::format("{}: the folder cannot be made: {}", folder.string(), failed.message()));
  for (size_t i = 0; i < execution.outputs.size(); ++i) {
    const OutputTensor& output = execution.outputs[i];
    const NpyType* type = npy_type(output.facts.type);
    if (!type)
      throw Error(fmt::format("output {} is {}, which .npy files do not have; --json prints it", i,
                              name_of(output.facts.type)));
    write_npy(folder / fmt::format("output_{}.npy", i),
              {type->dtype, {output.facts.shape.begin(), output.facts.shape.end()}, output.bytes});
  }
}

}  // namespace inkling::host
