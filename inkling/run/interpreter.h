// Interpreter: a .tflite model in flash, an arena, a list of operators - load, set inputs, invoke, read
// outputs.
#pragma once
#include "inkling/core/runtime.h"
#include "inkling/core/tensor.h"

namespace inkling {

/// Runs one model. Any number may live side by side, each with its own arena; nothing is global.
///
///     alignas(8) static uint8_t arena[6000];
///     constexpr inkling::OpList ops{inkling::ops::int8::fully_connected};
///     inkling::Interpreter net(model, arena, ops);
///     net.input(0).as<int8_t>()[0] = 42;
///     if (net.invoke() != inkling::Status::ok) report(net.failure());
class Interpreter {
 public:
  /// Reads, prepares and plans the model. `model` is read in place and must lie at a multiple of 4 bytes;
  /// model, arena and ops must outlive the interpreter. Whether it worked is in status(); with no_room,
  /// failure().want is the size that the arena needs.
  Interpreter(Bytes model, MutableBytes arena, Span<const Op* const> ops);
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  Status status() const { return failure_.status; }
  const Failure& failure() const { return failure_; }

  int32_t n_inputs() const { return loaded() ? runtime_.graphs[0].n_inputs : 0; }
  int32_t n_outputs() const { return loaded() ? runtime_.graphs[0].n_outputs : 0; }
  /// The model's input or output number `i`: type, shape, quantization and where its bytes lie. Absent
  /// (present == false, data == null) when there is no such one or the model was not loaded. Inputs must be
  /// written before each invoke: their memory is used for other things while the model runs.
  Tensor input(int32_t i) const;
  Tensor output(int32_t i) const;

  /// Computes the outputs from the inputs. Variables keep their values for the next time.
  Status invoke();
  /// Gives all variables their initial values.
  void reset() { runtime_.reset(); }

  /// The bytes of the arena that the model needs; a smaller arena fails with no_room.
  int32_t arena_used() const { return arena_used_; }
  /// Calls `observer` before and after each operator; returning false from it ends the run there. Null
  /// switches off.
  void observe(Observer observer, void* context);
  /// Whether the last invoke ended before its last operator.
  bool stopped() const { return runtime_.stopped; }

 private:
  bool loaded() const { return failure_.status == Status::ok; }
  Tensor operand(int32_t i, bool output) const;

  Bytes model_;
  Runtime runtime_;
  int32_t arena_used_ = 0;
  Failure failure_;
};

}  // namespace inkling
