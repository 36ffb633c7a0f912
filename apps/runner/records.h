// What the case runner and the desk say to each other in two files of 32-bit little-endian words and bytes.
//
// cases.bin, for each case:
//   n_bytes of all that follows, n_model_bytes, n_invokes, n_inputs, the model;
//   n_inputs is kNothing for a model that nobody trusts: it runs on whatever bytes, for some steps.
//   Otherwise, for each invoke: 1 to reset first, else 0; for each input its n_bytes, or kNothing, and the
//   bytes.
// results.bin, for each case: kBegin, an Outcome, then
//   ran:      for each invoke: 1 if stopped early, n_outputs; for each output its n_bytes and the bytes
//   refused:  status, op, reason, got, want, n_bytes of the operator's name and the name
//   no_room:  bytes that are needed, bytes that there are (model and arena)
//   misfed:   the input's index, bytes that the case has, bytes that the model takes
// and kEnd. A record without kEnd is one in which the program crashed.
#pragma once
#include <stdint.h>

namespace inkling::runner {

constexpr uint32_t kNothing = 0xffffffff;
constexpr uint32_t kBegin = 0x67656221;  // "!beg"
constexpr uint32_t kEnd = 0x646e6521;    // "!end"

/// How many steps a model that nobody trusts may take in one invocation.
constexpr int32_t kMaxUntrustedSteps = 20000;

enum class Outcome : uint32_t { ran, refused, no_room, misfed };

}  // namespace inkling::runner
