// The load: prepare every operator, note lifetimes, plan, and turn tensor indices into addresses. When the
// arena is too small it goes on counting, so that the failure can name the bytes that are needed.
#include "inkling/run/loader.h"

#include "inkling/prepare/context.h"

namespace inkling {
namespace {

// Marks in Block::first of tensors that no step has touched, and of variables, whose place is fixed.
constexpr int16_t kUntouched = -2;
constexpr int16_t kPinned = -3;
// The step before the first one: there the subgraph's inputs are written.
constexpr int16_t kBefore = -1;

// Blocks for a load that fails anyway, when not even the planner's blocks fit into the arena.
constexpr int32_t kBlindBlocks = 64;

// Only the desk listens to a load.
constexpr bool kListens = __STDC_HOSTED__;

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
    lost_ = static_cast<int32_t>(-reinterpret_cast<uintptr_t>(arena.data) & (kArenaAlignment - 1));
    const int32_t usable = arena.size > lost_ ? (arena.size - lost_) & -kArenaAlignment : 0;
    memory_ = {arena.data + lost_, usable, 0};
  }

  Status run(Loaded* loaded);

 private:
  Status count_blocks(int32_t* n_blocks);
  Status load_graphs();
  Status load_graphs_blind();
  Status load_graph(int32_t g);
  Status load_op(int32_t g, int32_t index, Step** appended);
  Status missing_op(int32_t index, const Operator& op);
  Status no_room(int32_t needed);
  Status plan_graph(int32_t g, Step* first, Operand* operands);
  Status add_operand(int32_t index, bool written, void** slot);
  Status add_operands(const Vector& tensors, bool written, Operand* operands);
  void share(int32_t input, int32_t output, Lead lead);
  void resolve(void** slot) const;
  void at_op(int32_t index, const char* name);

  Model model_;
  Span<const Op* const> ops_;
  Failure* failure_;
  LoadListener* listener_;
  Persistent memory_;
  int32_t lost_;            // bytes in front of the arena's first aligned one
  int32_t region_ = 0;      // where the current subgraph's activations start
  Span<Block> all_blocks_;  // for the largest subgraph; empty when there is no room to plan in
  Span<Block> blocks_;      // for the current one: its tensors, then its operators' scratch
  Span<Graph> graphs_;
  Subgraph subgraph_;
  int16_t graph_index_ = 0;
  int16_t now_ = 0;  // index of the step that is being added
};

void Loader::at_op(int32_t index, const char* name) {
  failure_->op = static_cast<int16_t>(index);
  failure_->op_name = name;
}

// Counts what the largest subgraph needs to be planned. Not inlined: its frame ends before the deep ones
// begin.
[[gnu::noinline]] Status Loader::count_blocks(int32_t* n_blocks) {
  int32_t n_operators = 0;
  for (int32_t g = 0; g < model_.n_subgraphs(); ++g) {
    const Subgraph graph = model_.subgraph(g);
    const int32_t n = graph.n_tensors() + graph.n_operators();
    if (n > *n_blocks) *n_blocks = n;
    n_operators += graph.n_operators();
    // Of all subgraphs together, as they may be one and the same in the file.
    if (n_operators > kMaxOperators) {
      model_.reader().fail("the model has too many operators", n_operators, kMaxOperators);
      break;
    }
  }
  return model_.status();
}

Status Loader::run(Loaded* loaded) {
  TRY(model_.status());
  int32_t n_blocks = 0;
  TRY(count_blocks(&n_blocks));
  memory_.reserved_bytes = bytes_of_blocks(n_blocks);
  all_blocks_ = {reinterpret_cast<Block*>(memory_.arena), n_blocks};
  const bool blind = memory_.reserved_bytes > memory_.arena_bytes;
  TRY(blind ? load_graphs_blind() : load_graphs());
  const int32_t needed =
      memory_.n_bytes + (region_ > memory_.reserved_bytes ? region_ : memory_.reserved_bytes);
  if (needed > memory_.arena_bytes) return no_room(needed);
  *loaded = {graphs_, memory_.variables, needed + lost_, memory_.n_bytes};
  return Status::ok;
}

Status Loader::no_room(int32_t needed) {
  at_op(-1, "");
  failure_->status = Status::no_room;
  failure_->why = all_blocks_.size > 0 ? Reason("the arena is too small (bytes)")
                                       : Reason("the arena is too small even to plan in (bytes; at least)");
  failure_->got = memory_.arena_bytes > 0 ? memory_.arena_bytes + lost_ : 0;
  failure_->want = needed + lost_;
  return failure_->status;
}

