// Bounds are followed from the inputs on, then each tensor's channels that can go are found from the outputs
// on, then layers are cut.
#include "host/graph/constant_channels.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>

#include "host/engine/rehearsal.h"
#include "inkling/arch/portable.h"
#include "inkling/core/multiplier.h"

namespace inkling::host::graph {
namespace {

constexpr int32_t kConv = 3, kDepthwise = 4, kAveragePool = 1, kMaxPool = 17;

struct Bounds {
  int32_t low = -128, high = 127;
  bool constant() const { return low == high; }
};

// What prepare derived for a layer.
class LayerFacts {
 public:
  explicit LayerFacts(const PreparedOperator& prepared) {
    for (const Param& param : prepared.params) {
      if (const auto* whole = std::get_if<int32_t>(&param.value)) whole_.emplace(param.name, *whole);
      if (const auto* real = std::get_if<float>(&param.value)) real_.emplace(param.name, *real);
      if (const auto* list = std::get_if<std::vector<float>>(&param.value)) scales_ = *list;
    }
  }
  int32_t input_zero_point() const { return whole_.at("input_zero_point"); }
  // The output of channel `o` for a sum with its bias: the kernels' own arithmetic.
  int32_t output(size_t o, int64_t sum) const {
    const Multiplier m = scales_.size() > 1
                             ? multiplier(real_.at("input_scale"), scales_[o], real_.at("output_scale"))
                             : Multiplier{whole_.at("multiplier"), whole_.at("shift")};
    const int64_t q =
        int64_t{Portable::requantize(static_cast<int32_t>(sum), m)} + whole_.at("output_zero_point");
    return static_cast<int32_t>(std::clamp<int64_t>(q, whole_.at("low"), whole_.at("high")));
  }

 private:
  std::map<std::string, int32_t> whole_;
  std::map<std::string, float> real_;
  std::vector<float> scales_;
};

// A convolution as all of this sees it: weight (o, tap, i) meets input channel first(o) + i.
struct Layer {
  const Operator* op;
  LayerFacts facts;
  bool depthwise, pads;
  int32_t n_outputs, n_taps, depth;
  int32_t multiplier;  // outputs per input channel of a depthwise layer

  int32_t input_channel(int32_t o, int32_t i) const { return depthwise ? o / multiplier : i; }
  size_t weight(int32_t o, int32_t tap, int32_t i) const {
    return static_cast<size_t>(depthwise ? tap * n_outputs + o : (o * n_taps + tap) * depth + i);
  }
};

std::vector<int32_t> read_biases(const Subgraph& graph, const Layer& layer) {
  std::vector<int32_t> biases(static_cast<size_t>(layer.n_outputs), 0);
  const int32_t index = layer.op->inputs.size() > 2 ? layer.op->inputs[2] : -1;
  if (index >= 0)
    std::memcpy(biases.data(), graph.tensors[static_cast<size_t>(index)].data.data(), 4 * biases.size());
  return biases;
}

class Remover {
 public:
  Remover(Graph* graph, const Rehearsal& rehearsal) : graph_(graph->subgraphs[0]) {
    for (const PreparedOperator& prepared : rehearsal.operators)
      if (prepared.subgraph == 0) prepared_.push_back(&prepared);
  }

  int32_t run() {
    find_users();
    for (size_t i = 0; i < graph_.operators.size(); ++i) follow_bounds(i);
    for (size_t i = graph_.operators.size(); i-- > 0;) choose(i);
    int32_t n_removed = 0;
    for (const auto& [tensor, gone] : gone_)
      n_removed += static_cast<int32_t>(std::count(gone.begin(), gone.end(), true));
    if (n_removed == 0) return 0;
    for (size_t i = 0; i < graph_.operators.size(); ++i) cut(i);
    for (const auto& [tensor, gone] : gone_) {
      int32_t& channels = graph_.tensors[static_cast<size_t>(tensor)].shape.back();
      channels -= static_cast<int32_t>(std::count(gone.begin(), gone.end(), true));
    }
    return n_removed;
  }

