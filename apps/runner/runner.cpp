// The case runner: runs the cases of the file cases.bin with every operator and writes what came of them to
// results.bin (records.h). Leaves out judging, which is the desk's, and intermediate tensors.
#include "apps/runner/records.h"
#include "boards/virtual/guard.h"
#include "boards/virtual/semihosting.h"
#include "inkling/inkling.h"

namespace inkling {
extern const Op* const all_ops_table[];
extern const int32_t n_all_ops;
}  // namespace inkling

namespace inkling::runner {
namespace {

alignas(16) [[gnu::section(".arena")]] uint8_t pool[INKLING_POOL_BYTES];

/// Where a model and its arena lie in the pool: one after the other, or each at the end of a half, where a
/// guard sees what goes too far.
struct Places {
  uint8_t* model;
  MutableBytes arena;  // as large as it can be
  bool guarded;

  explicit Places(int32_t n_model) {
    constexpr int32_t kHalf = INKLING_POOL_BYTES / 2;
    guarded = kHasGuard && n_model <= kHalf;
    const int32_t n_padded = (n_model + 15) & -16;
    model = guarded ? pool + kHalf - ((n_model + 3) & -4) : pool;
    arena = guarded ? MutableBytes{pool + kHalf, kHalf}
                    : MutableBytes{pool + n_padded, INKLING_POOL_BYTES - n_padded};
  }
  MutableBytes arena_of(int32_t n_bytes) const {
    return {guarded ? arena.end() - n_bytes : arena.data, n_bytes};
  }
};

/// The cases, read from front to back.
class Cases {
 public:
  bool word(uint32_t* value) { return semihosting::read(file_, value, sizeof *value) == sizeof *value; }
  uint32_t word() {
    uint32_t value = 0;
    static_cast<void>(word(&value));
    return value;
  }
  void bytes(void* to, int32_t n_bytes) {
    if (n_bytes > 0) semihosting::read(file_, to, n_bytes);
  }
  bool next_case() {
    semihosting::seek(file_, next_);
    uint32_t n_bytes;
    if (!word(&n_bytes)) return false;
    next_ += n_bytes + static_cast<uint32_t>(sizeof n_bytes);
    return true;
  }

 private:
  int32_t file_ = semihosting::open("cases.bin");
  uint32_t next_ = 0;
};

/// The results, written as they come, so that a crash leaves those before it.
class Results {
 public:
  void bytes(const void* from, int32_t n_bytes) { semihosting::write(file_, from, n_bytes); }
  void word(uint32_t value) { bytes(&value, sizeof value); }
  void word(int32_t value) { word(static_cast<uint32_t>(value)); }
  template <class... Words>
  void begin(Outcome outcome, Words... words) {
    word(kBegin);
    word(static_cast<uint32_t>(outcome));
    (word(words), ...);
  }

 private:
  int32_t file_ = semihosting::open("results.bin", semihosting::Access::write);
};

struct Case {
  Bytes model;
  MutableBytes arena;
  bool guarded;
  uint32_t n_invokes, n_inputs;

  Interpreter load() const {
    const Guard guard(model, arena, guarded);
    return Interpreter(model, arena, {all_ops_table, n_all_ops});
  }
  Status invoke(Interpreter& net) const {
    const Guard guard(model, arena, guarded);
    return net.invoke();
  }
};

void refuse(Results& results, const Failure& failure) {
  int32_t n_name = 0;
  while (failure.op_name[n_name] != '\0') ++n_name;
  results.begin(Outcome::refused, static_cast<uint32_t>(failure.status), static_cast<int32_t>(failure.op),
                static_cast<uint32_t>(failure.why.number), failure.got, failure.want, n_name);
  results.bytes(failure.op_name, n_name);
}

/// Reads the inputs of one invoke. False if one has another size than the model's; then that is written.
bool feed(Cases& cases, Results& results, const Case& c, const Interpreter& net, uint32_t invoke) {
  for (uint32_t i = 0; i < c.n_inputs; ++i) {
    const Tensor input = net.input(static_cast<int32_t>(i));
    const uint32_t n_bytes = cases.word();
    if (n_bytes == kNothing) continue;
    if (n_bytes != static_cast<uint32_t>(input.n_bytes)) {
      if (invoke == 0) results.begin(Outcome::misfed, i, n_bytes, input.n_bytes);
      return false;
    }
    cases.bytes(input.data, input.n_bytes);
  }
  return true;
}

void write_outputs(Results& results, const Interpreter& net) {
  results.word(static_cast<uint32_t>(net.stopped()));
  results.word(net.n_outputs());
  for (int32_t i = 0; i < net.n_outputs(); ++i) {
    const Tensor output = net.output(i);
    results.word(output.n_bytes);
    results.bytes(output.data, output.n_bytes);
  }
}

/// Runs a model that nobody trusts, whatever it takes as inputs.
void run_untrusted(Results& results, const Case& c, Interpreter& net) {
  results.begin(Outcome::ran);
  uint32_t random = 1;
  for (uint32_t k = 0; k < c.n_invokes; ++k) {
    int32_t steps_left = kMaxUntrustedSteps;  // it may go round for ever
    net.observe([](void* left, const StepEvent&) { return --*static_cast<int32_t*>(left) > 0; }, &steps_left);
    for (int32_t i = 0; i < net.n_inputs(); ++i) {
      const Tensor input = net.input(i);
      for (int32_t at = 0; at < input.n_bytes; ++at) {
        random = random * 1664525u + 1013904223u;
        input.as<uint8_t>()[at] = static_cast<uint8_t>(random >> 24);
      }
    }
    if (c.invoke(net) != Status::ok) return;
    write_outputs(results, net);
  }
}

void run(Cases& cases, Results& results, const Case& c, Interpreter& net) {
  if (c.n_invokes == 0) return results.begin(Outcome::ran);  // it was only to be loaded
  if (c.n_inputs == kNothing) return run_untrusted(results, c, net);
  if (c.n_inputs != static_cast<uint32_t>(net.n_inputs()))
    return results.begin(Outcome::misfed, kNothing, c.n_inputs, net.n_inputs());
  for (uint32_t k = 0; k < c.n_invokes; ++k) {
    if (cases.word() != 0) net.reset();
    if (!feed(cases, results, c, net, k)) return;
    if (k == 0) results.begin(Outcome::ran);
    if (c.invoke(net) != Status::ok) return;
    write_outputs(results, net);
  }
}

void run(Cases& cases, Results& results) {
  const auto n_model = static_cast<int32_t>(cases.word());
  const Places places(n_model);
  Case c{{places.model, n_model}, places.arena, places.guarded, cases.word(), cases.word()};
  constexpr auto kPresent = static_cast<int32_t>(INKLING_POOL_BYTES);
  if (n_model > kPresent - 16) return results.begin(Outcome::no_room, n_model, kPresent);
  cases.bytes(places.model, n_model);
  {
    // The bytes that it needs are all that it gets.
    const Interpreter first = c.load();
    const Failure& failure = first.failure();
    if (failure.status == Status::no_room)
      return results.begin(Outcome::no_room, n_model + failure.want, kPresent);
    if (failure.status != Status::ok) return refuse(results, failure);
    c.arena = places.arena_of(first.arena_used());
  }
  Interpreter net = c.load();
  if (net.status() != Status::ok) return refuse(results, net.failure());
  run(cases, results, c, net);
}

}  // namespace
}  // namespace inkling::runner

int main() {
  using namespace inkling::runner;
  Cases cases;
  Results results;
  while (cases.next_case()) {
    run(cases, results);
    results.word(kEnd);
  }
  return 0;
}
