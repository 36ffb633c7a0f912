// Adam on the mean squared error, see autoencoder.h.
#include "host/train/autoencoder.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace inkling::host {
namespace {

constexpr size_t kBatch = 32;
constexpr double kNoise = 0.2;

torch::nn::Sequential network_of(int64_t n_features, const std::vector<int32_t>& widths) {
  torch::nn::Sequential network;
  int64_t n_in = n_features;
  for (const int32_t width : widths) {
    network->push_back(torch::nn::Linear(n_in, width));
    network->push_back(torch::nn::ReLU());
    n_in = width;
  }
  network->push_back(torch::nn::Linear(n_in, n_features));
  return network;
}

Vector values_of(const torch::Tensor& tensor) {
  const torch::Tensor flat = tensor.contiguous();
  return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

}  // namespace

std::vector<DenseLayer> learn_autoencoder(const std::vector<Vector>& examples,
                                          const AutoencoderSettings& settings,
                                          const std::function<void(int32_t, double)>& on_epoch) {
  at::set_num_threads(1);
  torch::manual_seed(settings.seed);
  Random random(settings.seed);
  const auto n_features = static_cast<int64_t>(examples.at(0).size());
  torch::nn::Sequential network = network_of(n_features, settings.widths);
  torch::optim::Adam optimizer(network->parameters(), torch::optim::AdamOptions(settings.rate));
  std::vector<size_t> order(examples.size());
  std::iota(order.begin(), order.end(), size_t{0});
  for (int32_t epoch = 0; epoch < settings.n_epochs; ++epoch) {
    static_cast<torch::optim::AdamOptions&>(optimizer.param_groups()[0].options())
        .lr(settings.rate * 0.5 * (1.02 + std::cos(3.141592653589793 * epoch / settings.n_epochs)));
    random.shuffle(order);
    double sum = 0;
    for (size_t first = 0; first < order.size(); first += kBatch) {
      const size_t n = std::min(kBatch, order.size() - first);
      torch::Tensor batch = torch::empty({static_cast<int64_t>(n), n_features});
      for (size_t i = 0; i < n; ++i)
        std::copy(examples[order[first + i]].begin(), examples[order[first + i]].end(),
                  batch[static_cast<int64_t>(i)].data_ptr<float>());
      const torch::Tensor noisy = batch + kNoise * torch::randn_like(batch);
      const torch::Tensor loss = torch::mse_loss(network->forward(noisy), batch);
      optimizer.zero_grad();
      loss.backward();
      optimizer.step();
      sum += loss.item<double>() * static_cast<double>(n);
    }
    on_epoch(epoch + 1, sum / static_cast<double>(order.size()));
  }
  std::vector<DenseLayer> layers;
  for (const auto& module : network->children())
    if (const auto* linear = module->as<torch::nn::Linear>())
      layers.push_back({static_cast<int32_t>(linear->weight.size(1)),
                        static_cast<int32_t>(linear->weight.size(0)), values_of(linear->weight),
                        values_of(linear->bias)});
  return layers;
}

Vector restored(const std::vector<DenseLayer>& layers, Vector example) {
  for (size_t layer = 0; layer < layers.size(); ++layer) {
    const DenseLayer& dense = layers[layer];
    Vector out = dense.bias;
    for (size_t o = 0; o < out.size(); ++o) {
      for (size_t i = 0; i < example.size(); ++i)
        out[o] += dense.weights[o * example.size() + i] * example[i];
      if (layer + 1 < layers.size()) out[o] = std::max(0.0f, out[o]);
    }
    example = std::move(out);
  }
  return example;
}

}  // namespace inkling::host