 private:
  Tensor& tensor(int32_t index) { return graph_.tensors[static_cast<size_t>(index)]; }
  int32_t channels(int32_t index) { return tensor(index).shape.back(); }

  void find_users() {
    n_users_.assign(graph_.tensors.size(), 0);
    for (const Operator& op : graph_.operators)
      for (const int32_t input : op.inputs)
        if (input >= 0) ++n_users_[static_cast<size_t>(input)];
    for (const int32_t output : graph_.outputs) n_users_[static_cast<size_t>(output)] += 2;
  }

  static bool pools(const Operator& op) { return op.code == kAveragePool || op.code == kMaxPool; }
  bool is_feature_map(int32_t index) {
    return tensor(index).type == Type::int8 && tensor(index).shape.size() == 4 && !tensor(index).is_variable;
  }

  // The operator as a layer, if it is one of those that are understood.
  std::optional<Layer> layer(size_t i) {
    const Operator& op = graph_.operators[i];
    if ((op.code != kConv && op.code != kDepthwise) || op.inputs.size() < 2) return {};
    const Tensor& filter = tensor(op.inputs[1]);
    const bool plain = is_feature_map(op.inputs[0]) && is_feature_map(op.outputs[0]) &&
                       filter.type == Type::int8 && filter.shape.size() == 4 && !filter.data.empty();
    if (!plain) return {};
    if (op.inputs.size() > 2 && op.inputs[2] >= 0 && tensor(op.inputs[2]).data.empty()) return {};
    const bool depthwise = op.code == kDepthwise;
    const int32_t n_in = channels(op.inputs[0]), n_out = channels(op.outputs[0]);
    if (!depthwise && filter.shape[3] != n_in) return {};  // groups
    const bool same = op.options.get("padding") == 0;
    return Layer{&op,
                 LayerFacts(*prepared_[i]),
                 depthwise,
                 same && (filter.shape[1] > 1 || filter.shape[2] > 1),
                 n_out,
                 filter.shape[1] * filter.shape[2],
                 depthwise ? 1 : n_in,
                 depthwise ? n_out / n_in : 1};
  }

  const std::vector<Bounds>& bounds(int32_t index) {
    std::vector<Bounds>& known = bounds_[index];
    if (known.empty()) known.resize(static_cast<size_t>(channels(index)));
    return known;
  }

  void follow_bounds(size_t i) {
    const Operator& op = graph_.operators[i];
    if (pools(op) && is_feature_map(op.inputs[0]) && op.options.get("fused_activation_function") == 0) {
      bounds_[op.outputs[0]] = bounds(op.inputs[0]);
      return;
    }
    const auto l = layer(i);
    if (!l) return;
    const std::vector<Bounds> in = bounds(op.inputs[0]);
    const std::vector<int32_t> biases = read_biases(graph_, *l);
    const auto* weights = reinterpret_cast<const int8_t*>(tensor(op.inputs[1]).data.data());
    const int32_t zero_point = l->facts.input_zero_point();
    std::vector<Bounds>& out = bounds_[op.outputs[0]];
    out.assign(static_cast<size_t>(l->n_outputs), {});
    for (int32_t o = 0; o < l->n_outputs; ++o) {
      int64_t low = biases[static_cast<size_t>(o)], high = low;
      for (int32_t tap = 0; tap < l->n_taps; ++tap)
        for (int32_t k = 0; k < l->depth; ++k) {
          Bounds x = in[static_cast<size_t>(l->input_channel(o, k))];
          if (l->pads) x = {std::min(x.low, zero_point), std::max(x.high, zero_point)};
          const int64_t w = weights[l->weight(o, tap, k)];
          low += std::min(w * (x.low - zero_point), w * (x.high - zero_point));
          high += std::max(w * (x.low - zero_point), w * (x.high - zero_point));
        }
      const auto at = static_cast<size_t>(o);
      if (low < INT32_MIN || high > INT32_MAX) continue;  // sums that may wrap have no bounds
      out[at] = {l->facts.output(at, low), l->facts.output(at, high)};
    }
  }

