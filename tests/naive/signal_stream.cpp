// The signal operators that cut and join a stream: what they give is a part of all that they ever got. The
// state is the stream itself, row by row, and never gets shorter.
#include "tests/operator_case.h"

namespace inkling::naive {
namespace {

Operand filled(Random& random, Type type, std::vector<int32_t> shape) {
  Operand t = tensor(type, std::move(shape));
  fill(random, t);
  return t;
}

Operand flag() {
  return tensor(Type::boolean, {});
}

// The stream of row `row` with what this invocation brought at its end.
std::vector<std::vector<double>> streams(Case& c, int32_t n_rows, int32_t n_new) {
  std::vector<std::vector<double>> rows(static_cast<size_t>(n_rows));
  const size_t n_old = c.state.size() / rows.size();
  std::vector<double> all;
  for (size_t r = 0; r < rows.size(); ++r) {
    const auto old = c.state.begin() + static_cast<ptrdiff_t>(r * n_old);
    const auto fresh = c.inputs[0].v.begin() + static_cast<ptrdiff_t>(r) * n_new;
    rows[r].assign(old, old + static_cast<ptrdiff_t>(n_old));
    rows[r].insert(rows[r].end(), fresh, fresh + n_new);
    all.insert(all.end(), rows[r].begin(), rows[r].end());
  }
  c.state = all;
  return rows;
}

double sample(const std::vector<double>& stream, int32_t at) {
  return at < 0 ? 0 : stream[static_cast<size_t>(at)];
}

Case draw_delay(Random& random) {
  const int32_t n_rows = random.integer(1, 3), n = random.integer(1, 9);
  Case c;
  c.inputs = {filled(random, Type::int16, {n_rows, n})};
  c.outputs = {tensor(Type::int16, {n_rows, n})};
  c.custom["delay_length"] = random.integer(0, 20);
  c.invocations = 4;
  return c;
}

void define_delay(Case& c) {
  const int32_t n = c.inputs[0].dim(1);
  const auto rows = streams(c, c.inputs[0].dim(0), n);
  const auto first =
      static_cast<int32_t>(rows[0].size()) - n - static_cast<int32_t>(c.custom["delay_length"]);
  for (int32_t r = 0; r < c.inputs[0].dim(0); ++r)
    for (int32_t i = 0; i < n; ++i) c.outputs[0].at({r, i}) = sample(rows[static_cast<size_t>(r)], first + i);
}

// Frames are always complete: prefilled, or no longer than a step.
Case draw_framer(Random& random) {
  const int32_t n_rows = random.integer(1, 3), step = random.integer(1, 6), n_frames = random.integer(1, 3);
  const bool prefill = random.one_in(2);
  const int32_t size = prefill ? step + random.integer(0, 9) : random.integer(1, step);
  Case c;
  c.inputs = {filled(random, Type::int16, {n_rows, n_frames * step})};
  c.outputs = {tensor(Type::int16, {n_rows, n_frames, size}), flag()};
  c.custom = {{"frame_size", size}, {"frame_step", step}, {"prefill", prefill}};
  c.invocations = 4;
  return c;
}

void define_framer(Case& c) {
  Operand& out = c.outputs[0];
  const auto step = static_cast<int32_t>(c.custom["frame_step"]);
  const int32_t n_new = out.dim(1) * step, lead = c.custom["prefill"] != 0 ? out.dim(2) - step : 0;
  const auto rows = streams(c, out.dim(0), n_new);
  const int32_t first = static_cast<int32_t>(rows[0].size()) - n_new - lead;
  for (int32_t r = 0; r < out.dim(0); ++r)
    for (int32_t f = 0; f < out.dim(1); ++f)
      for (int32_t i = 0; i < out.dim(2); ++i)
        out.at({r, f, i}) = sample(rows[static_cast<size_t>(r)], first + f * step + i);
  c.outputs[1].v[0] = 1;
}

// The first row completes a stack, since nothing is waited for to its right.
Case draw_stacker(Random& random) {
  const int32_t n = random.integer(1, 5), left = random.integer(0, 4);
  Case c;
  c.inputs = {filled(random, Type::int16, {n})};
  c.outputs = {tensor(Type::int16, {n * (left + 1)}), flag()};
  c.custom = {{"num_channels", n},
              {"stacker_left_context", left},
              {"stacker_right_context", 0},
              {"stacker_step", random.integer(1, left + 1)}};
  c.invocations = 6;
  return c;
}

void define_stacker(Case& c) {
  const int32_t n = c.inputs[0].dim(0), n_stacked = c.outputs[0].dim(0) / n;
  const std::vector<double> stream = streams(c, 1, n)[0];
  const int32_t newest = static_cast<int32_t>(stream.size()) / n - 1;
  const bool complete = newest % static_cast<int32_t>(c.custom["stacker_step"]) == 0;
  c.outputs[1].v[0] = complete;
  for (int32_t k = 0; complete && k < n_stacked; ++k)
    for (int32_t i = 0; i < n; ++i)
      c.outputs[0].at({k * n + i}) =
          stream[static_cast<size_t>(std::max(newest - n_stacked + 1 + k, 0) * n + i)];
}

Case draw_overlap_add(Random& random) {
  const Type type = random.one_of({Type::int16, Type::float32});
  const int32_t n_rows = random.integer(1, 3), n_frames = random.integer(1, 3), size = random.integer(1, 9);
  const int32_t step = random.integer(1, size);
  Case c;
  c.inputs = {filled(random, type, {n_rows, n_frames, size})};
  c.outputs = {tensor(type, {n_rows, n_frames * step})};
  c.custom["T"] = static_cast<int32_t>(type);
  c.custom["frame_step"] = step;
  c.invocations = 4;
  return c;
}

// The sum over all frames that reach a sample, oldest first, each sum limited.
void define_overlap_add(Case& c) {
  const Operand& in = c.inputs[0];
  const int32_t size = in.dim(2), step = static_cast<int32_t>(c.custom["frame_step"]);
  const auto rows = streams(c, in.dim(0), in.dim(1) * size);
  const int32_t n_before = static_cast<int32_t>(rows[0].size()) / size - in.dim(1);
  const bool is_float = in.type == Type::float32;
  for (int32_t r = 0; r < in.dim(0); ++r)
    for (int32_t i = 0; i < in.dim(1) * step; ++i) {
      const int32_t time = n_before * step + i;
      double sum = 0;
      for (int32_t f = 0; f <= time / step; ++f)
        if (time - f * step < size) {
          sum += rows[static_cast<size_t>(r)][static_cast<size_t>(f * size + time - f * step)];
          if (!is_float) sum = std::clamp(sum, lowest(in.type), highest(in.type));
        }
      c.outputs[0].at({r, i}) = sum;
    }
}

const Register delay("SignalDelay", draw_delay, define_delay);
const Register framer("SignalFramer", draw_framer, define_framer);
const Register stacker("SignalStacker", draw_stacker, define_stacker);
const Register overlap_add("SignalOverlapAdd", draw_overlap_add, define_overlap_add);

}  // namespace
}  // namespace inkling::naive
