// ADD with broadcasting: int8 and int16 quantized, int32, float32.
#include "inkling/kernels/add.h"

#include "inkling/ops.h"
#include "inkling/prepare/broadcast.h"
#include "inkling/prepare/quantization.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { activation };

template <class T>
void eval_quantized(const void* params, const Io& io) {
  add_quantized<Arch>(*static_cast<const AddParams*>(params), io.in<T>(0), io.in<T>(1), io.out<T>(0));
}

template <class Wide, class T>
void eval_plain(const void* params, const Io& io) {
  add_plain<Wide>(*static_cast<const AddPlainParams<T>*>(params), io.in<T>(0), io.in<T>(1), io.out<T>(0));
}

// Inputs go to half of the larger scale, so that their multipliers stay below 1 and their sum has a bit of
// room.
Status prepare_scales(Prepare& c, const Tensor& a, const Tensor& b, const Tensor& output, AddParams* p) {
  TRY(require_quantized(c, a));
  TRY(require_quantized(c, b));
  TRY(require_quantized(c, output));
  Range range;
  TRY(activation_range(c, c.option(activation, schema::Activation::none), output, &range));
  p->left_shift = output.type == Type::int16 ? 15 : 20;
  const float larger = a.scale() > b.scale() ? a.scale() : b.scale();
  const Multiplier ma = multiplier(a.scale(), 1.0f, larger, -1), mb = multiplier(b.scale(), 1.0f, larger, -1);
  const Multiplier mo = multiplier(larger, 1.0f, output.scale(), 1 - p->left_shift);
  if (mo.shift > 0)
    return c.fail(Status::bad_value, "the output's scale is too small for the inputs'", mo.shift, 0);
  p->a_multiplier = ma.value;
  p->b_multiplier = mb.value;
  p->output_multiplier = mo.value;
  p->a_shift = static_cast<int8_t>(ma.shift);
  p->b_shift = static_cast<int8_t>(mb.shift);
  p->output_shift = static_cast<int8_t>(mo.shift);
  p->a_zero_point = static_cast<int16_t>(a.zero_point());
  p->b_zero_point = static_cast<int16_t>(b.zero_point());
  p->output_zero_point = static_cast<int16_t>(output.zero_point());
  p->low = static_cast<int16_t>(range.low);
  p->high = static_cast<int16_t>(range.high);
  return Status::ok;
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  const Tensor a = c.input(0), b = c.input(1), output = c.output(0);
  if (a.type != b.type || a.type != output.type)
    return c.fail(Status::bad_type, "inputs and output differ in type", static_cast<int32_t>(b.type),
                  static_cast<int32_t>(a.type));
  const bool is_int8 = carries(types, Type::int8) && a.type == Type::int8;
  if (is_int8 || (carries(types, Type::int16) && a.type == Type::int16)) {
    auto& p = c.params<AddParams>();
    TRY(prepare_broadcast(c, a, b, output, &p.broadcast));
    TRY(prepare_scales(c, a, b, output, &p));
    return c.run_with(is_int8 ? eval_quantized<int8_t> : eval_quantized<int16_t>);
  }
  if (carries(types, Type::float32) && a.type == Type::float32) {
    auto& p = c.params<AddPlainParams<float>>();
    TRY(prepare_broadcast(c, a, b, output, &p.broadcast));
    FloatRange range;
    TRY(activation_range(c, c.option(activation, schema::Activation::none), &range));
    p.low = range.low;
    p.high = range.high;
    return c.run_with(eval_plain<float, float>);
  }
  if (types == Types::any && a.type == Type::int32) {
    auto& p = c.params<AddPlainParams<int32_t>>();
    TRY(prepare_broadcast(c, a, b, output, &p.broadcast));
    p.low = INT32_MIN;
    p.high = INT32_MAX;
    return c.run_with(eval_plain<uint32_t, int32_t>);
  }
  return c.no_kernel(a.type);
}

}  // namespace

const Op add = {"ADD", 0, prepare<Types::any>};
const Op int8::add = {"ADD", 0, prepare<Types::int8>};
const Op int16::add = {"ADD", 0, prepare<Types::int16>};
const Op float32::add = {"ADD", 0, prepare<Types::float32>};

}  // namespace inkling::ops
