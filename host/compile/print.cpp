// The text of NAME.cpp.
#include "host/compile/print.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "host/compile/literals.h"
#include "host/engine/tensor_facts.h"
#include "host/error.h"

namespace inkling::host {
namespace {

template <class T>
std::vector<std::string> literals(const std::vector<uint8_t>& bytes) {
  std::vector<std::string> items;
  for (size_t i = 0; i + sizeof(T) <= bytes.size(); i += sizeof(T)) {
    T value;
    std::memcpy(&value, bytes.data() + i, sizeof value);
    if constexpr (sizeof(T) == 8)
      items.push_back(fmt::format("static_cast<int64_t>({:#x}u)", static_cast<uint64_t>(value)));
    else
      items.push_back(literal(value));
  }
  return items;
}

// The C++ type of a constant's array; bytes for the rarer types.
std::string array_type(Type type) {
  switch (type) {
    case Type::int8:
    case Type::int16:
    case Type::int32:
    case Type::int64:
    case Type::float32:
      return element_type(type);
    default:
      return "uint8_t";
  }
}

std::vector<std::string> literals(const SnapshotConstant& constant) {
  switch (constant.type) {
    case Type::int8:
      return literals<int8_t>(constant.bytes);
    case Type::int16:
      return literals<int16_t>(constant.bytes);
    case Type::int32:
      return literals<int32_t>(constant.bytes);
    case Type::int64:
      return literals<int64_t>(constant.bytes);
    case Type::float32:
      return literals<float>(constant.bytes);
    default:
      return literals<uint8_t>(constant.bytes);
  }
}

std::string print_constant(const SnapshotConstant& constant, size_t number) {
  std::vector<std::string> items = literals(constant);
  if (items.empty()) items = {"0"};
  return fmt::format("// {}\nalignas(8) const {} constant_{}[{}] = {{\n{}}};\n", printable(constant.name),
                     array_type(constant.type), number, items.size(), wrapped(items));
}

}  // namespace

bool steers(const Snapshot& snapshot) {
  for (const SnapshotGraph& graph : snapshot.graphs)
    for (const SnapshotStep& step : graph.steps)
      if (KernelSources::steers(step.op)) return true;
  return false;
}

namespace {

// Prints the graphs of one model.
class Body {
 public:
  Body(const Snapshot& snapshot, const PrintOptions& options)
      : snapshot_(snapshot), options_(options), steers_(steers(snapshot)) {}

  std::string print() {
    text_ = fmt::format("namespace inkling {{\nnamespace {}_model {{\nnamespace {{\n\n", options_.name);
    text_ += fmt::format("alignas(16) uint8_t arena[{}];\n\n", std::max(snapshot_.arena_bytes, 1));
    for (size_t i = 0; i < snapshot_.constants.size(); ++i)
      text_ += print_constant(snapshot_.constants[i], i);
    for (size_t g = 0; g < snapshot_.graphs.size(); ++g) print_graph(g);
    if (steers_) print_runtime();
    text_ += fmt::format("\n}}  // namespace\n}}  // namespace {}_model\n}}  // namespace inkling\n\n",
                         options_.name);
    print_interface();
    return text_;
  }

 private:
  static std::string name(const char* what, size_t graph, size_t step) {
    return graph == 0 ? fmt::format("{}_{}", what, step) : fmt::format("{}_{}_{}", what, graph, step);
  }

  std::string address(const Place& place) const {
    switch (place.in) {
      case Place::In::nothing:
        return "nullptr";
      case Place::In::arena:
        return fmt::format("arena + {}", place.at);
      default: {
        const Type type = snapshot_.constants[static_cast<size_t>(place.at)].type;
        return fmt::format("const_cast<{}*>(constant_{})", array_type(type), place.at);
      }
    }
  }

  // Prints an array of its own and gives {array, size} for the Span that stands for it.
  template <class T>
  std::string print_span(const char* type, const std::string& array, const std::vector<T>& values) {
    if (values.empty()) return fmt::format("Span<const {}>()", type);
    std::vector<std::string> items;
    for (const T value : values) items.push_back(literal(value));
    text_ += fmt::format("const {} {}[{}] = {{\n{}}};\n", type, array, items.size(), wrapped(items));
    return fmt::format("Span<const {}>({}, {})", type, array, items.size());
  }

  // {1, 0.5f, {values_3_2, 8}}; what a Span shows is printed in front.
  std::string params(const SnapshotStep& step, const std::string& values) {
    std::vector<std::string> members;
    for (const Param& param : step.params) {
      const std::string array = fmt::format("{}_{}", values, members.size());
      if (const auto* floats = std::get_if<std::vector<float>>(&param.value))
        members.push_back(print_span("float", array, *floats));
      else if (const auto* bytes = std::get_if<std::vector<uint8_t>>(&param.value))
        members.push_back(print_span("uint8_t", array, *bytes));
      else if (const auto* real = std::get_if<float>(&param.value))
        members.push_back(literal(*real));
      else
        members.push_back(literal(std::get<int32_t>(param.value)));
    }
    return "{\n" + wrapped(members) + "}";
  }

