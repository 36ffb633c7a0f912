// Counts.
#include "host/train/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "host/error.h"
#include "host/train/features.h"

namespace inkling::host {
namespace {

template <class T>
size_t highest(const Tensor& scores) {
  const T* first = scores.as<T>();
  return static_cast<size_t>(std::max_element(first, first + scores.n_elements) - first);
}

}  // namespace

double Confusion::accuracy() const {
  int64_t n = 0, n_right = 0;
  for (size_t label = 0; label < counts.size(); ++label) {
    n_right += counts[label][label];
    for (const int64_t count : counts[label]) n += count;
  }
  return static_cast<double>(n_right) / static_cast<double>(std::max<int64_t>(1, n));
}

std::string Confusion::text(const std::vector<std::string>& labels) const {
  std::string table = fmt::format("  {:>12}", "");
  for (const std::string& label : labels) table += fmt::format(" {:>9}", label);
  for (size_t label = 0; label < counts.size(); ++label) {
    table += fmt::format("\n  {:>12}", labels.at(label));
    for (const int64_t count : counts[label]) table += fmt::format(" {:>9}", count);
  }
  return table + "\n";
}

Confusion score(Program& program, const Examples& examples) {
  Interpreter& net = program.net();
  const auto n_labels = static_cast<size_t>(net.output(0).n_elements);
  Confusion confusion{std::vector<std::vector<int64_t>>(n_labels, std::vector<int64_t>(n_labels))};
  for (int64_t i = 0; i < examples.size(); ++i) {
    const Tensor input = net.input(0);
    if (input.type == Type::int8) {
      std::memcpy(input.data, examples.features.data() + i * kWindowFeatures, kWindowFeatures);
    } else {
      const std::vector<float> features = real_features(examples, i);
      std::memcpy(input.data, features.data(), features.size() * sizeof(float));
    }
    if (net.invoke() != Status::ok) throw Error("the model does not run");
    const Tensor output = net.output(0);
    const size_t guess = output.type == Type::int8 ? highest<int8_t>(output) : highest<float>(output);
    ++confusion.counts[static_cast<size_t>(examples.labels[static_cast<size_t>(i)])][guess];
  }
  return confusion;
}

std::vector<float> real_features(const Examples& examples, int64_t i) {
  std::vector<float> features;
  const int8_t* from = examples.features.data() + i * kWindowFeatures;
  for (int32_t j = 0; j < kWindowFeatures; ++j) features.push_back(real_feature(from[j]));
  return features;
}

}  // namespace inkling::host
