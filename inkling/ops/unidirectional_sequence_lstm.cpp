// UNIDIRECTIONAL_SEQUENCE_LSTM: int8 (bias int32), int16 over int8 weights (bias int64), float32. Without
// peepholes, projection, coupled gates and layer normalization, as in the reference for microcontrollers.
#include "inkling/ops.h"
#include "inkling/prepare/lstm.h"

namespace inkling::ops {
namespace {

template <class Weight, class Bias>
LstmWeights<Weight, Bias> weights_of(const Io& io) {
  LstmWeights<Weight, Bias> w;
  for (int32_t g = 0; g < kGates; ++g) {
    w.input[g] = io.in<Weight>(lstm::input_weights + g);
    w.state[g] = io.in<Weight>(lstm::state_weights + g);
    w.bias[g] = io.in<Bias>(lstm::biases + g);
  }
  return w;
}

template <class Type>
void eval_integer(const void* params, const Io& io) {
  const auto& p = *static_cast<const LstmParams*>(params);
  const auto weights = weights_of<int8_t, typename Type::Bias>(io);
  using Number = typename Type::Number;
  run_sequence(p.shape, LstmUnit<Arch, Type>{p, weights}, io.in<Number>(lstm::sequence),
               io.state<Number>(lstm::state), io.state<int16_t>(lstm::cell), io.out<Number>(0));
}

void eval_float(const void* params, const Io& io) {
  const auto& p = *static_cast<const LstmFloatParams*>(params);
  const auto weights = weights_of<float, float>(io);
  run_sequence(p.shape, LstmFloatUnit{p, weights}, io.in<float>(lstm::sequence), io.state<float>(lstm::state),
               io.state<float>(lstm::cell), io.out<float>(0));
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(c.expect(1, 24, 1));
  const Type type = c.input(lstm::sequence).type;
  if (carries(types, Type::int8) && type == Type::int8) {
    TRY(prepare_lstm(c, Type::int32, &c.params<LstmParams>()));
    return c.run_with<eval_integer<LstmInt8<Arch>>>();
  }
  if (carries(types, Type::int16) && type == Type::int16) {
    TRY(prepare_lstm(c, Type::int64, &c.params<LstmParams>()));
    return c.run_with<eval_integer<LstmInt16>>();
  }
  if (carries(types, Type::float32) && type == Type::float32) {
    TRY(prepare_lstm(c, &c.params<LstmFloatParams>()));
    return c.run_with<eval_float>();
  }
  return c.no_kernel(type);
}

}  // namespace

const Op unidirectional_sequence_lstm = {"UNIDIRECTIONAL_SEQUENCE_LSTM", 44, prepare<Types::any>};
const Op int8::unidirectional_sequence_lstm = {"UNIDIRECTIONAL_SEQUENCE_LSTM", 44, prepare<Types::int8>};
const Op int16::unidirectional_sequence_lstm = {"UNIDIRECTIONAL_SEQUENCE_LSTM", 44, prepare<Types::int16>};
const Op float32::unidirectional_sequence_lstm = {"UNIDIRECTIONAL_SEQUENCE_LSTM", 44,
                                                  prepare<Types::float32>};

}  // namespace inkling::ops