// Not inlined: its blocks are on the stack only when the load cannot succeed.
__attribute__((noinline)) Status Loader::load_graphs_blind() {
  Block blocks[kBlindBlocks];
  all_blocks_ = {blocks, all_blocks_.size <= kBlindBlocks ? all_blocks_.size : 0};
  return load_graphs();
}

Status Loader::load_graphs() {
  const int32_t n = model_.n_subgraphs();
  graphs_ = {reinterpret_cast<Graph*>(memory_.take(n * static_cast<int32_t>(sizeof(Graph)))), n};
  for (int32_t g = 0; g < n; ++g) TRY(load_graph(g));
  return Status::ok;
}

Status Loader::load_graph(int32_t g) {
  subgraph_ = model_.subgraph(g);
  graph_index_ = static_cast<int16_t>(g);
  const int32_t n_ops = subgraph_.n_operators(), n_inputs = subgraph_.inputs().size;
  const int32_t n_operands = n_inputs + subgraph_.outputs().size;
  blocks_ = {all_blocks_.data, all_blocks_.size > 0 ? subgraph_.n_tensors() + n_ops : 0};
  for (Block& block : blocks_) block = {0, 0, kUntouched, kUntouched, 0};

  auto* operands =
      reinterpret_cast<Operand*>(memory_.take(n_operands * static_cast<int32_t>(sizeof(Operand))));
  now_ = kBefore;
  at_op(-1, "");
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
  at_op(-1, "");
  TRY(add_operands(subgraph_.outputs(), false, operands ? operands + n_inputs : nullptr));
  return plan_graph(g, first, operands);
}

