// Follows a load with a listener and counts its bytes for pointers of another size. The formula, all terms
// rounded up to 8 bytes:
//   persistent = graphs + operands per subgraph + (Step + slots + Params) per operator + variables
//   arena      = persistent + the larger of the activations and the planner's notes
// The same formula with this machine's pointers must give what the load itself took, or it is out of date.
#include "host/engine/rehearsal.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <set>

#include "host/engine/params_layout.h"
#include "host/engine/plan_search.h"
#include "host/error.h"
#include "inkling/prepare/context.h"
#include "inkling/run/loader.h"

namespace inkling::host {
namespace {

// The structs of inkling/core/runtime.h where pointers have `pointer_bytes`: pointers first, then the rest.
constexpr int32_t struct_bytes(int32_t n_pointers, int32_t plain_bytes, int32_t pointer_bytes) {
  return (n_pointers * pointer_bytes + plain_bytes + pointer_bytes - 1) & -pointer_bytes;
}
constexpr int32_t step_bytes(int32_t pointer_bytes) {
  return struct_bytes(3, 2, pointer_bytes);
}
constexpr int32_t graph_bytes(int32_t pointer_bytes) {
  return struct_bytes(2, 2, pointer_bytes);
}
constexpr int32_t operand_bytes(int32_t pointer_bytes) {
  return struct_bytes(1, 4, pointer_bytes);
}
constexpr int32_t variable_bytes(int32_t pointer_bytes) {
  return struct_bytes(2, 5, pointer_bytes);
}

// An operator list that takes every operator of a model. Its prepare asks the real one; where there is none,
// or it refuses, it keeps the reason and lets the load go on. An Op is a plain function, so what it writes to
// is found here.
class TolerantOps {
 public:
  TolerantOps(const Model& model, Failure* failure) : failure_(failure) {
    current = this;
    std::set<std::pair<int16_t, std::string>> seen;
    for (int32_t g = 0; g < model.n_subgraphs(); ++g) {
      const Subgraph graph = model.subgraph(g);
      for (int32_t i = 0; i < graph.n_operators() && model.status() == Status::ok; ++i) {
        const Operator op = graph.op(i);
        if (!seen.emplace(op.code, op.custom_name).second) continue;
        const Op* record = find_op(all_ops(), op);
        ops_.push_back({record ? record->name : op.custom_name, op.code, prepare});
      }
    }
    for (const Op& op : ops_) pointers_.push_back(&op);
  }
  TolerantOps(const TolerantOps&) = delete;
  TolerantOps& operator=(const TolerantOps&) = delete;
  ~TolerantOps() { current = nullptr; }

  Span<const Op* const> list() const { return {pointers_.data(), static_cast<int32_t>(pointers_.size())}; }
  /// Why the operator that was prepared last cannot run.
  const std::string& refusal() const { return refusal_; }

 private:
  static Status prepare(Prepare& context) { return current->attempt(context); }

  Status attempt(Prepare& context) {
    refusal_.clear();
    const Op* record = find_op(all_ops(), context.op());
    if (!record) {
      refusal_ = "no such operator here";
      return context.run_with({});
    }
    if (record->prepare(context) == Status::ok) return Status::ok;
    Failure why = *failure_;
    why.op = -1;
    refusal_ = text(why);
    failure_->status = Status::ok;
    return context.run_with({});
  }

  static thread_local TolerantOps* current;
  Failure* failure_;
  std::deque<Op> ops_;
  std::vector<const Op*> pointers_;
  std::string refusal_;
};

thread_local TolerantOps* TolerantOps::current = nullptr;

// Persistent bytes but for variables, for this machine's pointers and for the target's.
struct Account {
  int32_t pointer_bytes;
  int32_t n_bytes = 0;

  void add_graphs(const Model& model) {
    n_bytes += aligned(model.n_subgraphs() * graph_bytes(pointer_bytes));
    for (int32_t g = 0; g < model.n_subgraphs(); ++g) {
      const Subgraph graph = model.subgraph(g);
      n_bytes += aligned((graph.inputs().size + graph.outputs().size) * operand_bytes(pointer_bytes));
    }
  }
  void add_step(int32_t n_slots, int32_t params) {
    n_bytes += aligned(step_bytes(pointer_bytes) + n_slots * pointer_bytes + params);
  }
  void add_variables(Variable* variables) {
    for (Variable* v = variables; v != nullptr; v = v->next)
      n_bytes += aligned(variable_bytes(pointer_bytes) + v->n_bytes);
  }
};

class Listener final : public LoadListener {
 public:
  Listener(const Model& model, const TolerantOps& ops, int32_t pointer_bytes)
      : here{sizeof(void*)}, target{pointer_bytes}, model_(model), ops_(ops) {
    here.add_graphs(model);
    target.add_graphs(model);
    for (int32_t g = 0; g < model.n_subgraphs(); ++g) {
      const Subgraph graph = model.subgraph(g);
      const int32_t n_blocks = graph.n_tensors() + graph.n_operators();
      plan().planning_bytes =
          std::max(plan().planning_bytes, aligned(n_blocks * static_cast<int32_t>(sizeof(Block))));
    }
  }