  // Whether layers before a tensor let its channels go.
  bool may_shrink(int32_t index) {
    if (n_users_[static_cast<size_t>(index)] != 1 || !is_feature_map(index)) return false;
    for (size_t i = 0; i < graph_.operators.size(); ++i) {
      const Operator& op = graph_.operators[i];
      if (op.outputs.empty() || op.outputs[0] != index) continue;
      if (const auto l = layer(i)) return !l->depthwise || may_shrink(op.inputs[0]);
      return pools(op) && may_shrink(op.inputs[0]);
    }
    return false;
  }

  // Chooses which channels of operator i's input can go, given those of its output.
  void choose(size_t i) {
    const Operator& op = graph_.operators[i];
    if (op.inputs.empty() || op.inputs[0] < 0 || !may_shrink(op.inputs[0])) return;
    const int32_t input = op.inputs[0];
    const auto n = static_cast<size_t>(channels(input));
    std::vector<bool> gone(n, false);
    const auto l = layer(i);
    if (pools(op)) {
      if (const auto after = gone_.find(op.outputs[0]); after != gone_.end()) gone = after->second;
    } else if (l && l->depthwise) {
      const std::vector<bool> after = this->gone(op.outputs[0]);
      const auto m = static_cast<size_t>(l->multiplier);
      for (size_t c = 0; c < n; ++c) {
        const auto from = after.begin() + static_cast<std::ptrdiff_t>(c * m);
        gone[c] = std::all_of(from, from + l->multiplier, [](bool x) { return x; });
        for (size_t o = c * m; o < (c + 1) * m && !gone[c]; ++o) restore(op.outputs[0], o);
      }
    } else if (l) {
      const std::vector<Bounds>& in = bounds(input);
      for (size_t c = 0; c < n; ++c)
        gone[c] =
            unread(*l, c) || (in[c].constant() && (!l->pads || in[c].low == l->facts.input_zero_point()));
    }
    if (std::find(gone.begin(), gone.end(), false) == gone.end()) gone[0] = false;  // something must be left
    gone_[input] = gone;
    for (size_t c = 0; c < n; ++c)
      if (!gone[c]) restore(input, c);
  }

  // Lets a channel stay, and with it those that stand or fall with it in the layers behind.
  void restore(int32_t index, size_t channel) {
    const auto found = gone_.find(index);
    if (found == gone_.end()) return;
    found->second[channel] = false;
    for (size_t i = 0; i < graph_.operators.size(); ++i) {
      const Operator& op = graph_.operators[i];
      if (op.inputs.empty() || op.inputs[0] != index) continue;
      const auto l = layer(i);
      const size_t m = l ? static_cast<size_t>(l->multiplier) : 1;
      if (pools(op) || (l && l->depthwise))
        for (size_t o = channel * m; o < (channel + 1) * m; ++o) restore(op.outputs[0], o);
    }
  }

  bool unread(const Layer& l, size_t channel) {
    const auto* weights = reinterpret_cast<const int8_t*>(tensor(l.op->inputs[1]).data.data());
    for (int32_t o = 0; o < l.n_outputs; ++o)
      for (int32_t tap = 0; tap < l.n_taps; ++tap)
        if (weights[l.weight(o, tap, static_cast<int32_t>(channel))] != 0) return false;
    return true;
  }

  std::vector<bool> gone(int32_t index) {
    const auto found = gone_.find(index);
    return found != gone_.end() ? found->second
                                : std::vector<bool>(static_cast<size_t>(channels(index)), false);
  }

  template <class T>
  static void keep(std::vector<T>* values, const std::vector<bool>& gone) {
    if (values->size() != gone.size()) return;  // one for all
    size_t n = 0;
    for (size_t i = 0; i < gone.size(); ++i)
      if (!gone[i]) (*values)[n++] = (*values)[i];
    values->resize(n);
  }

