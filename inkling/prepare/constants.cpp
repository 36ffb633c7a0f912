// Values that are kept in the Params.
#include "inkling/prepare/constants.h"

#include "inkling/prepare/indices.h"

namespace inkling {
namespace {

struct ConstantsParams {
  int32_t n;
  int32_t words;  ///< 4-byte words of an output: 1, or 2 for int64
  int32_t values[kMaxRank];

  template <class V>
  static void visit(V&& v, const ConstantsParams& p) {
    v("n", p.n);
    v("words", p.words);
    for (const int32_t value : p.values) v("value", value);
  }
};

void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const ConstantsParams*>(params);
  auto* output = io.out<int32_t>(0);
  for (int32_t i = 0; i < p.n; ++i, output += p.words) {
    output[p.words - 1] = 0;  // the upper half of an int64; dimensions are not negative
    output[0] = p.values[i];
  }
}

}  // namespace

Status prepare_constants(Prepare& c, const Shape& values) {
  const Tensor output = c.output(0);
  TRY(require_index_type(c, output));
  if (output.n_elements > values.size)
    return c.fail(Status::bad_shape, "the output has more elements than there are values", output.n_elements,
                  values.size);
  auto& p = c.params<ConstantsParams>();
  p.n = output.n_elements;
  p.words = output.type == Type::int64 ? 2 : 1;
  for (int32_t i = 0; i < p.n; ++i) p.values[i] = values[i];
  return c.run_with<eval>();
}

}  // namespace inkling
