// Labels, rows for new ones, and weights.
#include "host/adapt/task.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "host/adapt/takes.h"
#include "host/engine/labels.h"
#include "host/engine/program.h"
#include "host/error.h"
#include "host/evaluate/score.h"
#include "host/evaluate/word_clips.h"

namespace inkling::host {
namespace {

/// What the model's outputs stand for.
std::vector<std::string> known_labels(const AdaptSettings& settings, const Head& head) {
  std::vector<std::string> labels = settings.classes.empty() ? read_labels(settings.model) : settings.classes;
  if (labels.size() != head.bias.size())
    throw Error(fmt::format("{}: has {} outputs but {} labels; name them with --classes",
                            settings.model.string(), head.bias.size(), labels.size()));
  return labels;
}

/// A row that knows nothing is as likely as the others on the whole, and told by no feature.
void add_rows(Head& head, size_t n) {
  const float bias =
      std::accumulate(head.bias.begin(), head.bias.end(), 0.0f) / static_cast<float>(head.bias.size());
  std::vector<float> row(static_cast<size_t>(head.n_features));
  for (size_t label = 0; label < head.bias.size(); ++label)
    for (size_t j = 0; j < row.size(); ++j)
      row[j] += head.weights[label * row.size() + j] / static_cast<float>(head.bias.size());
  for (size_t i = 0; i < n; ++i) {
    head.bias.push_back(bias);
    head.weights.insert(head.weights.end(), row.begin(), row.end());
  }
}

/// All words count alike, silence and what is unknown half as much; within one, the takes count more than
/// what is rehearsed.
std::vector<float> weights_of(const Examples& takes, const Examples& rehearsed,
                              const std::vector<std::string>& labels) {
  constexpr double kTakesShare = 0.7, kNoWord = 0.5;
  const size_t n_labels = labels.size();
  std::vector<int64_t> n_takes(n_labels), n_rehearsed(n_labels);
  for (const int32_t label : takes.labels) ++n_takes[static_cast<size_t>(label)];
  for (const int32_t label : rehearsed.labels) ++n_rehearsed[static_cast<size_t>(label)];
  std::vector<float> weights;
  const auto weigh = [&](const Examples& examples, const std::vector<int64_t>& own,
                         const std::vector<int64_t>& other, double share) {
    for (const int32_t label : examples.labels) {
      const auto i = static_cast<size_t>(label);
      const double of_label = is_word(labels[i]) ? 1 : kNoWord;
      weights.push_back(
          static_cast<float>(of_label * (other[i] == 0 ? 1 : share) / static_cast<double>(own[i])));
    }
  };
  weigh(takes, n_takes, n_rehearsed, kTakesShare);
  weigh(rehearsed, n_rehearsed, n_takes, 1 - kTakesShare);
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (float& weight : weights)
    weight = static_cast<float>(static_cast<double>(weight) * static_cast<double>(weights.size()) / sum);
  return weights;
}

}  // namespace

AdaptTask read_adapt_task(const AdaptSettings& settings) {
  AdaptTask task;
  task.settings = settings;
  const ModelFile file(settings.model);
  const Program program(file);  // says what is wrong with a model that cannot run
  task.model = graph::read(file.bytes());
  task.head = find_head(task.model, settings.model);
  task.labels = known_labels(settings, task.head);
  task.n_old_labels = task.labels.size();
  Takes takes = read_takes(settings, task.model, task.labels);
  add_rows(task.head, takes.labels.size() - task.n_old_labels);
  task.labels = takes.labels;
  task.input = takes.input;
  task.n_takes = takes.n_takes;
  task.weights = weights_of(takes.varied, takes.rehearsed, task.labels);
  task.examples = std::move(takes.varied);
  task.examples.append(takes.rehearsed);
  task.takes = std::move(takes.plain);
  task.known = std::move(takes.known);
  return task;
}

std::vector<std::vector<float>> samples_of(const AdaptTask& task, size_t n_most) {
  const auto n_all = static_cast<size_t>(task.examples.size());
  const size_t n = std::min(n_all, n_most);
  std::vector<std::vector<float>> samples;
  for (size_t i = 0; i < n; ++i)
    samples.push_back(real_values(task.examples, static_cast<int64_t>(i * n_all / n), task.input));
  return samples;
}

}  // namespace inkling::host
