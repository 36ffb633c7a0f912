// Counts.
#include "host/evaluate/score.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/evaluate/features.h"
#include "host/evaluate/word_model.h"

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

Confusion score(Program& program, const Examples& examples) {
  Confusion confusion(static_cast<size_t>(program.net().output(0).n_elements));
  for (int64_t i = 0; i < examples.size(); ++i) {
    const std::vector<float> scores = word_scores(program, examples.features.data() + i * kWindowFeatures);
    const auto guess = std::max_element(scores.begin(), scores.end()) - scores.begin();
    ++confusion
          .counts[static_cast<size_t>(examples.labels[static_cast<size_t>(i)])][static_cast<size_t>(guess)];
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