// Plans the current subgraph behind the ones before and turns the indices in its slots into addresses.
Status Loader::plan_graph(int32_t g, Step* first, Operand* operands) {
  const int32_t planned = kListens && listener_ ? listener_->place(blocks_) : plan(blocks_);
  if (planned < 0 || planned > kMaxArenaBytes - region_) {
    model_.reader().fail("the activations are larger than any memory", planned, kMaxArenaBytes);
    return model_.status();
  }
  if (kListens && listener_) listener_->planned(g, blocks_);
  if (memory_.n_bytes + region_ + planned <= memory_.arena_bytes && operands && graphs_.data) {
    for (Step* step = first; step; step = step->next) {
      for (int32_t i = 0; i < step->n_inputs + step->n_outputs; ++i) resolve(step->slots() + i);
      resolve(&step->scratch);
    }
    const int32_t n_inputs = subgraph_.inputs().size, n_outputs = subgraph_.outputs().size;
    for (int32_t i = 0; i < n_inputs + n_outputs; ++i) resolve(&operands[i].data);
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
  at_op(index, record->name);

  Prepare prepare(subgraph_, op, &memory_, failure_);
  TRY(record->prepare(prepare));
  TRY(model_.status());
  if (kListens && listener_) listener_->prepared(g, index, prepare);

  const int32_t n_inputs = op.inputs.size, n_outputs = op.outputs.size;
  const auto slot_bytes = (n_inputs + n_outputs) * static_cast<int32_t>(sizeof(void*));
  auto* step = reinterpret_cast<Step*>(
      memory_.take(static_cast<int32_t>(sizeof(Step)) + slot_bytes + prepare.params_bytes()));
  if (step) {
    void* state = prepare.state() ? prepare.state()->bytes() : nullptr;
    *step = {prepare.eval(), nullptr, state, static_cast<uint8_t>(n_inputs), static_cast<uint8_t>(n_outputs)};
    copy_bytes(step->params(), prepare.params_data(), prepare.params_bytes());
  }
  for (int32_t i = 0; i < n_inputs + n_outputs; ++i) {
    const bool written = i >= n_inputs;
    void** slot = step ? step->slots() + i : nullptr;
    if (void* constant = written ? nullptr : prepare.constant(i)) {
      if (slot) *slot = constant;  // known already
    } else {
      TRY(add_operand(written ? op.output(i - n_inputs) : op.input(i), written, slot));
    }
  }
  *appended = step;
  if (blocks_.size == 0) return Status::ok;
  if (prepare.pinned() != Prepare::kNotPinned)
    blocks_[op.output(0)] = {0, prepare.pinned(), kPinned, kPinned, 0};
  for (int32_t i = 0; i < Prepare::kSharing; ++i)
    if (prepare.lead(i).shares()) share(op.input(i), op.output(0), prepare.lead(i));
  if (prepare.scratch_bytes() > 0) {
    const int32_t scratch = subgraph_.n_tensors() + index;
    blocks_[scratch] = {prepare.scratch_bytes(), prepare.scratch_bytes(), now_, now_, 0};
    if (step) step->scratch = unresolved(scratch);
  }
  return Status::ok;
}

// Fails with the number of all operators that the list lacks. Not inlined, as many a frame is deeper than
// this.
[[gnu::noinline]] Status Loader::missing_op(int32_t index, const Operator& op) {
  int32_t n_missing = 0;
  for (int32_t g = 0; g < model_.n_subgraphs(); ++g) {
    const Subgraph graph = model_.subgraph(g);
    for (int32_t i = 0; i < graph.n_operators(); ++i) n_missing += find_op(ops_, graph.op(i)) == nullptr;
  }
  TRY(model_.status());
  at_op(index, op.custom_name);
  failure_->status = Status::unsupported;
  failure_->why =
      Reason("operators that this program does not carry (got: how many; want: the first one's code)");
  failure_->got = n_missing;
  failure_->want = op.code;
  return failure_->status;
}

// Notes the inputs or outputs of the subgraph itself. An output that an inner subgraph never writes has no
// place: whoever runs the subgraph leaves its own output as it was.
Status Loader::add_operands(const Vector& tensors, bool written, Operand* operands) {
  for (int32_t i = 0; i < tensors.size; ++i) {
    const auto index = tensors.get<int32_t>(i);
    const Tensor tensor = subgraph_.tensor(index, false);
    TRY(model_.status());
    if (operands) operands[i] = {nullptr, tensor.n_bytes};
    const bool unwritten = !written && graph_index_ > 0 && tensor.present && !tensor.is_constant &&
                           blocks_.size > 0 && blocks_[index].first == kUntouched;
    if (!unwritten) TRY(add_operand(index, written, operands ? &operands[i].data : nullptr));
  }
  return Status::ok;
}

// Notes that the current step reads or writes a tensor, and where its address goes once it is known.
Status Loader::add_operand(int32_t index, bool written, void** slot) {
  if (slot) *slot = nullptr;
  Block* block =
      static_cast<uint32_t>(index) < static_cast<uint32_t>(subgraph_.n_tensors()) && blocks_.size > 0
          ? &blocks_[index]
          : nullptr;
  if (!block || block->first == kUntouched) {
    const Tensor tensor = subgraph_.tensor(index, false);
    TRY(model_.status());
    if (!tensor.present || tensor.is_constant) {
      if (written)
        model_.reader().fail("an operator must not write to a constant or left out tensor", index, -1);
      if (slot) *slot = tensor.data;
      return model_.status();
    }
    if (!block) return Status::ok;
    if (tensor.is_variable) {
      const int32_t zero_point = subgraph_.tensor(index).zero_point();
      const uint8_t initial = tensor.type == Type::int8 ? static_cast<uint8_t>(zero_point) : 0;
      *block = {0, memory_.place_of(memory_.add_variable(tensor.n_bytes, initial, nullptr)), kPinned, kPinned,
                0};
    } else {
      if (!written && tensor.n_bytes > 0)
        model_.reader().fail("a tensor is read before anything writes it", index, -1);
      *block = {tensor.n_bytes, tensor.n_bytes, now_, now_, 0};
    }
  }
  if (block->first != kPinned) block->last = now_;
  block->lead = {};
  if (slot) *slot = unresolved(index);
  return model_.status();
}

// Lets the current step's output overlap one of its inputs, and both be placed when the larger one is. Holds
// unless a later step reads the input, too.
void Loader::share(int32_t input, int32_t output, Lead lead) {
  if (input == kNoTensor) return;
  Block &from = blocks_[input], &to = blocks_[output];
  if (from.n_bytes == 0 || to.n_bytes <= lead.n_bytes()) return;
  from.lead = lead;
  if (from.place < to.n_bytes) from.place = to.n_bytes;
  if (to.place < from.n_bytes) to.place = from.n_bytes;
}

void Loader::resolve(void** slot) const {
  const uintptr_t index = ~reinterpret_cast<uintptr_t>(*slot);
  if (index >= kMaxUnresolved) return;
  const Block& block = blocks_[static_cast<int32_t>(index)];
  *slot = memory_.arena + block.place + (block.first == kPinned ? 0 : region_);
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
