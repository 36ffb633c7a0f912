// BATCH_MATMUL: int8, int16, float32. Either operand transposed, batch dimensions that broadcast.
#include "inkling/kernels/batch_matmul.h"

#include "inkling/ops.h"
#include "inkling/prepare/layer.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { adj_x, adj_y };

template <class Layer>
void eval_integer(const void* params, const Io& io) {
  using T = typename Layer::Input;
  const auto& p = *static_cast<const BatchMatmulParams*>(params);
  // One number is the scale of both.
  Multiplier m;
  multiply_pairs(p.pairs, Layer{p.layer, {p.layer, &m}, nullptr}, io.in<T>(0), io.in<T>(1), io.out<T>(0));
}

void eval_float(const void* params, const Io& io) {
  constexpr float largest = 3.4028235e38f;
  multiply_pairs(*static_cast<const MatrixPairs*>(params), FloatLayer{-largest, largest, nullptr},
                 io.in<float>(0), io.in<float>(1), io.out<float>(0));
}

// Dimension `i` of the batch, counted from the innermost one; 1 beyond the rank.
int32_t batch_dim(const Tensor& t, int32_t i) {
  return i + 2 < t.shape.size ? t.shape[t.shape.size - 3 - i] : 1;
}

Status prepare_batches(Prepare& c, const Tensor& a, const Tensor& b, const Tensor& output, MatrixPairs* p) {
  p->n_dims = output.shape.size - 2;
  int32_t a_stride = p->rows * p->depth, b_stride = p->depth * p->columns;
  for (int32_t i = 0; i < p->n_dims; ++i) {
    const int32_t n = batch_dim(output, i), in_a = batch_dim(a, i), in_b = batch_dim(b, i);
    if ((in_a != n && in_a != 1) || (in_b != n && in_b != 1) || (in_a != n && in_b != n))
      return c.fail(Status::bad_shape, "the batch dimensions do not broadcast to the output's",
                    in_a > in_b ? in_a : in_b, n);
    const int32_t d = p->n_dims - 1 - i;
    p->dims[d] = n;
    p->a_strides[d] = in_a == 1 ? 0 : a_stride;
    p->b_strides[d] = in_b == 1 ? 0 : b_stride;
    a_stride *= in_a;
    b_stride *= in_b;
  }
  return Status::ok;
}

Status prepare_pairs(Prepare& c, const Tensor& a, const Tensor& b, const Tensor& output, MatrixPairs* p) {
  const int32_t rank = output.shape.size, rank_a = a.shape.size, rank_b = b.shape.size;
  if (rank_a < 2 || rank_b < 2 || rank > MatrixPairs::kMaxDims + 2)
    return c.fail(Status::unsupported, "the operands must have ranks from 2 to 6",
                  rank_a < rank_b ? rank_a : rank_b, 2);
  if (rank != (rank_a > rank_b ? rank_a : rank_b))
    return c.fail(Status::bad_shape, "the output's rank differs from the operands'", rank,
                  rank_a > rank_b ? rank_a : rank_b);
  const bool turn_a = c.option(adj_x, false), turn_b = c.option(adj_y, false);
  const int32_t a_height = a.dim(rank_a - 2), a_width = a.dim(rank_a - 1);
  const int32_t b_height = b.dim(rank_b - 2), b_width = b.dim(rank_b - 1);
  p->rows = turn_a ? a_width : a_height;
  p->depth = turn_a ? a_height : a_width;
  p->columns = turn_b ? b_height : b_width;
  if ((turn_b ? b_width : b_height) != p->depth)
    return c.fail(Status::bad_shape, "the matrices do not fit together", turn_b ? b_width : b_height,
                  p->depth);
  if (output.dim(rank - 2) != p->rows || output.dim(rank - 1) != p->columns)
    return c.fail(Status::bad_shape, "the output's matrices have the wrong size",
                  output.dim(rank - 2) != p->rows ? output.dim(rank - 2) : output.dim(rank - 1),
                  output.dim(rank - 2) != p->rows ? p->rows : p->columns);
  if (output.n_elements == 0) return c.fail(Status::unsupported, "the output is empty", 0, 1);
  p->a_row = turn_a ? 1 : a_width;
  p->a_depth = turn_a ? a_width : 1;
  p->b_depth = turn_b ? 1 : b_width;
  p->b_column = turn_b ? b_width : 1;
  return prepare_batches(c, a, b, output, p);
}

// The reference rounds the product of the inputs' scales to float.
Status prepare_integer(Prepare& c, const Tensor& a, const Tensor& b, const Tensor& output,
                       BatchMatmulParams* p) {
  TRY(prepare_pairs(c, a, b, output, &p->pairs));
  TRY(require_quantized(c, a));
  TRY(require_quantized(c, b));
  TRY(require_quantized(c, output));
  if (b.per_channel())
    return c.fail(Status::unsupported, "a matrix is quantized per channel", b.scales.size, 1);
  const Range range = range_of(output.type);
  p->layer = {a.scale(),
              output.scale(),
              {b.scales.data, 1},
              multiplier(a.scale() * b.scale(), 1.0f, output.scale()),
              static_cast<int16_t>(range.low),
              static_cast<int16_t>(range.high),
              static_cast<int16_t>(a.zero_point()),
              static_cast<int16_t>(b.zero_point()),
              static_cast<int16_t>(output.zero_point()),
              false};
  return Status::ok;
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  const Tensor a = c.input(0), b = c.input(1), output = c.output(0);
  if (a.type != b.type || a.type != output.type)
    return c.fail(Status::bad_type, "inputs and output differ in type",
                  static_cast<int32_t>(a.type != b.type ? b.type : output.type),
                  static_cast<int32_t>(a.type));
  if (carries(types, Type::int8) && a.type == Type::int8) {
    TRY(prepare_integer(c, a, b, output, &c.params<BatchMatmulParams>()));
    return c.run_with<eval_integer<AsymmetricLayer<Arch, int8_t>>>();
  }
  if (carries(types, Type::int16) && a.type == Type::int16) {
    auto& p = c.params<BatchMatmulParams>();
    TRY(prepare_integer(c, a, b, output, &p));
    TRY(check_int16_layer(c, p.layer));
    return c.run_with<eval_integer<Int16Layer<Arch, uint64_t, int64_t>>>();
  }
  if (carries(types, Type::float32) && a.type == Type::float32) {
    TRY(prepare_pairs(c, a, b, output, &c.params<MatrixPairs>()));
    return c.run_with<eval_float>();
  }
  return c.no_kernel(a.type);
}

}  // namespace

const Op batch_matmul = {"BATCH_MATMUL", 126, prepare<Types::any>};
const Op int8::batch_matmul = {"BATCH_MATMUL", 126, prepare<Types::int8>};
const Op int16::batch_matmul = {"BATCH_MATMUL", 126, prepare<Types::int16>};
const Op float32::batch_matmul = {"BATCH_MATMUL", 126, prepare<Types::float32>};

}  // namespace inkling::ops
