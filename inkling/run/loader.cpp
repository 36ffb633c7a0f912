// The load: prepare every operator, note lifetimes, plan, and turn tensor indices into addresses. When the
// arena is too small it goes on counting, so that the failure can name the bytes that are needed.
#include "inkling/run/loader.h"

#include "inkling/prepare/context.h"

namespace inkling {
namespace {

// Marks in Block::first of tensors that no step has touched, and of variables, whose place is fixed.
constexpr int16_t kUntouched = -1;
constexpr int16_t kPinned = -2;

// Blocks for a load that fails anyway, when not even the planner's blocks fit into the arena.
constexpr int32_t kBlindBlocks = 64;

constexpr int32_t bytes_of_blocks(int32_t n) {
  return aligned(n * static_cast<int32_t>(sizeof(Block)));
}

bool same_text(const char* a, const char* b) {
  for (; *a == *b; ++a, ++b)
    if (*a == 0) return true;
  return false;
}

// While a subgraph is not planned, a slot holds the index of a block, inverted: no data lies in the last
// bytes of an address space.
constexpr uintptr_t kMaxUnresolved = kMaxTensors + kMaxOperators;
void* unresolved(int32_t block) {
  return reinterpret_cast<void*>(~static_cast<uintptr_t>(block));
}

class Loader {
 public:
  Loader(Bytes bytes, MutableBytes arena, Span<const Op* const> ops, Failure* failure, LoadListener* listener)
      : model_(bytes, failure), ops_(ops), failure_(failure), listener_(listener) {
    const auto misaligned =
        static_cast<int32_t>(-reinterpret_cast<uintptr_t>(arena.data) & (kArenaAlignment - 1));
    lost_ = misaligned;
    arena_ = arena.data + misaligned;
    size_ = arena.size > misaligned ? (arena.size - misaligned) & -kArenaAlignment : 0;
  }

  Status run(Loaded* loaded);

 private:
  Status load_graphs();
  Status load_graphs_blind();
  Status load_graph(int32_t g);
  Status load_op(int32_t g, int32_t index, Step** previous);
  Status missing_op(int32_t index, const Operator& op);
  Status add_operand(int32_t tensor, bool written, void** slot);
  Status add_operands(const Vector& tensors, bool written, void** slots);
  int32_t add_variable(const Tensor& tensor);
  void resolve(void** slots, int32_t n);
  uint8_t* take(int32_t n_bytes);

  Model model_;
  Span<const Op* const> ops_;
  Failure* failure_;
  LoadListener* listener_;
  uint8_t* arena_;
  int32_t size_;
  int32_t lost_;

