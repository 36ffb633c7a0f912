// Adam with a rate that rises for a short while and falls along a cosine; parts of the features are hidden.
#include "host/train/learn.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/error.h"
#include "host/train/checkpoint.h"
#include "host/train/network.h"
#include "host/train/processes.h"

namespace inkling::host {
namespace {

/// Examples order[first .. first + n) as a batch of real values.
torch::Tensor batch_of(const NetworkPlan& plan, const Examples& examples, const std::vector<int64_t>& order,
                       size_t first, size_t n) {
  torch::Tensor batch = torch::empty({static_cast<int64_t>(n), plan.channels, plan.rows, plan.columns});
  float* to = batch.data_ptr<float>();
  for (size_t i = 0; i < n; ++i) {
    const int8_t* from = examples.features.data() + order[first + i] * plan.n_features();
    for (int64_t channel = 0; channel < plan.channels; ++channel)
      for (int64_t j = channel; j < plan.n_features(); j += plan.channels) *to++ = plan.input.real(from[j]);
  }
  return batch;
}

torch::Tensor labels_of(const Examples& examples, const std::vector<int64_t>& order, size_t first, size_t n) {
  torch::Tensor labels = torch::empty({static_cast<int64_t>(n)}, torch::kInt64);
  for (size_t i = 0; i < n; ++i)
    labels.data_ptr<int64_t>()[i] = examples.labels[static_cast<size_t>(order[first + i])];
  return labels;
}

/// Hides some rows and some frequencies (SpecAugment; Park and others, 2019), so that no single one counts.
/// `batch` holds the examples from `first` on of `n_all` that are drawn for.
void hide_parts(torch::Tensor batch, size_t first, size_t n_all, Random& random) {
  const auto n_own = static_cast<size_t>(batch.size(0));
  for (size_t i = 0; i < n_all; ++i) {
    for (const int64_t dim : {int64_t{1}, int64_t{2}}) {
      if (random.chance(0.5)) continue;
      const int32_t most = dim == 1 ? 6 : 4;
      const int32_t n = 1 + random.below(most);
      const int32_t at = random.below(static_cast<int32_t>(batch.size(dim + 1)) - n);
      if (i >= first && i < first + n_own) batch[static_cast<int64_t>(i - first)].narrow(dim, at, n).zero_();
    }
  }
}

std::vector<int64_t> numbers_to(int64_t n) {
  std::vector<int64_t> numbers(static_cast<size_t>(n));
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

double accuracy(Network& network, const NetworkPlan& plan, const Examples& examples) {
  const torch::NoGradGuard no_gradients;
  network.eval();
  const std::vector<int64_t> order = numbers_to(examples.size());
  int64_t n_right = 0;
  for (size_t first = 0; first < order.size(); first += 256) {
    const size_t n = std::min<size_t>(256, order.size() - first);
    const torch::Tensor guess = network.forward(batch_of(plan, examples, order, first, n)).argmax(1);
    n_right += guess.eq(labels_of(examples, order, first, n)).sum().item<int64_t>();
  }
  network.train();
  return static_cast<double>(n_right) / static_cast<double>(std::max<int64_t>(1, examples.size()));
}

/// A label's weight is one over the root of its share, so that what there is most of does not drown the rest.
torch::Tensor label_weights(const Examples& examples, int32_t n_labels) {
  torch::Tensor counts = torch::ones({n_labels});
  for (const int32_t label : examples.labels) counts[label] += 1;
  const torch::Tensor weights = counts.rsqrt();
  return weights / (weights * counts).sum() * counts.sum();
}

double rate_at(double share, double highest) {
  constexpr double kRise = 0.05;
  if (share < kRise) return highest * (0.1 + 0.9 * share / kRise);
  return highest * (0.005 + 0.995 * 0.5 * (1 + std::cos(3.141592653589793 * (share - kRise) / (1 - kRise))));
}

/// The loss over this process' share of a batch, so that the shares' sum is that over the whole batch.
torch::Tensor share_of_loss(const torch::Tensor& logits, const torch::Tensor& labels,
                            const torch::Tensor& weights) {
  const torch::Tensor loss = torch::nn::functional::cross_entropy(
      logits, labels, torch::nn::functional::CrossEntropyFuncOptions().weight(weights));
  if (processes::size() == 1) return loss;
  const torch::Tensor own = weights.index_select(0, labels).sum(), all = own.clone();
  processes::sum(all);
  return loss * own / all;
}

/// One pass over the examples; returns the mean loss. Each process takes its share of every batch.
double pass(const NetworkPlan& plan, const Examples& train, const torch::Tensor& weights,
            const LearnSettings& settings, int32_t epoch, Network& network, torch::optim::AdamW& optimizer) {
  auto& options = static_cast<torch::optim::AdamWOptions&>(optimizer.param_groups()[0].options());
  Random random = Random(settings.seed).child(static_cast<uint64_t>(epoch));
  std::vector<int64_t> order = numbers_to(train.size());
  random.shuffle(order);
  const auto n_processes = static_cast<size_t>(processes::size());
  const size_t share = std::min(static_cast<size_t>(settings.batch), order.size() / n_processes);
  const size_t batch = share * n_processes, before = share * static_cast<size_t>(processes::rank());
  const size_t n_batches = order.size() / batch;
  double loss_sum = 0;
  for (size_t i = 0; i < n_batches; ++i) {
    const double done = epoch + static_cast<double>(i) / static_cast<double>(n_batches);
    options.lr(rate_at(done / settings.n_epochs, settings.rate));
    torch::Tensor features = batch_of(plan, train, order, i * batch + before, share);
    if (plan.hides_parts) hide_parts(features, before, batch, random);
    const torch::Tensor loss =
        share_of_loss(network.forward(features), labels_of(train, order, i * batch + before, share), weights);
    optimizer.zero_grad();
    loss.backward();
    processes::sum_gradients(network.parameters());
    optimizer.step();
    const torch::Tensor whole_loss = loss.detach().clone();
    processes::sum(whole_loss);
    loss_sum += whole_loss.item<double>();
  }
  return loss_sum / static_cast<double>(n_batches);
}

}  // namespace

graph::Graph learn(const NetworkPlan& plan, const Examples& train, const Examples& validation,
                   int32_t n_labels, const LearnSettings& settings, const OnEpoch& on_epoch) {
  if (train.size() < processes::size()) throw Error("there are no examples to learn from");
  at::set_num_threads(1);
  torch::manual_seed(static_cast<uint64_t>(settings.seed));
  Network network(plan, n_labels);
  torch::optim::AdamW optimizer(network.parameters(),
                                torch::optim::AdamWOptions(settings.rate).weight_decay(1e-3));
  const torch::Tensor weights = label_weights(train, n_labels);
  Checkpoint checkpoint(settings.checkpoint, fingerprint(plan, train, n_labels, settings));
  for (int32_t epoch = checkpoint.restore(network, optimizer); epoch < settings.n_epochs; ++epoch) {
    const double loss = pass(plan, train, weights, settings, epoch, network, optimizer);
    if (processes::rank() == 0) checkpoint.keep(epoch + 1, network, optimizer);
    on_epoch(epoch + 1, loss, accuracy(network, plan, validation));
  }
  return network.to_graph();
}

}  // namespace inkling::host
