// Loads a model as every program does, listening, then turns its addresses into places.
#include "host/compile/snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "host/engine/labels.h"
#include "host/engine/plan_search.h"
#include "host/error.h"
#include "inkling/prepare/context.h"
#include "inkling/run/loader.h"

namespace inkling::host {
namespace {

/// What only prepare knows: names and Params of each step, constants by address, the activations' extent.
class Listener final : public LoadListener {
 public:
  Listener(const Model& model, const Target& target) : model_(model), target_(target) {}

  void prepared(int32_t subgraph, int32_t index, Prepare& prepare) override {
    const Subgraph graph = model_.subgraph(subgraph);
    const Operator op = graph.op(index);
    SnapshotStep step;
    step.op = find_op(all_ops(), op)->name;
    step.eval = prepare.eval_name();
    if (prepare.params_bytes() > 0) {
      step.params_type = prepare.params_type();
      step.params = list_params(prepare.params_data(), prepare.describe_params());
    }
    step.n_inputs = prepare.n_inputs();
    if (auto packing = pack(target_, step.op, prepare)) {
      step.eval = packing->eval;
      step.params_type = packing->params_type;
      step.params = packing->params;
      step.header = packing->header;
      prepare.request_scratch(packing->scratch_bytes);
      packings[{subgraph, index}] = std::move(*packing);
    }
    steps[subgraph].push_back(std::move(step));
    for (int32_t i = 0; i < op.inputs.size; ++i) note_constant(graph, op.input(i));
  }

  int32_t place(Span<Block> blocks) override { return search_plan(blocks); }

  void planned(int32_t subgraph, Span<const Block> blocks) override {
    int32_t end = 0;
    for (const Block& block : blocks)
      if (block.n_bytes > 0) end = std::max(end, aligned(block.place + block.n_bytes));
    activation_bytes += end;
    const Subgraph graph = model_.subgraph(subgraph);
    for (int32_t i = 0; i < graph.inputs().size; ++i) note_constant(graph, graph.inputs().get<int32_t>(i));
    for (int32_t i = 0; i < graph.outputs().size; ++i) note_constant(graph, graph.outputs().get<int32_t>(i));
  }

  std::map<int32_t, std::vector<SnapshotStep>> steps;       // by subgraph
  std::map<std::pair<int32_t, int32_t>, Packing> packings;  // by subgraph and operator
  std::map<const void*, TensorFacts> constants;
  int32_t activation_bytes = 0;

 private:
  void note_constant(const Subgraph& graph, int32_t index) {
    if (index < 0) return;
    const Tensor tensor = graph.tensor(index);
    if (tensor.is_constant) constants.emplace(tensor.data, facts_of(graph, index));
  }

  const Model& model_;
  const Target& target_;
};

/// Turns addresses of one load into places.
class Places {
 public:
  Places(MutableBytes arena, const Listener& listener, Variable* variables, Snapshot* snapshot)
      : arena_(arena), listener_(listener), snapshot_(snapshot) {
    int32_t end = listener.activation_bytes;
    for (Variable* v = variables; v; v = v->next) {
      places_of_variables_[v->bytes()] = {end, v->n_bytes};
      snapshot->variables.push_back({end, v->n_bytes, v->initial});
      end = aligned(end + v->n_bytes);
    }
    snapshot->arena_bytes = end;
  }

  Place operator()(const void* address) {
    if (address == nullptr) return {};
    const auto* byte = static_cast<const uint8_t*>(address);
    const auto variable = places_of_variables_.upper_bound(byte);
    if (variable != places_of_variables_.begin()) {
      const auto& [start, extent] = *std::prev(variable);
      if (byte == start || byte < start + extent.second)
        return {Place::In::arena, extent.first + static_cast<int32_t>(byte - start)};
    }
    if (byte >= arena_.data && byte < arena_.data + arena_.size)
      return {Place::In::arena, static_cast<int32_t>(byte - arena_.data)};
    return constant(byte);
  }