  int32_t persistent_ = 0;       // bytes taken from the arena's end, or that would have been
  int32_t region_ = 0;           // where the current subgraph's activations start
  int32_t n_blocks_needed_ = 0;  // of the largest subgraph
  Span<Block> blocks_;           // of the current subgraph; empty when there is no room to plan in
  Span<Block> all_blocks_;
  Span<Graph> graphs_;
  Variable* variables_ = nullptr;
  Subgraph subgraph_;
  int16_t now_ = 0;  // index of the step that is being added
};

// Memory at the arena's end, null when it does not fit; the count goes on so that the failure can tell the
// sum.
uint8_t* Loader::take(int32_t n_bytes) {
  if (n_bytes > kMaxArenaBytes / 2 - persistent_) {
    persistent_ = kMaxArenaBytes / 2;
    return nullptr;
  }
  persistent_ += aligned(n_bytes);
  const bool fits = persistent_ <= size_ - bytes_of_blocks(n_blocks_needed_);
  return fits ? arena_ + size_ - persistent_ : nullptr;
}

Status Loader::run(Loaded* loaded) {
  TRY(model_.status());
  for (int32_t g = 0; g < model_.n_subgraphs(); ++g) {
    const Subgraph graph = model_.subgraph(g);
    const int32_t n = graph.n_tensors() + graph.n_operators();
    if (n > n_blocks_needed_) n_blocks_needed_ = n;
  }
  TRY(model_.status());
  const int32_t planning_bytes = bytes_of_blocks(n_blocks_needed_);
  if (planning_bytes <= size_) {
    all_blocks_ = {reinterpret_cast<Block*>(arena_), n_blocks_needed_};
    TRY(load_graphs());
  } else {
    TRY(load_graphs_blind());
  }
  const int32_t low = region_ > planning_bytes ? region_ : planning_bytes;
  const int32_t needed = persistent_ + low;
  if (needed > size_) {
    failure_->op = -1;
    failure_->op_name = "";
    const bool exact = all_blocks_.size > 0;
    failure_->status = Status::no_room;
    failure_->why = exact ? Reason("the arena is too small (bytes)")
                          : Reason("the arena is too small to plan in (bytes); at least this is needed");
    failure_->got = size_ > 0 ? size_ + lost_ : 0;
    failure_->want = needed + lost_;
    return failure_->status;
  }
  *loaded = {graphs_, variables_, needed + lost_, persistent_};
  return Status::ok;
}

// Not inlined: its blocks are on the stack only when the load cannot succeed.
__attribute__((noinline)) Status Loader::load_graphs_blind() {
  Block blocks[kBlindBlocks];
  if (n_blocks_needed_ <= kBlindBlocks) all_blocks_ = {blocks, n_blocks_needed_};
  const Status status = load_graphs();
  if (all_blocks_.size > 0) all_blocks_ = {reinterpret_cast<Block*>(arena_), n_blocks_needed_};
  return status;
}

Status Loader::load_graphs() {
  const int32_t n = model_.n_subgraphs();
  graphs_ = {reinterpret_cast<Graph*>(take(n * static_cast<int32_t>(sizeof(Graph)))), n};
  for (int32_t g = 0; g < n; ++g) {
    TRY(load_graph(g));
    TRY(model_.status());
  }
  return Status::ok;
}

Status Loader::load_graph(int32_t g) {
  subgraph_ = model_.subgraph(g);
  const int32_t n_tensors = subgraph_.n_tensors();
  const int32_t n_ops = subgraph_.n_operators();
  blocks_ = {all_blocks_.data, all_blocks_.size > 0 ? n_tensors + n_ops : 0};
  for (Block& block : blocks_) block = {0, 0, kUntouched, kUntouched};

  const int32_t n_inputs = subgraph_.inputs().size, n_outputs = subgraph_.outputs().size;
  auto** operands =
      reinterpret_cast<void**>(take((n_inputs + n_outputs) * static_cast<int32_t>(sizeof(void*))));
  now_ = 0;
  failure_->op = -1;
  failure_->op_name = "";
  TRY(add_operands(subgraph_.inputs(), true, operands));
  Step* first = nullptr;
  Step** link = &first;
  for (int32_t i = 0; i < n_ops; ++i) {
    now_ = static_cast<int16_t>(i);
    Step* step = nullptr;
    TRY(load_op(g, i, &step));
    *link = step;
    if (step) link = &step->next;
  }
  now_ = static_cast<int16_t>(n_ops);
  failure_->op = -1;
  failure_->op_name = "";
  TRY(add_operands(subgraph_.outputs(), false, operands ? operands + n_inputs : nullptr));
  TRY(model_.status());

  const int32_t planned = plan(blocks_);
  if (planned < 0 || planned > kMaxArenaBytes / 2 - region_) {
    model_.reader().fail("the activations are larger than any memory", planned, kMaxArenaBytes / 2);
    return model_.status();
  }
  if (listener_) listener_->planned(g, blocks_);
  const bool fits = persistent_ + region_ + planned <= size_ && operands && graphs_.data;
  if (fits) {
    for (Step* step = first; step; step = step->next) {
      resolve(step->slots(), step->n_inputs + step->n_outputs);
      resolve(&step->scratch, 1);
    }
    resolve(operands, n_inputs + n_outputs);
    graphs_[g] = {first, operands, static_cast<uint8_t>(n_inputs), static_cast<uint8_t>(n_outputs)};
  }
  region_ += planned;
  return Status::ok;
}

// Prepares one operator and appends its step: header, slots, Params.
Status Loader::load_op(int32_t g, int32_t index, Step** appended) {
  const Operator op = subgraph_.op(index);
  TRY(model_.status());
  const Op* record = find_op(ops_, op);
  if (!record) return missing_op(index, op);
  failure_->op = static_cast<int16_t>(index);
  failure_->op_name = record->name;

  Prepare prepare(subgraph_, op, failure_);
  TRY(record->prepare(prepare));
  TRY(model_.status());
  if (listener_) listener_->prepared(g, index, prepare);

  const int32_t n_inputs = op.inputs.size, n_outputs = op.outputs.size;
  const auto slot_bytes = (n_inputs + n_outputs) * static_cast<int32_t>(sizeof(void*));
  auto* step =
      reinterpret_cast<Step*>(take(static_cast<int32_t>(sizeof(Step)) + slot_bytes + prepare.params_bytes()));
  if (step) {
    *step = {prepare.eval(), nullptr, nullptr, static_cast<uint8_t>(n_inputs),
             static_cast<uint8_t>(n_outputs)};
    copy_bytes(step->params(), prepare.params_data(), prepare.params_bytes());
  }
  TRY(add_operands(op.inputs, false, step ? step->slots() : nullptr));
  TRY(add_operands(op.outputs, true, step ? step->slots() + n_inputs : nullptr));
  if (prepare.scratch_bytes() > 0) {
    const int32_t scratch = subgraph_.n_tensors() + index;
    if (blocks_.size > 0) blocks_[scratch] = {prepare.scratch_bytes(), 0, now_, now_};
    if (step) step->scratch = unresolved(scratch);
  }
  *appended = step;
  return Status::ok;
}

// Fails with the number of all operators that the list lacks.
Status Loader::missing_op(int32_t index, const Operator& op) {
  int32_t n_missing = 0;
  for (int32_t g = 0; g < model_.n_subgraphs(); ++g) {
    const Subgraph graph = model_.subgraph(g);
    for (int32_t i = 0; i < graph.n_operators(); ++i) n_missing += find_op(ops_, graph.op(i)) == nullptr;
  }
  TRY(model_.status());
  failure_->status = Status::unsupported;
  failure_->op = static_cast<int16_t>(index);
  failure_->op_name = op.custom_name;
  failure_->why = "operators that this program does not carry (got: how many; want: the first one's code)";
  failure_->got = n_missing;
  failure_->want = op.code;
  return failure_->status;
}

Status Loader::add_operands(const Vector& tensors, bool written, void** slots) {
  for (int32_t i = 0; i < tensors.size; ++i)
    TRY(add_operand(tensors.get<int32_t>(i), written, slots ? slots + i : nullptr));
  return Status::ok;
}

// Notes that the current step reads or writes a tensor, and where its address goes once it is known.
Status Loader::add_operand(int32_t index, bool written, void** slot) {
  if (slot) *slot = nullptr;
  Block* block = index >= 0 && index < subgraph_.n_tensors() && blocks_.size > 0 ? &blocks_[index] : nullptr;
  if (!block || block->first == kUntouched) {
    const Tensor tensor = subgraph_.tensor(index);
    TRY(model_.status());
    if (!tensor.present || (tensor.is_constant && !tensor.is_variable)) {
      if (written)
        model_.reader().fail("an operator must not write to a constant or left out tensor", index, -1);
      if (slot) *slot = tensor.data;
      return model_.status();
    }
    if (!block) return Status::ok;
    if (tensor.is_variable) {
      *block = {0, add_variable(tensor), kPinned, kPinned};
    } else {
      if (!written && tensor.n_bytes > 0)
        model_.reader().fail("a tensor is read before anything writes it", index, -1);
      *block = {tensor.n_bytes, 0, now_, now_};
    }
  }
  if (block->first != kPinned) block->last = now_;
  if (slot) *slot = unresolved(index);
  return model_.status();
}

// Gives a variable its place among the persistent bytes; returns where it starts, from the arena's start.
int32_t Loader::add_variable(const Tensor& tensor) {
  auto* variable = reinterpret_cast<Variable*>(take(static_cast<int32_t>(sizeof(Variable)) + tensor.n_bytes));
  if (!variable) return 0;
  const uint8_t initial = tensor.type == Type::int8 ? static_cast<uint8_t>(tensor.zero_point()) : 0;
  *variable = {variables_, tensor.n_bytes, initial};
  variables_ = variable;
  return static_cast<int32_t>(variable->bytes() - arena_);
}

void Loader::resolve(void** slots, int32_t n) {
  for (int32_t i = 0; i < n; ++i) {
    const uintptr_t index = ~reinterpret_cast<uintptr_t>(slots[i]);
    if (index >= kMaxUnresolved) continue;
    const Block& block = blocks_[static_cast<int32_t>(index)];
    slots[i] = arena_ + block.place + (block.first == kPinned ? 0 : region_);
  }
}

}  // namespace

const Op* find_op(Span<const Op* const> ops, const Operator& op) {
  for (const Op* candidate : ops)
    if (candidate->code == op.code && (op.code != kCustom || same_text(candidate->name, op.custom_name)))
      return candidate;
  return nullptr;
}

Status load_model(Bytes model, MutableBytes arena, Span<const Op* const> ops, Loaded* loaded,
                  Failure* failure, LoadListener* listener) {
  *failure = {};
  return Loader(model, arena, ops, failure, listener).run(loaded);
}

}  // namespace inkling
