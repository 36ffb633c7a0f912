// CUMSUM: int8 quantized, float32, int32; exclusive and reverse.
#include "inkling/kernels/cumsum.h"

#include "inkling/ops.h"
#include "inkling/prepare/indices.h"
#include "inkling/prepare/quantization.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { exclusive, reverse };

void eval_int8(const void* params, const Io& io) {
  cumsum_int8<Arch>(*static_cast<const CumsumParams*>(params), io.in<int8_t>(0), io.out<int8_t>(0));
}

template <class Wide, class T>
void eval_plain(const void* params, const Io& io) {
  cumsum_plain<Wide>(*static_cast<const CumsumParams*>(params), io.in<T>(0), io.out<T>(0));
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  const Tensor input = c.input(0), output = c.output(0);
  if (output.type != input.type)
    return c.fail(Status::bad_type, "the output's type differs from the input's",
                  static_cast<int32_t>(output.type), static_cast<int32_t>(input.type));
  if (!equal(input.shape, output.shape))
    return c.fail(Status::bad_shape, "input and output differ in shape", output.n_elements, input.n_elements);
  int32_t axis = 0;
  TRY(constant_axis(c, c.input(1), input.shape.size, &axis));
  auto& p = c.params<CumsumParams>();
  if (input.n_elements > 0) {
    p.outer = count_between(input.shape, 0, axis);
    p.n = input.shape[axis];
    p.inner = count_between(input.shape, axis + 1, input.shape.size);
  }
  p.exclusive = c.option<uint8_t>(exclusive, 0) != 0;
  p.reverse = c.option<uint8_t>(reverse, 0) != 0;
  if (carries(types, Type::int8) && input.type == Type::int8) {
    TRY(require_quantized(c, input));
    TRY(require_quantized(c, output));
    const Multiplier m = multiplier(input.scale(), 1.0f, output.scale(), 1 - 20);
    if (m.shift > 0)
      return c.fail(Status::bad_value, "the output's scale is too small for the input's", m.shift, 0);
    p.input_zero_point = input.zero_point();
    p.output_zero_point = output.zero_point();
    p.output_multiplier = m.value;
    p.output_shift = m.shift;
    return c.run_with<eval_int8>();
  }
  if (carries(types, Type::float32) && input.type == Type::float32)
    return c.run_with<eval_plain<float, float>>();
  if (types == Types::any && input.type == Type::int32) return c.run_with<eval_plain<uint32_t, int32_t>>();
  return c.no_kernel(input.type);
}

}  // namespace

const Op cumsum = {"CUMSUM", 128, prepare<Types::any>};
const Op int8::cumsum = {"CUMSUM", 128, prepare<Types::int8>};
const Op int16::cumsum = {"CUMSUM", 128, prepare<Types::int16>};
const Op float32::cumsum = {"CUMSUM", 128, prepare<Types::float32>};

}  // namespace inkling::ops