  // Gives operator i the layer that is left.
  void cut(size_t i) {
    const auto l = layer(i);
    if (!l) return;
    Operator& op = graph_.operators[i];
    const std::vector<bool> gone_in = gone(op.inputs[0]), gone_out = gone(op.outputs[0]);
    const auto any = [](const std::vector<bool>& list) {
      return std::find(list.begin(), list.end(), true) != list.end();
    };
    if (!any(gone_in) && !any(gone_out)) return;
    Tensor filter = tensor(op.inputs[1]);
    const auto* weights = reinterpret_cast<const int8_t*>(filter.data.data());
    std::vector<int32_t> biases = read_biases(graph_, *l);
    const std::vector<Bounds>& in = bounds(op.inputs[0]);
    std::vector<uint8_t> kept;
    if (l->depthwise) {
      for (int32_t tap = 0; tap < l->n_taps; ++tap)
        for (int32_t o = 0; o < l->n_outputs; ++o)
          if (!gone_out[static_cast<size_t>(o)])
            kept.push_back(static_cast<uint8_t>(weights[l->weight(o, tap, 0)]));
    } else {
      for (int32_t o = 0; o < l->n_outputs; ++o)
        for (int32_t tap = 0; tap < l->n_taps; ++tap)
          for (int32_t k = 0; k < l->depth; ++k) {
            const auto c = static_cast<size_t>(k);
            const int32_t w = weights[l->weight(o, tap, k)];
            if (gone_in[c])
              add_wrapping(&biases[static_cast<size_t>(o)], w * (in[c].low - l->facts.input_zero_point()));
            else if (!gone_out[static_cast<size_t>(o)])
              kept.push_back(static_cast<uint8_t>(w));
          }
    }
    const auto n_gone_in = static_cast<int32_t>(std::count(gone_in.begin(), gone_in.end(), true));
    const auto n_gone_out = static_cast<int32_t>(std::count(gone_out.begin(), gone_out.end(), true));
    filter.shape[l->depthwise ? 3 : 0] -= n_gone_out;
    if (!l->depthwise) filter.shape[3] -= n_gone_in;
    filter.data = std::move(kept);
    keep(&filter.scales, gone_out);
    keep(&filter.zero_points, gone_out);
    Tensor bias = bias_of(op, filter);
    keep(&biases, gone_out);
    bias.shape = {static_cast<int32_t>(biases.size())};
    bias.data.resize(4 * biases.size());
    std::memcpy(bias.data.data(), biases.data(), bias.data.size());
    keep(&bias.scales, gone_out);
    keep(&bias.zero_points, gone_out);
    op.inputs.resize(std::max<size_t>(op.inputs.size(), 3), -1);
    op.inputs[1] = replace(op.inputs[1], std::move(filter));
    op.inputs[2] = replace(op.inputs[2], std::move(bias));
  }

  // Puts a constant in the place of another, or beside it where others read that one too.
  int32_t replace(int32_t index, Tensor by) {
    if (index < 0 || n_users_[static_cast<size_t>(index)] > 1) return graph_.add(std::move(by));
    tensor(index) = std::move(by);
    return index;
  }

  static void add_wrapping(int32_t* sum, int32_t x) {
    *sum = static_cast<int32_t>(static_cast<uint32_t>(*sum) + static_cast<uint32_t>(x));
  }

  Tensor bias_of(const Operator& op, const Tensor& filter) {
    if (op.inputs.size() > 2 && op.inputs[2] >= 0) return tensor(op.inputs[2]);
    Tensor bias;
    bias.name = filter.name + "_bias";
    bias.type = Type::int32;
    return bias;
  }

  Subgraph& graph_;
  std::vector<const PreparedOperator*> prepared_;
  std::vector<int32_t> n_users_;
  std::map<int32_t, std::vector<Bounds>> bounds_;  // by tensor, of each channel
  std::map<int32_t, std::vector<bool>> gone_;      // by tensor
};

}  // namespace

int32_t remove_constant_channels(Graph* graph) {
  const std::vector<uint8_t> bytes = write(*graph);
  const Rehearsal rehearsal = rehearse_load(ModelFile("the graph", bytes));
  if (!rehearsal.failure.empty() || rehearsal.refused) return 0;
  return Remover(graph, rehearsal).run();
}

}  // namespace inkling::host::graph
