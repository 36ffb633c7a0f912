// EMBEDDING_LOOKUP: rows of any type, or int8 rows that become float32.
#include "inkling/kernels/elementwise.h"
#include "inkling/kernels/gather.h"
#include "inkling/ops.h"
#include "inkling/prepare/indices.h"
#include "inkling/prepare/quantization.h"
#include "inkling/prepare/strided_copy.h"

namespace inkling::ops {
namespace {

// Rows of int8 with the scale to dequantize them by.
struct HybridParams {
  GatherParams rows;
  float scale;

  template <class V>
  static void visit(V&& v, const HybridParams& p) {
    v("rows", p.rows);
    v("scale", p.scale);
  }
};

void eval(const void* params, const Io& io) {
  gather_rows(*static_cast<const GatherParams*>(params), io.in<void>(1), io.in<void>(0), io.out<void>(0));
}

void eval_hybrid(const void* params, const Io& io) {
  const auto& p = *static_cast<const HybridParams*>(params);
  const AffineParams row = {p.rows.row_bytes, p.scale, 0, 0, 0};
  for_each_gathered(p.rows, io.in<void>(0), [&](int32_t from, int32_t to) {
    dequantize_all(row, io.in<int8_t>(1) + from * row.n, io.out<float>(0) + to * row.n);
  });
}

Status prepare_rows(Prepare& c, const Tensor& indices, const Tensor& table, const Tensor& output,
                    int32_t element_bytes, GatherParams* p) {
  TRY(require_index_type(c, indices));
  if (table.shape.size < 1 || indices.shape.size != 1)
    return c.fail(Status::bad_shape, "indices must have rank 1 and the table rows", indices.shape.size, 1);
  p->is_int64 = indices.type == Type::int64;
  if (output.n_elements == 0) return Status::ok;
  if (table.n_elements == 0) return c.fail(Status::bad_shape, "the table is empty", 0, 1);
  const int32_t row = table.n_elements / table.shape[0];
  if (int64_t{row} * indices.n_elements != output.n_elements)
    return c.fail(Status::bad_shape, "the output's size is not that of the rows", output.n_elements, row);
  p->batches = 1;
  p->outer = 1;
  p->n_rows = table.shape[0];
  p->n_indices = indices.n_elements;
  p->row_bytes = row * element_bytes;
  return Status::ok;
}

Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  const Tensor indices = c.input(0), table = c.input(1), output = c.output(0);
  int32_t element_bytes = 0;
  if (table.type == Type::int8 && output.type == Type::float32) {
    auto& p = c.params<HybridParams>();
    TRY(require_quantized(c, table));
    if (table.zero_point() != 0)
      return c.fail(Status::bad_value, "the table's zero point must be 0", table.zero_point(), 0);
    if (table.per_channel())
      return c.fail(Status::unsupported, "the table is quantized per channel", table.scales.size, 1);
    p.scale = table.scale();
    TRY(prepare_rows(c, indices, table, output, 1, &p.rows));
    return c.run_with<eval_hybrid>();
  }
  TRY(require_same_bytes(c, table, output, &element_bytes));
  TRY(prepare_rows(c, indices, table, output, element_bytes, &c.params<GatherParams>()));
  return c.run_with<eval>();
}

}  // namespace

const Op embedding_lookup = {"EMBEDDING_LOOKUP", 7, prepare};
const Op int8::embedding_lookup = {"EMBEDDING_LOOKUP", 7, prepare};
const Op int16::embedding_lookup = {"EMBEDDING_LOOKUP", 7, prepare};
const Op float32::embedding_lookup = {"EMBEDDING_LOOKUP", 7, prepare};

}  // namespace inkling::ops
