// Removing constant channels changes no output: random networks with dead, unread and saturated channels, in
// all the positions that a rewrite must get right.
#include "host/graph/constant_channels.h"

#include "tests/engine_test.h"

namespace inkling::host {
namespace {

using graph::Graph;
using graph::Options;
using graph::Subgraph;

// A network in the making: each layer reads the last one's output.
class Maker {
 public:
  explicit Maker(uint32_t seed) : random_(seed) {
    last_ =
        main().add_input(features({1, random_.integer(4, 8), random_.integer(4, 8), random_.integer(1, 4)}));
  }

  Random& random() { return random_; }
  Subgraph& main() { return model_.subgraphs[0]; }

  void convolve() {
    const int32_t size = random_.one_of({1, 1, 3}), n = random_.integer(2, 8), depth = shape()[3];
    add_layer("CONV_2D", "Conv2DOptions", {n, size, size, depth}, n, size, 0);
  }
  void convolve_depthwise() {
    const int32_t multiplier = random_.one_of({1, 1, 2}), n = shape()[3] * multiplier;
    add_layer("DEPTHWISE_CONV_2D", "DepthwiseConv2DOptions", {1, 3, 3, n}, n, 3, multiplier);
  }
  void pool() {
    const std::vector<int32_t> in = shape();
    const int32_t to = main().add(features(in));
    main().tensors[static_cast<size_t>(to)].scales = main().tensors[static_cast<size_t>(last_)].scales;
    main().tensors[static_cast<size_t>(to)].zero_points =
        main().tensors[static_cast<size_t>(last_)].zero_points;
    const Options options = Options("Pool2DOptions")
                                .set("stride_w", 1)
                                .set("stride_h", 1)
                                .set("filter_width", 2)
                                .set("filter_height", 2);
    main().operators.emplace_back(random_.one_in(2) ? "MAX_POOL_2D" : "AVERAGE_POOL_2D",
                                  std::vector<int32_t>{last_}, std::vector<int32_t>{to}, options);
    last_ = to;
  }
  const Graph& finish() {
    main().outputs.push_back(last_);
    return model_;
  }

 private:
  std::vector<int32_t> shape() { return main().tensors[static_cast<size_t>(last_)].shape; }

  graph::Tensor features(std::vector<int32_t> shape) {
    graph::Tensor t;
    t.name = "t" + std::to_string(main().tensors.size());
    t.type = Type::int8;
    t.shape = std::move(shape);
    t.scales = {static_cast<float>(random_.real(0.02, 0.1))};
    t.zero_points = {random_.one_of({-128, -128, 0, 17})};
    return t;
  }

  // Weights of which whole outputs and whole inputs are zero now and then, biases that now and then drown all
  // else.
  void add_layer(const std::string& name, const std::string& table, std::vector<int32_t> filter_shape,
                 int32_t n, int32_t size, int32_t multiplier) {
    const bool depthwise = multiplier > 0, same = random_.one_in(2) || shape()[1] < 3 || shape()[2] < 3;
    graph::Tensor filter = features(std::move(filter_shape)), bias;
    int32_t n_weights = 1;
    for (const int32_t dim : filter.shape) n_weights *= dim;
    const int32_t depth = depthwise ? n : shape()[3], unread = random_.integer(0, 2 * depth);
    std::vector<bool> dead(static_cast<size_t>(n));
    for (size_t i = 0; i < dead.size(); ++i) dead[i] = random_.one_in(3);
    for (int32_t i = 0; i < n_weights; ++i) {
      const int32_t output = depthwise ? i % n : i / (n_weights / n);
      const bool zero =
          (!depthwise && i % depth == unread) || (dead[static_cast<size_t>(output)] && random_.one_in(2));
      filter.data.push_back(static_cast<uint8_t>(zero ? 0 : random_.integer(-127, 127)));
    }
    filter.axis = depthwise ? 3 : 0;
    filter.scales.assign(static_cast<size_t>(n), 0.01f);
    filter.zero_points.assign(static_cast<size_t>(n), 0);
    bias.name = filter.name + "_bias";
    bias.type = Type::int32;
    bias.shape = {n};
    for (int32_t i = 0; i < n; ++i) {
      const int32_t value = dead[static_cast<size_t>(i)] ? -9000000 : random_.integer(-3000, 3000);
      for (int32_t b = 0; b < 4; ++b)
        bias.data.push_back(static_cast<uint8_t>(static_cast<uint32_t>(value) >> 8 * b));
    }
    const std::vector<int32_t> in = shape();
    const int32_t shrink = same ? 0 : size - 1;
    const int32_t f = main().add(std::move(filter)), b = main().add(std::move(bias));
    const int32_t to = main().add(features({1, in[1] - shrink, in[2] - shrink, n}));
    Options options = Options(table).set("padding", same ? 0 : 1).set("stride_w", 1).set("stride_h", 1);
    options.set("fused_activation_function", random_.one_of({0, 1, 3}));
    if (depthwise) options.set("depth_multiplier", multiplier);
    main().operators.emplace_back(name, std::vector<int32_t>{last_, f, b}, std::vector<int32_t>{to}, options);
    last_ = to;
  }

  Random random_;
  Graph model_{"", {Subgraph{}}, {}, {}};
  int32_t last_ = 0;
};

TEST(ConstantChannels, AreRemovedWithoutATrace) {
  int32_t n_removed = 0, n_untouched = 0;
  for (uint32_t seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    Maker maker(seed);
    for (int32_t i = maker.random().integer(2, 6); i > 0; --i) {
      const int32_t kind = maker.random().integer(0, 5);
      kind == 0 ? maker.pool() : kind < 3 ? maker.convolve_depthwise() : maker.convolve();
    }
    const Graph& before = maker.finish();
    Graph after = before;
    const int32_t n = graph::remove_constant_channels(&after);
    n_removed += n;
    n_untouched += n == 0;
    Net a(graph::write(before)), b(graph::write(after));
    ASSERT_EQ(a->status(), Status::ok) << text(a->failure());
    ASSERT_EQ(b->status(), Status::ok) << text(b->failure());
    for (int32_t k = 0; k < 5; ++k) {
      Random same(seed + 1000u * static_cast<uint32_t>(k)), again(seed + 1000u * static_cast<uint32_t>(k));
      a.feed_random(same);
      b.feed_random(again);
      ASSERT_EQ(a->invoke(), Status::ok);
      ASSERT_EQ(b->invoke(), Status::ok);
      ASSERT_EQ(a.output(0), b.output(0));
    }
    if (n > 0) {
      EXPECT_LE(graph::write(after).size(), graph::write(before).size());
    }
  }
  EXPECT_GT(n_removed, 500);
  EXPECT_GT(n_untouched, 10);
}

}  // namespace
}  // namespace inkling::host
