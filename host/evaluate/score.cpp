// Counts.
#include "host/evaluate/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "host/error.h"

namespace inkling::host {
namespace {

double share(int64_t n, int64_t of) {
  return of == 0 ? 0 : static_cast<double>(n) / static_cast<double>(of);
}

}  // namespace

int64_t Confusion::total() const {
  int64_t n = 0;
  for (size_t label = 0; label < counts.size(); ++label) n += count(label);
  return n;
}

double Confusion::accuracy() const {
  int64_t n_right = 0;
  for (size_t label = 0; label < counts.size(); ++label) n_right += counts[label][label];
  return share(n_right, total());
}

int64_t Confusion::count(size_t label) const {
  int64_t n = 0;
  for (const int64_t count : counts[label]) n += count;
  return n;
}

double Confusion::recall(size_t label) const {
  return share(counts[label][label], count(label));
}

double Confusion::precision(size_t label) const {
  int64_t n = 0;
  for (const auto& row : counts) n += row[label];
  return share(counts[label][label], n);
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

std::optional<double> area_under_roc(const std::vector<float>& scores, const std::vector<bool>& are_hits) {
  std::vector<std::pair<float, bool>> ranked;
  for (size_t i = 0; i < scores.size(); ++i) ranked.emplace_back(scores[i], are_hits[i]);
  std::sort(ranked.begin(), ranked.end());
  double n_hits = 0, n_misses = 0, n_won = 0;
  for (size_t i = 0; i < ranked.size();) {
    double n_tied_hits = 0, n_tied_misses = 0;
    const float tied = ranked[i].first;
    for (; i < ranked.size() && ranked[i].first == tied; ++i)
      (ranked[i].second ? n_tied_hits : n_tied_misses) += 1;
    n_won += n_tied_hits * (n_misses + n_tied_misses / 2);
    n_hits += n_tied_hits;
    n_misses += n_tied_misses;
  }
  if (n_hits == 0 || n_misses == 0) return {};
  return n_won / (n_hits * n_misses);
}

std::vector<float> scores_of(Program& program, const int8_t* features, Quantization quantization) {
  Interpreter& net = program.net();
  const Tensor input = net.input(0);
  if (input.type == Type::int16) {
    const Quantization own{input.scale(), input.zero_point()};
    for (int32_t i = 0; i < input.n_elements; ++i)
      input.as<int16_t>()[i] = own.in_int16(quantization.real(features[i]));
  } else if (input.type == Type::int8) {
    std::memcpy(input.data, features, static_cast<size_t>(input.n_elements));
  } else {
    for (int32_t i = 0; i < input.n_elements; ++i) input.as<float>()[i] = quantization.real(features[i]);
  }
  if (net.invoke() != Status::ok) throw Error("the model does not run");
  const Tensor output = net.output(0);
  std::vector<float> scores;
  for (int32_t i = 0; i < output.n_elements; ++i)
    scores.push_back(output.type == Type::int16 ? output.scale() * static_cast<float>(output.as<int16_t>()[i])
                     : output.type == Type::int8
                         ? output.scale() * static_cast<float>(output.as<int8_t>()[i] - output.zero_point())
                         : output.as<float>()[i]);
  return scores;
}

Confusion score(Program& program, const Examples& examples, Quantization quantization) {
  const int32_t n_features = program.net().input(0).n_elements;
  Confusion confusion(static_cast<size_t>(program.net().output(0).n_elements));
  for (int64_t i = 0; i < examples.size(); ++i) {
    const std::vector<float> scores =
        scores_of(program, examples.features.data() + i * n_features, quantization);
    const auto guess = std::max_element(scores.begin(), scores.end()) - scores.begin();
    const auto label = static_cast<size_t>(examples.labels[static_cast<size_t>(i)]);
    ++confusion.counts[label][static_cast<size_t>(guess)];
  }
  return confusion;
}

std::vector<float> real_values(const Examples& examples, int64_t i, Quantization quantization) {
  const int64_t n_features = static_cast<int64_t>(examples.features.size()) / examples.size();
  std::vector<float> values;
  const int8_t* from = examples.features.data() + i * n_features;
  for (int64_t j = 0; j < n_features; ++j) values.push_back(quantization.real(from[j]));
  return values;
}

}  // namespace inkling::host
