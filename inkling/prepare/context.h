// Prepare: what an operator sees of one use of itself while the model is loaded. It looks at the tensors and
// options, fills its Params, chooses its Eval and asks for scratch - or says why it cannot.
#pragma once
#include "inkling/core/lead.h"
#include "inkling/core/memory.h"
#include "inkling/core/persistent.h"
#include "inkling/format/model.h"
#include "inkling/prepare/kernel.h"
#include "inkling/prepare/params.h"

namespace inkling {

/// The context of one operator's prepare function. Reading errors stick in the model's reader and are noticed
/// by the loader, so prepare need not ask after every access.
class Prepare {
 public:
  Prepare(const Subgraph& graph, const Operator& op, Persistent* persistent, Failure* failure)
      : graph_(graph), op_(op), persistent_(persistent), failure_(failure) {}

  int32_t n_inputs() const { return op_.inputs.size; }
  int32_t n_outputs() const { return op_.outputs.size; }
  /// Input `i`; absent where the model leaves it out.
  Tensor input(int32_t i) const;
  Tensor output(int32_t i) const;
  /// Where input `i` lies in the model if it is a constant that has been looked at, else null.
  void* constant(int32_t i) const { return i < kRemembered ? constants_[i] : nullptr; }
  const Subgraph& graph() const { return graph_; }
  /// Another subgraph of the model; an index outside fails the load.
  Subgraph subgraph(int32_t i) const { return graph_.sibling(i); }
  int32_t n_subgraphs() const { return graph_.n_siblings(); }
  const Operator& op() const { return op_; }

  /// The scalar in field `id` of the operator's options.
  template <class T>
  T option(int32_t id, T otherwise) const {
    return op_.options.scalar<T>(id, otherwise);
  }

  /// Checks the operand counts: at least `min_inputs` and at most `max_inputs` inputs of which the first
  /// `min_inputs` are present, and exactly `n_outputs` outputs.
  Status expect(int32_t min_inputs, int32_t max_inputs, int32_t n_outputs);

  /// The operator's Params, zeroed. Plain data that lists its members in `visit`; called once per prepare.
  template <class P>
  P& params() {
    static_assert(sizeof(P) <= kMaxParamsBytes, "raise kMaxParamsBytes or keep less");
    static_assert(alignof(P) <= alignof(void*), "Params follow pointers in memory");
    static_assert(__is_trivially_copyable(P), "Params are copied as bytes");
    params_bytes_ = sizeof(P);
    fill_bytes(params_, 0, sizeof(P));
#if INKLING_DESCRIBE_PARAMS
    describe_ = describe<P>;
    params_type_ = type_name<P>();
#endif
    return *reinterpret_cast<P*>(params_);
  }

  /// Chooses what runs; the last thing that a successful prepare does.
  Status run_with(const Kernel& chosen) {
    kernel_ = chosen;
    return Status::ok;
  }
  template <Eval eval>
  Status run_with() {
    return run_with(kernel<eval>);
  }
  /// Asks for memory that is the step's own while it runs. Its contents do not survive the step.
  void request_scratch(int32_t n_bytes) {
    scratch_bytes_ = n_bytes;
  }
  /// Takes memory that keeps its contents between invocations and starts with zeros at each reset. A step has
  /// scratch or state, not both.
  void take_state(int32_t n_bytes) {
    state_ = persistent_->add_variable(n_bytes, 0, nullptr);
  }
  /// Lets the output overlap input 0 or 1 if nobody else needs that.
  void share(int32_t i, Lead lead);
  Lead lead(int32_t i) const {
    return leads_[i];
  }
  static constexpr int32_t kSharing = 2;
  /// Makes output 0 stand for memory at `place`, from the arena's start: whoever reads the output gets those
  /// bytes.
  void pin_output(int32_t place) {
    pinned_ = place;
  }
  static constexpr int32_t kNotPinned = -1;

  /// Records why this operator cannot be prepared. The first failure of a load is kept.
  Status fail(Status status, Reason why, int32_t got = 0, int32_t want = 0);
  /// Fails because there is no kernel for this type, or because the program does not carry it.
  Status no_kernel(Type type);

  Eval eval() const {
    return kernel_.eval;
  }
  const void* params_data() const {
    return params_;
  }
  int32_t params_bytes() const {
    return params_bytes_;
  }
  int32_t scratch_bytes() const {
    return scratch_bytes_;
  }
  Variable* state() const {
    return state_;
  }
  int32_t pinned() const {
    return pinned_;
  }
  Persistent& persistent() const {
    return *persistent_;
  }
#if INKLING_DESCRIBE_PARAMS
  Describe describe_params() const {
    return describe_;
  }
  /// The C++ name of the eval, and of the Params' type (null without Params), as the compiler writes them.
  const char* eval_name() const {
    return kernel_.name;
  }
  const char* params_type() const {
    return params_type_;
  }
#endif

 private:
  const Subgraph& graph_;
  const Operator& op_;
  Persistent* persistent_;
  Failure* failure_;
  static constexpr int32_t kRemembered = 4;
  mutable void* constants_[kRemembered] = {};
  Kernel kernel_;
  int32_t params_bytes_ = 0;
  int32_t scratch_bytes_ = 0;
  int32_t pinned_ = kNotPinned;
  Lead leads_[kSharing];
  Variable* state_ = nullptr;
#if INKLING_DESCRIBE_PARAMS
  Describe describe_ = nullptr;
  const char* params_type_ = nullptr;
#endif
  alignas(void*) uint8_t params_[kMaxParamsBytes];  // zeroed as far as they are used
};

}  // namespace inkling
