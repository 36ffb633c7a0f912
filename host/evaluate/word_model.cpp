// Features, inference, real scores.
#include "host/evaluate/word_model.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstring>

#include "host/data/random.h"
#include "host/data/scenes.h"
#include "host/error.h"
#include "host/evaluate/features.h"
#include "host/evaluate/score.h"
#include "inkling/signal/sound_settings.h"

namespace inkling::host {
namespace {

constexpr int32_t kHop = micro_speech_settings.hop_samples();
constexpr int32_t kRowsPerRun = 4;

}  // namespace

std::vector<int16_t> as_heard(std::vector<int16_t> samples) {
  Random random(1);
  for (auto hop = samples.begin(); hop != samples.end();) {
    const auto end = hop + std::min<std::ptrdiff_t>(kHop, samples.end() - hop);
    const bool is_silent = std::all_of(hop, end, [](int16_t sample) { return sample == 0; });
    for (; hop != end; ++hop)
      if (is_silent) *hop = static_cast<int16_t>(random.below(5) - 2);
  }
  return samples;
}

WordModel::WordModel(const std::filesystem::path& path, std::vector<std::string> labels)
    : file_(path), program_(file_), labels_(std::move(labels)) {
  const Interpreter& net = program_.net();
  const Tensor input = net.input(0), output = net.output(0);
  const auto is_known = [](Type type) { return type == Type::int8 || type == Type::float32; };
  if (input.n_elements == 0 || input.n_elements % kRowFeatures != 0 || !is_known(input.type) ||
      !is_known(output.type))
    throw Error(
        fmt::format("{}: is no model of words (its input has {} values; want int8 or float rows of {})",
                    path.string(), input.n_elements, kRowFeatures));
  if (output.n_elements != static_cast<int32_t>(labels_.size()))
    throw Error(fmt::format("{}: has {} outputs but {} labels{}", path.string(), output.n_elements,
                            labels_.size(), labels_.empty() ? "; name them with --classes" : ""));
  n_rows_ = input.n_elements / kRowFeatures;
}

int32_t WordModel::window_samples() const {
  return (n_rows_ - 1) * kHop + micro_speech_settings.window_samples();
}

uint32_t WordModel::end_ms(const Moment& moment) const {
  return static_cast<uint32_t>((int64_t{moment.first_row} * kHop + window_samples()) * 1000 /
                               micro_speech_settings.rate_hz);
}

std::vector<WordModel::Moment> WordModel::hear(const std::vector<int16_t>& samples) {
  const std::vector<int8_t> rows = feature_rows(samples);
  const auto n = static_cast<int32_t>(rows.size()) / kRowFeatures;
  std::vector<Moment> moments;
  for (int32_t row = 0; row + n_rows_ <= n; row += kRowsPerRun)
    moments.push_back({row, scores_of(program_, rows.data() + row * kRowFeatures, kFeatureQuantization)});
  return moments;
}

}  // namespace inkling::host
