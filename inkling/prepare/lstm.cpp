// Shapes, then scales, of a long short-term memory.
#include "inkling/prepare/lstm.h"

namespace inkling {
namespace {

using namespace lstm;

enum Option : int32_t { activation, cell_clip, proj_clip, time_major };
// Tensor number `i`, which must be there with a type and a number of elements.
Status check_tensor(Prepare& c, int32_t i, Type type, int64_t n_elements) {
  const Tensor t = c.input(i);
  if (!t.present) return c.fail(Status::unsupported, "a weight, bias or state is left out", i, -1);
  if (t.type != type)
    return c.fail(Status::bad_type, "a weight, bias or state has the wrong type",
                  static_cast<int32_t>(t.type), static_cast<int32_t>(type));
  if (t.n_elements != n_elements)
    return c.fail(Status::bad_shape, "a weight, bias or state has the wrong size", t.n_elements,
                  static_cast<int32_t>(n_elements));
  return Status::ok;
}

Status check_operands(Prepare& c, Type weight, Type bias, Type cell_type, LstmShape* s) {
  const Tensor x = c.input(sequence), output = c.output(0), first = c.input(input_weights);
  if (x.shape.size != 3) return c.fail(Status::bad_shape, "the input must have rank 3", x.shape.size, 3);
  const bool by_time = c.option(time_major, false);
  *s = {x.dim(by_time ? 1 : 0), x.dim(by_time ? 0 : 1), x.dim(2), first.dim(0), by_time};
  for (int32_t g = 0; g < kGates; ++g) {
    TRY(check_tensor(c, input_weights + g, weight, int64_t{s->units} * s->inputs));
    TRY(check_tensor(c, state_weights + g, weight, int64_t{s->units} * s->units));
    TRY(check_tensor(c, biases + g, bias, s->units));
  }
  TRY(check_tensor(c, state, x.type, int64_t{s->batches} * s->units));
  TRY(check_tensor(c, cell, cell_type, int64_t{s->batches} * s->units));
  if (!c.input(state).is_variable || !c.input(cell).is_variable)
    return c.fail(Status::bad_model, "state and cell must be variables");
  if (output.type != x.type || output.n_elements != int64_t{s->batches} * s->steps * s->units)
    return c.fail(Status::bad_shape, "the output does not fit the input and the units", output.n_elements,
                  s->units);
  for (int32_t i = biases - 3; i < c.n_inputs(); ++i)
    if ((i < biases || (i >= int32_t{biases} + kGates && i != state && i != cell)) && c.input(i).present)
      return c.fail(Status::unsupported, "no peepholes, projection or layer normalization", i, -1);
  if (c.option(activation, schema::Activation::none) != schema::Activation::tanh)
    return c.fail(Status::unsupported, "the activation must be tanh",
                  static_cast<int32_t>(c.option(activation, schema::Activation::none)),
                  static_cast<int32_t>(schema::Activation::tanh));
  if (!(c.option(cell_clip, 0.0f) >= 0.0f)) return c.fail(Status::bad_value, "the cell's clip is negative");
  return Status::ok;
}

// The cell's scale is 2^power; tanh reads places of 3 / 4 * 2^-12.
Status prepare_cell(Prepare& c, float scale, LstmParams* p) {
  uint32_t bits;
  copy_bytes(&bits, &scale, sizeof bits);
  const int32_t power = static_cast<int32_t>(bits >> 23) - 127, left = power + 12;
  if ((bits & 0x7fffff) != 0 || left > 14 || left < -14)
    return c.fail(Status::bad_value, "the cell's scale is no power of two that tanh can take", power, -11);
  p->tanh_multiplier = left >= 0 ? 3 << left : 3;
  p->tanh_right = left >= 0 ? 0 : -left;
  const float clip = c.option(cell_clip, 0.0f) / scale;
  p->high = clip > 0.0f && clip < 32767.0f ? static_cast<int32_t>(clip) : 32767;
  p->low = clip > 0.0f ? -p->high : -32768;
  return Status::ok;
}

Status prepare_gate(Prepare& c, const Tensor& from, const Tensor& weights, bool wide, Multiplier* m) {
  TRY(require_quantized(c, weights));
  if (weights.per_channel() || weights.zero_point() != 0)
    return c.fail(Status::unsupported, "weights need one scale and no zero point", weights.scales.size, 1);
  constexpr float step = 1.0f / 4096.0f;
  *m = multiplier(from.scale() * weights.scale(), 1.0f, step);
  if (wide && m->shift > 14)
    return c.fail(Status::bad_value, "the scales of input and weights are too large", m->shift, 14);
  return Status::ok;
}

}  // namespace

Status prepare_lstm(Prepare& c, Type bias, LstmParams* p) {
  TRY(check_operands(c, Type::int8, bias, Type::int16, &p->shape));
  const Tensor x = c.input(sequence), h = c.input(state), kept = c.input(cell);
  TRY(require_quantized(c, x));
  TRY(require_quantized(c, h));
  TRY(require_quantized(c, kept));
  const bool wide = x.type == Type::int16;
  p->input_zero_point = x.zero_point();
  p->state_zero_point = h.zero_point();
  if (wide && (x.zero_point() != 0 || h.zero_point() != 0))
    return c.fail(Status::bad_value, "a layer of int16 has no zero points", x.zero_point(), 0);
  for (int32_t g = 0; g < kGates; ++g) {
    TRY(prepare_gate(c, x, c.input(input_weights + g), wide, &p->input_multipliers[g]));
    TRY(prepare_gate(c, h, c.input(state_weights + g), wide, &p->state_multipliers[g]));
  }
  constexpr float step = 1.0f / 32768.0f;
  p->keep = multiplier(step, kept.scale(), kept.scale());
  p->add = multiplier(step, step, kept.scale());
  p->show = multiplier(step, step, h.scale());
  return prepare_cell(c, kept.scale(), p);
}

Status prepare_lstm(Prepare& c, LstmFloatParams* p) {
  TRY(check_operands(c, Type::float32, Type::float32, Type::float32, &p->shape));
  const float clip = c.option(cell_clip, 0.0f);
  p->high = clip > 0.0f ? clip : 3.4028235e38f;
  p->low = -p->high;
  return Status::ok;
}

}  // namespace inkling