  void prepared(int32_t subgraph, int32_t op, Prepare& prepare) override {
    PreparedOperator& done = result.operators.emplace_back();
    done.subgraph = subgraph;
    done.index = op;
    done.refusal = ops_.refusal();
    result.refused |= !done.refusal.empty();
    if (done.refusal.empty() && prepare.params_bytes() > 0) {
      done.params = list_params(prepare.params_data(), prepare.describe_params());
      done.params_bytes = params_bytes(prepare.params_data(), prepare.params_bytes(),
                                       prepare.describe_params(), target.pointer_bytes);
    }
    if (done.refusal.empty()) done.scratch_bytes = prepare.scratch_bytes();
    const int32_t n_slots = prepare.n_inputs() + prepare.n_outputs();
    here.add_step(n_slots, prepare.params_bytes());
    target.add_step(n_slots, done.params_bytes);
  }

  void planned(int32_t subgraph, Span<const Block> blocks) override {
    const int32_t n_tensors = model_.subgraph(subgraph).n_tensors();
    const int32_t region = plan().activation_bytes;
    plan().least_activation_bytes += least_bytes(blocks);
    for (int32_t i = 0; i < blocks.size; ++i) {
      const Block& block = blocks[i];
      if (block.n_bytes == 0) continue;
      const bool is_tensor = i < n_tensors;
      plan().blocks.push_back({subgraph, is_tensor ? i : -1, is_tensor ? -1 : i - n_tensors,
                               region + block.place, block.n_bytes, std::max<int32_t>(block.first, 0),
                               block.last});
      plan().activation_bytes =
          std::max(plan().activation_bytes, region + block.place + aligned(block.n_bytes));
    }
  }

  MemoryPlan& plan() { return result.plan; }

  Rehearsal result;
  Account here, target;

 private:
  const Model& model_;
  const TolerantOps& ops_;
};

}  // namespace

Rehearsal rehearse_load(const ModelFile& file, int32_t pointer_bytes) {
  Failure reading, failure;
  const Model model(file.bytes(), &reading);
  const TolerantOps ops(model, &failure);
  if (reading.status != Status::ok)
    throw Error(fmt::format("{}: {}", file.path().string(), text(reading, file.bytes())));
  // The first tries learn the arena's size, as in Program; the last one counts.
  std::unique_ptr<uint64_t[]> arena;  // not filled: nothing runs in it, and it may be huge
  int32_t arena_bytes = 0;
  for (int32_t tries = 0;; ++tries) {
    arena.reset(new uint64_t[static_cast<size_t>(arena_bytes) / 8 + 1]);
    Listener listener(model, ops, pointer_bytes);
    Loaded loaded;
    const Status status = load_model(file.bytes(), {reinterpret_cast<uint8_t*>(arena.get()), arena_bytes},
                                     ops.list(), &loaded, &failure, &listener);
    if (status == Status::no_room && tries < 3) {
      arena_bytes = failure.want;
      continue;
    }
    if (status != Status::ok) {
      listener.result.failure = text(failure, file.bytes());
      return listener.result;
    }
    listener.here.add_variables(loaded.variables);
    const int32_t without_variables = listener.target.n_bytes;
    listener.target.add_variables(loaded.variables);
    MemoryPlan& plan = listener.plan();
    if (listener.here.n_bytes != loaded.persistent_bytes)
      throw Error(
          fmt::format("the rehearsal counts {} persistent bytes, the load took {}: the formula in "
                      "host/engine/rehearsal.cpp does not follow inkling/run/loader.cpp any more",
                      listener.here.n_bytes, loaded.persistent_bytes));
    plan.persistent_bytes = listener.target.n_bytes;
    plan.variable_bytes = plan.persistent_bytes - without_variables;
    plan.arena_bytes = plan.persistent_bytes + std::max(plan.activation_bytes, plan.planning_bytes);
    return listener.result;
  }
}

}  // namespace inkling::host
