// Fuzzes the engine with every operator: prepare, plan, invoke. Whatever the model, the arena's size and
// address and the inputs: it ends, touches nothing but arena and inputs, writes nothing to the model, and
// where the arena is too small says how many bytes would do. A run is cut after some steps, because a model
// may go round for long.
#include "tests/engine_test.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/model_input.h"

namespace inkling::host::fuzz {
namespace {

constexpr int32_t kMaxSteps = 64;
constexpr int32_t kMaxArenaBytes = 1 << 16;

bool count_down(void* steps_left, const StepEvent&) {
  return --*static_cast<int32_t*>(steps_left) > 0;
}

void run(Interpreter& net, Random& random) {
  for (int32_t k = 0; k < 2; ++k) {
    int32_t steps_left = kMaxSteps;
    net.observe(count_down, &steps_left);
    const bool same = random.one_in(2);
    const uint32_t word = random.bits();
    for (int32_t i = 0; i < net.n_inputs(); ++i) {
      const Tensor input = net.input(i);
      for (int32_t at = 0; at < input.n_bytes; ++at)
        input.as<uint8_t>()[at] = static_cast<uint8_t>(same ? word >> at % 4 * 8 : random.bits());
    }
    claim(net.invoke() == Status::ok, "a loaded model can be invoked");
    for (int32_t i = 0; i < net.n_outputs(); ++i)
      if (net.output(i).data)
        exact_copy(net.output(i).as<uint8_t>(), static_cast<size_t>(net.output(i).n_bytes));
  }
  net.reset();
}

/// Loads the model into an arena of that size, runs it if it can, and returns the bytes that the failure asks
/// for, 0 if that is not what failed.
int32_t try_arena(Bytes model, int32_t n_bytes, const Setup& setup) {
  const int32_t misalignment = setup.misalignment % 8;
  const std::unique_ptr<uint8_t[]> memory(new uint8_t[static_cast<size_t>(n_bytes + misalignment)]);
  Interpreter net(model, {memory.get() + misalignment, n_bytes}, all_ops());
  const Failure& failure = net.failure();
  if (failure.status == Status::ok) {
    Random random(setup.seed);
    run(net, random);
    return 0;
  }
  claim(failure.why.text[0] != '\0', "a refusal says why");
  claim(net.n_inputs() == 0 && net.invoke() != Status::ok, "a model that was refused cannot be invoked");
  if (failure.status != Status::no_room) return 0;
  claim(failure.got <= n_bytes && failure.want > n_bytes, "a refusal asks for more bytes than there are");
  return failure.want;
}

}  // namespace
}  // namespace inkling::host::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace inkling::host::fuzz;
  const ModelInput input(data, size);
  const auto model = exact_copy(input.model.data(), input.model.size());
  const inkling::Bytes bytes{model.get(), static_cast<int32_t>(input.model.size())};
  int32_t n_bytes = input.setup.arena_bytes;
  // Where there is not even room to plan in, the first answer is a lower bound.
  for (int32_t tries = 0; tries < 3 && n_bytes <= inkling::host::fuzz::kMaxArenaBytes; ++tries) {
    n_bytes = try_arena(bytes, n_bytes, input.setup);
    if (n_bytes == 0) break;
    claim(tries < 2, "the second answer is exact");
  }
  claim(std::equal(input.model.begin(), input.model.end(), model.get()), "the model is as it was");
  return 0;
}