  /// A constant that the model does not have.
  Place made(std::string name, Type type, std::vector<uint8_t> bytes) {
    snapshot_->constants.push_back({std::move(name), type, std::move(bytes)});
    return {Place::In::constant, static_cast<int32_t>(snapshot_->constants.size()) - 1};
  }

 private:
  Place constant(const uint8_t* address) {
    const auto [number, is_new] =
        numbers_.emplace(address, static_cast<int32_t>(snapshot_->constants.size()));
    if (is_new) {
      const auto facts = listener_.constants.find(address);
      if (facts == listener_.constants.end())
        throw Error(
            fmt::format("{}: a step reads memory that is no tensor; it cannot be compiled", snapshot_->file));
      const TensorFacts& tensor = facts->second;
      snapshot_->constants.push_back({tensor.name, tensor.type, {address, address + tensor.n_bytes}});
    }
    return {Place::In::constant, number->second};
  }

  MutableBytes arena_;
  const Listener& listener_;
  Snapshot* snapshot_;
  std::map<const uint8_t*, std::pair<int32_t, int32_t>> places_of_variables_;  // place, bytes
  std::map<const uint8_t*, int32_t> numbers_;
};

SnapshotGraph take_graph(const Graph& graph, int32_t number, Listener& listener, Places& place) {
  SnapshotGraph result;
  result.steps = std::move(listener.steps[number]);
  size_t i = 0;
  for (Step* step = graph.first; step; step = step->next, ++i) {
    SnapshotStep& to = result.steps[i];
    const auto found = listener.packings.find({number, static_cast<int32_t>(i)});
    const Packing* packing = found != listener.packings.end() ? &found->second : nullptr;
    for (int32_t k = 0; k < step->n_inputs + step->n_outputs; ++k) {
      const bool replaced = packing && k > 0 && k < step->n_inputs && packing->kept.count(k) == 0;
      to.slots.push_back(!replaced ? place(step->slots()[k])
                         : k == 1  ? place.made("packed weights", Type::int32, packing->stream)
                                   : Place{});
    }
    to.memory = place(step->scratch);
  }
  for (const Operand& operand : graph.inputs())
    result.inputs.push_back({place(operand.data), operand.n_bytes});
  for (const Operand& operand : graph.outputs())
    result.outputs.push_back({place(operand.data), operand.n_bytes});
  return result;
}

}  // namespace

Snapshot take_snapshot(const ModelFile& file, const Target& target) {
  Snapshot snapshot;
  snapshot.file = file.path().string();
  Failure reading, failure;
  const Model model(file.bytes(), &reading);
  std::vector<uint64_t> words;
  int32_t arena_bytes = 0;
  for (int32_t tries = 0;; ++tries) {
    words.assign(static_cast<size_t>(arena_bytes) / 8 + 1, 0);
    const MutableBytes arena{reinterpret_cast<uint8_t*>(words.data()), arena_bytes};
    Listener listener(model, target);
    Loaded loaded;
    const Status status = load_model(file.bytes(), arena, all_ops(), &loaded, &failure, &listener);
    // As in Program: the failure names the bytes, at the second time exactly.
    if (status == Status::no_room && tries < 2) {
      arena_bytes = failure.want;
      continue;
    }
    if (status != Status::ok) throw Error(fmt::format("{}: {}", snapshot.file, text(failure, file.bytes())));
    Places places(arena, listener, loaded.variables, &snapshot);
    for (int32_t g = 0; g < loaded.graphs.size; ++g)
      snapshot.graphs.push_back(take_graph(loaded.graphs[g], g, listener, places));
    break;
  }
  const Subgraph main = model.subgraph(0);
  snapshot.inputs = facts_of(main, main.inputs());
  snapshot.outputs = facts_of(main, main.outputs());
  return snapshot;
}

}  // namespace inkling::host