  void print_graph(size_t g) {
    const SnapshotGraph& graph = snapshot_.graphs[g];
    for (size_t n = graph.steps.size(); n-- > 0;) {
      // From the last to the first where steps point to the next one.
      const size_t i = steers_ ? n : graph.steps.size() - 1 - n;
      text_ += fmt::format("\n// {} {}\n", i, graph.steps[i].op);
      steers_ ? print_step_data(g, i) : print_step_call(g, i);
    }
    if (!steers_) return;
    std::vector<std::string> operands;
    for (const auto* list : {&graph.inputs, &graph.outputs})
      for (const SnapshotOperand& operand : *list)
        operands.push_back(fmt::format("{{{}, {}}}", address(operand.place), operand.n_bytes));
    if (operands.empty()) operands.push_back("{nullptr, 0}");
    text_ += fmt::format("const Operand operands_{}[] = {{\n{}}};\n", g, wrapped(operands));
  }

  std::string slots(const SnapshotStep& step) const {
    std::vector<std::string> addresses;
    for (const Place& slot : step.slots) addresses.push_back(address(slot));
    return fmt::format("{}", fmt::join(addresses, ", "));
  }

  // A function that calls the eval.
  void print_step_call(size_t g, size_t i) {
    const SnapshotStep& step = snapshot_.graphs[g].steps[i];
    std::string params_address = "nullptr";
    if (!step.params_type.empty()) {
      const std::string values = params(step, name("values", g, i));
      text_ += fmt::format("const {} {} = {};\n", KernelSources::spell(step.params_type, step.op),
                           name("params", g, i), values);
      params_address = "&" + name("params", g, i);
    }
    std::string slots_name = "nullptr";
    if (!step.slots.empty()) {
      slots_name = name("slots", g, i);
      text_ += fmt::format("void* const {}[] = {{{}}};\n", slots_name, slots(step));
    }
    text_ += fmt::format("void {}() {{\n  {}({}, {{opaque({}), {}, opaque({}), nullptr}});\n}}\n",
                         name("step", g, i), KernelSources::spell(step.eval, step.op), params_address,
                         slots_name, step.n_inputs, address(step.memory));
  }

  // A Step as the loader would build it: header, slots, Params.
  void print_step_data(size_t g, size_t i) {
    const SnapshotGraph& graph = snapshot_.graphs[g];
    const SnapshotStep& step = graph.steps[i];
    const bool has_params = !step.params_type.empty();
    const std::string values = has_params ? params(step, name("values", g, i)) : "";
    const std::string next = i + 1 < graph.steps.size()
                                 ? fmt::format("const_cast<Step*>(&{}.step)", name("step", g, i + 1))
                                 : "nullptr";
    // The members that a Step expects behind it, and no others.
    std::string members = "  Step step;\n";
    if (!step.slots.empty()) members += fmt::format("  void* slots[{}];\n", step.slots.size());
    if (has_params) members += fmt::format("  {} params;\n", KernelSources::spell(step.params_type, step.op));
    text_ +=
        fmt::format("const struct {{\n{}}} {} = {{\n    {{{}, {}, {}, {}, {}}},\n", members,
                    name("step", g, i), KernelSources::spell(step.eval, step.op), next, address(step.memory),
                    step.n_inputs, static_cast<int32_t>(step.slots.size()) - step.n_inputs);
    if (!step.slots.empty()) text_ += fmt::format("    {{{}}},\n", slots(step));
    text_ += has_params ? fmt::format("    {}}};\n", values) : "};\n";
  }

  void print_runtime() {
    text_ += "\nGraph graphs[] = {\n";
    for (size_t g = 0; g < snapshot_.graphs.size(); ++g) {
      const SnapshotGraph& graph = snapshot_.graphs[g];
      text_ += fmt::format(
          "    {{{}, const_cast<Operand*>(operands_{}), {}, {}}},\n",
          graph.steps.empty() ? "nullptr" : fmt::format("const_cast<Step*>(&{}.step)", name("step", g, 0)), g,
          graph.inputs.size(), graph.outputs.size());
    }
    text_ += fmt::format("}};\nRuntime runtime{{{{graphs, {}}}}};\n", snapshot_.graphs.size());
  }

