// Adam on the cross entropy, over features brought to one scale, with a pull back to the start.
#include "host/adapt/regression.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/data/random.h"

namespace inkling::host {
namespace {

constexpr int32_t kBatch = 64;
constexpr double kProducts = 5e8;
constexpr double kRate = 0.02;
constexpr double kPull = 1e-3;

/// A column's mean and the reciprocal of its deviation.
struct Column {
  double mean = 0;
  double gain = 1;
};

std::vector<Column> columns_of(const WeightedRows& rows, size_t n) {
  std::vector<Column> columns(n);
  for (size_t j = 0; j < n; ++j) {
    double sum = 0, squares = 0;
    for (const auto& row : rows.features) {
      sum += static_cast<double>(row[j]);
      squares += static_cast<double>(row[j]) * static_cast<double>(row[j]);
    }
    const auto n_rows = static_cast<double>(rows.features.size());
    columns[j].mean = sum / n_rows;
    const double variance = squares / n_rows - columns[j].mean * columns[j].mean;
    // A column that says nothing keeps its weights.
    columns[j].gain = variance > 1e-12 ? 1 / std::sqrt(variance) : 0;
  }
  return columns;
}

/// A parameter with Adam's two moments.
struct Parameter {
  double value, start, mean = 0, square = 0;

  void step(double gradient, double rate, int64_t n) {
    gradient += kPull * (value - start);
    mean = 0.9 * mean + 0.1 * gradient;
    square = 0.999 * square + 0.001 * gradient * gradient;
    const auto t = static_cast<double>(n);
    value -= rate * mean / (1 - std::pow(0.9, t)) / (std::sqrt(square / (1 - std::pow(0.999, t))) + 1e-8);
  }
};

class Fit {
 public:
  Fit(const Head& head, const WeightedRows& rows)
      : rows_(rows), n_(static_cast<size_t>(head.n_features)), columns_(columns_of(rows, n_)) {
    for (size_t label = 0; label < head.bias.size(); ++label) {
      double bias = static_cast<double>(head.bias[label]);
      for (size_t j = 0; j < n_; ++j) {
        const auto weight = static_cast<double>(head.weights[label * n_ + j]);
        bias += weight * columns_[j].mean;
        const double scaled = columns_[j].gain > 0 ? weight / columns_[j].gain : 0;
        parameters_.push_back({scaled, scaled});
      }
      parameters_.push_back({bias, bias});
    }
    n_labels_ = head.bias.size();
    for (const auto& row : rows.features) {
      for (size_t j = 0; j < n_; ++j)
        scaled_.push_back((static_cast<double>(row[j]) - columns_[j].mean) * columns_[j].gain);
      scaled_.push_back(1);
    }
  }

  void learn(Random random) {
    std::vector<size_t> order(rows_.labels.size());
    std::iota(order.begin(), order.end(), size_t{0});
    size_t at = order.size();
    const double products = static_cast<double>(kBatch) * static_cast<double>(parameters_.size());
    const auto n_steps = static_cast<int64_t>(std::clamp(kProducts / products, 500.0, 6000.0));
    for (int64_t n = 1; n <= n_steps; ++n) {
      std::vector<double> gradient(parameters_.size());
      double weight = 0;
      for (int32_t i = 0; i < kBatch; ++i, ++at) {
        if (at >= order.size()) {
          random.shuffle(order);
          at = 0;
        }
        add_gradient(order[at], gradient);
        weight += static_cast<double>(rows_.weights[order[at]]);
      }
      const double share = static_cast<double>(n) / static_cast<double>(n_steps);
      const double rate = kRate * 0.5 * (1 + std::cos(3.141592653589793 * share));
      for (size_t i = 0; i < gradient.size(); ++i)
        parameters_[i].step(gradient[i] / std::max(weight, 1e-9), rate, n);
    }
  }

  void store(Head& head) const {
    for (size_t label = 0; label < n_labels_; ++label) {
      const Parameter* row = &parameters_[label * (n_ + 1)];
      double bias = row[n_].value;
      for (size_t j = 0; j < n_; ++j) {
        const double weight = columns_[j].gain > 0 ? row[j].value * columns_[j].gain
                                                   : static_cast<double>(head.weights[label * n_ + j]);
        bias -= weight * columns_[j].mean;
        head.weights[label * n_ + j] = static_cast<float>(weight);
      }
      head.bias[label] = static_cast<float>(bias);
    }
  }

 private:
  void add_gradient(size_t i, std::vector<double>& gradient) const {
    const double* x = &scaled_[i * (n_ + 1)];
    std::vector<double> p(n_labels_);
    for (size_t label = 0; label < n_labels_; ++label) {
      const Parameter* row = &parameters_[label * (n_ + 1)];
      for (size_t j = 0; j <= n_; ++j) p[label] += row[j].value * x[j];
    }
    const double highest = *std::max_element(p.begin(), p.end());
    double sum = 0;
    for (double& value : p) sum += value = std::exp(value - highest);
    const auto weight = static_cast<double>(rows_.weights[i]);
    for (size_t label = 0; label < n_labels_; ++label) {
      const bool is_it = static_cast<int32_t>(label) == rows_.labels[i];
      const double error = weight * (p[label] / sum - (is_it ? 1 : 0));
      for (size_t j = 0; j <= n_; ++j) gradient[label * (n_ + 1) + j] += error * x[j];
    }
  }

  const WeightedRows& rows_;
  size_t n_, n_labels_ = 0;
  std::vector<Column> columns_;
  std::vector<Parameter> parameters_;  // [label][n_ + 1], the bias behind the weights
  std::vector<double> scaled_;         // [row][n_ + 1], 1 behind the features
};

}  // namespace

void fit(Head& head, const WeightedRows& rows, uint64_t seed) {
  if (rows.labels.empty()) return;
  Fit fit(head, rows);
  fit.learn(Random(seed));
  fit.store(head);
}

}  // namespace inkling::host
