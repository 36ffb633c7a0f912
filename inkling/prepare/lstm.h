// The checks and scales of UNIDIRECTIONAL_SEQUENCE_LSTM.
#pragma once
#include "inkling/kernels/lstm.h"
#include "inkling/prepare/quantization.h"

namespace inkling {

namespace lstm {
/// Inputs: single ones, and the first of those that come in fours, one per gate.
enum Input : int32_t {
  sequence = 0,
  input_weights = 1,
  state_weights = 5,
  biases = 12,
  state = 18,
  cell = 19
};
}  // namespace lstm

/// An LSTM of integers over int8 weights with biases of type `bias`. Fails for what the kernel does not have:
/// peepholes, projection, coupled gates, layer normalization, activations other than tanh, cells whose scale
/// is no power of two.
Status prepare_lstm(Prepare& context, Type bias, LstmParams* params);

/// An LSTM of floats, with the same limits.
Status prepare_lstm(Prepare& context, LstmFloatParams* params);

}  // namespace inkling
