// TFLM_DECODE (custom): unpacks constants, the data of other operators. Inputs come in pairs, codes and a
// header with tables; each pair gives one output: indices to a table of values (bool, int8..int64, float32),
// Huffman codes (int8, int16), or the values that pruning has left (all of these types).
#include "inkling/core/memory.h"
#include "inkling/kernels/decode.h"
#include "inkling/ops.h"
#include "inkling/prepare/signal.h"

namespace inkling::ops {
namespace {

constexpr int32_t kMostOutputs = 6;  // what Params hold

struct Params {
  int32_t n;
  Packed packed[kMostOutputs];

  template <class V>
  static void visit(V&& v, const Params& p) {
    v("n", p.n);
    for (const Packed& packed : p.packed) v("packed", packed);
  }
};

void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const Params*>(params);
  for (int32_t i = 0; i < p.n; ++i)
    decode(p.packed[i], io.in<uint8_t>(2 * i), io.in<uint8_t>(2 * i + 1), io.out<uint8_t>(i));
}

// Which slices have tables or zero points of their own.
Status find_channels(Prepare& c, const Tensor& output, Packed* p) {
  p->n_channels = output.scales.size > 0 ? output.scales.size : 1;
  p->along_last = p->n_channels > 1 && output.axis == output.shape.size - 1;
  if (output.scales.size > 0 && !p->along_last && output.axis != 0)
    return c.fail(Status::unsupported, "packed along an axis that is neither first nor last", output.axis);
  if (p->n % p->n_channels != 0)
    return c.fail(Status::bad_shape, "the output does not divide into channels", p->n, p->n_channels);
  return Status::ok;
}

Status check_pruned(Prepare& c, const Tensor& output, Packed* p) {
  TRY(find_channels(c, output, p));
  if (output.type == Type::int8 && output.scales.size > 0) {
    if (output.n_zero_points != p->n_channels)
      return c.fail(Status::bad_model, "as many zero points as scales are needed", output.n_zero_points,
                    p->n_channels);
    p->zero_points = {output.zero_points, 8 * output.n_zero_points};
  } else if (output.zero_point() != 0) {
    return c.fail(Status::bad_value, "the zero point must be 0", output.zero_point(), 0);
  }
  return Status::ok;
}

Status check_pair(Prepare& c, const Tensor& codes, const Tensor& header, const Tensor& output, Packed* p) {
  if (!codes.is_constant || !codes.data || !header.is_constant || !header.data)
    return c.fail(Status::unsupported, "what is unpacked must be a constant");
  if (codes.type != Type::uint8 || header.type != Type::uint8) return c.no_kernel(codes.type);
  const auto* h = header.as<const uint8_t>();
  if (header.n_bytes < kHeaderBytes)
    return c.fail(Status::bad_model, "a header is too short", header.n_bytes, kHeaderBytes);
  if (h[kCommonVersion] != 1 || h[kVersion] != 1)
    return c.fail(Status::unsupported, "an unknown version of packing", h[kVersion], 1);
  *p = {{},
        output.n_elements,
        codes.n_bytes,
        header.n_bytes,
        1,
        static_cast<uint8_t>(bits_of(output.type) / 8),
        false};
  const bool known = output.type == Type::boolean || output.type == Type::int8 ||
                     output.type == Type::int16 || output.type == Type::int32 || output.type == Type::int64 ||
                     output.type == Type::float32;
  if (!known) return c.no_kernel(output.type);
  int32_t n_bits = 1;
  if (h[kKind] == kHuffman) {
    const bool wide = (h[kParameter] & kWideTable) != 0;
    return output.type == Type::int8 || (wide && output.type == Type::int16) ? Status::ok
                                                                             : c.no_kernel(output.type);
  } else if (h[kKind] == kTable) {
    n_bits = h[kParameter] & kIndexBitsMask;
    if (n_bits == 0) return c.fail(Status::bad_value, "indices must have bits", n_bits, 1);
    TRY(find_channels(c, output, p));
  } else if (h[kKind] == kPruned) {
    TRY(check_pruned(c, output, p));
  } else {
    return c.fail(Status::unsupported, "an unknown kind of packing", h[kKind], kPruned);
  }
  const int64_t n_needed = (int64_t{p->n} * n_bits + 7) / 8;
  if (codes.n_bytes < n_needed)
    return c.fail(Status::bad_shape, "too few codes", codes.n_bytes, static_cast<int32_t>(n_needed));
  return Status::ok;
}

Status prepare(Prepare& c) {
  const int32_t n = c.n_outputs();
  TRY(c.expect(2 * n, 2 * n, n));
  if (n < 1 || n > kMostOutputs)
    return c.fail(Status::unsupported, "too many outputs, or none", n, kMostOutputs);
  auto& p = c.params<Params>();
  p.n = n;
  for (int32_t i = 0; i < n; ++i)
    TRY(check_pair(c, c.input(2 * i), c.input(2 * i + 1), c.output(i), &p.packed[i]));
  return c.run_with<eval>();
}

constexpr Op kOp = {"TFLM_DECODE", kCustom, prepare};

}  // namespace

const Op tflm_decode = kOp;
const Op int8::tflm_decode = kOp;
const Op int16::tflm_decode = kOp;
const Op float32::tflm_decode = kOp;

}  // namespace inkling::ops