  void print_operands(const char* what, const std::vector<SnapshotOperand>& operands) {
    const std::string lower = what == std::string("Input") ? "input" : "output";
    for (size_t i = 0; i < operands.size(); ++i)
      text_ += fmt::format(
          "template <>\nTensor<{0}<{1}>> {2}<{1}>() {{\n  using namespace {4};\n  return "
          "Tensor<{0}<{1}>>(reinterpret_cast<{0}<{1}>::Element*>({3}));\n}}\n",
          what, i, lower, address(operands[i].place), model_namespace());
  }
  std::string model_namespace() const { return fmt::format("::inkling::{}_model", options_.name); }

  void print_interface() {
    const SnapshotGraph& graph = snapshot_.graphs.at(0);
    text_ += fmt::format("namespace {} {{\n\n", options_.name);
    print_operands("Input", graph.inputs);
    print_operands("Output", graph.outputs);
    print_reset();
    if (steers_)
      text_ +=
          fmt::format("\nvoid invoke() {{\n  {0}::runtime.stopped = false;\n  {0}::runtime.run(0);\n}}\n",
                      model_namespace());
    else
      print_invoke(graph.steps.size());
    text_ += fmt::format("\n}}  // namespace {}\n", options_.name);
  }

  void print_reset() {
    text_ += "\nvoid reset() {\n";
    for (const SnapshotVariable& v : snapshot_.variables)
      text_ += fmt::format("  ::inkling::fill_bytes({}::arena + {}, {}, {});\n", model_namespace(), v.place,
                           v.initial, v.n_bytes);
    text_ += "}\n";
  }

  void print_invoke(size_t n_steps) {
    text_ += fmt::format("\nvoid invoke() {{\n{}",
                         n_steps > 0 ? fmt::format("  using namespace {};\n", model_namespace()) : "");
    for (size_t i = 0; i < n_steps; ++i) text_ += fmt::format("  step_{}();\n", i);
    text_ += "}\n";
    if (!options_.step) return;
    text_ += fmt::format("\nbool step() {{\n  using namespace {};\n  static void (*const steps[])() = {{",
                         model_namespace());
    for (size_t i = 0; i < n_steps; ++i) text_ += fmt::format("{}step_{}", i > 0 ? ", " : "", i);
    text_ += fmt::format(
        "}};\n  static int32_t next = 0;\n  steps[next]();\n  next = next + 1 == {} ? 0 : next + 1;\n  "
        "return "
        "next != 0;\n}}\n",
        n_steps);
  }

  const Snapshot& snapshot_;
  const PrintOptions& options_;
  const bool steers_;
  std::string text_;
};

}  // namespace

void add_kernels(const Snapshot& snapshot, KernelSources* kernels) {
  kernels->add_header("inkling/core/memory.h");
  kernels->add_header("inkling/core/op.h");
  if (steers(snapshot)) kernels->add_header("inkling/core/runtime.h");
  for (const SnapshotGraph& graph : snapshot.graphs)
    for (const SnapshotStep& step : graph.steps)
      step.header.empty() ? kernels->add_operator(step.op) : kernels->add_header(step.header);
}

std::string print_prologue(const std::string& kernel_namespace) {
  return fmt::format(
      "#include <stddef.h>\n#include <stdint.h>\n\n"
      "#pragma GCC diagnostic ignored \"-Wunused-function\"\n"
      "#define INKLING_DESCRIBE_PARAMS 0\n"
      "#define INKLING_REASON_TEXT 0\n"
      "// The kernels are in a namespace of this file's own and never meet those of the library.\n"
      "#define inkling {}\n\n"
      "namespace inkling {{\n"
      "// A pointer that the compiler knows nothing of. Values of several types share the arena, and GCC 12 "
      "goes\n"
      "// wrong at -O1 where it sees two of them walk through one array.\n"
      "template <class T>\n"
      "inline T opaque(T pointer) {{\n"
      "  __asm__(\"\" : \"+r\"(pointer));\n"
      "  return pointer;\n"
      "}}\n"
      "}}  // namespace inkling\n\n",
      kernel_namespace);
}

std::string print_model(const Snapshot& snapshot, const PrintOptions& options) {
  return Body(snapshot, options).print();
}

std::string print_source(const Snapshot& snapshot, const PrintOptions& options) {
  if (options.step && (steers(snapshot) || snapshot.graphs.at(0).steps.empty()))
    throw Error(
        fmt::format("{}: step() cannot be offered, as its operators run other subgraphs, end a run early, or "
                    "there are none; leave out --step",
                    snapshot.file));
  KernelSources kernels;
  add_kernels(snapshot, &kernels);
  const std::string model = std::filesystem::path(snapshot.file).filename().string();
  return fmt::format(
             "// Generated from {} by \"inkling compile\". To change it, change the model and compile it "
             "again.\n#include \"{}.h\"\n\n",
             printable(model), options.name) +
         print_prologue(options.name + "_inkling") + kernels.text(options.standalone) +
         print_model(snapshot, options);
}

}  // namespace inkling::host
