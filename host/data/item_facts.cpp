// What one file holds: levels, copies, a short description that can be compared.
#include "host/data/item_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "host/data/hash.h"
#include "host/data/motion_dataset.h"
#include "host/data/picture.h"
#include "host/data/scene_features.h"
#include "host/data/scenes.h"
#include "host/data/sound.h"
#include "host/data/speech_span.h"
#include "host/error.h"
#include "inkling/signal/row_summary.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

// A clip in short: the middle second of what is said, in squares of 4 rows by 4 channels.
constexpr int32_t kSquare = 4;
constexpr int32_t kSummaryRows = kWindowRows / kSquare;
constexpr int32_t kSummaryChannels = kRowFeatures / kSquare;
using Summary = std::vector<float>;

// A clip is silent below this peak, or when its loudest tenth of a second has not even so many times the
// energy of its quietest.
constexpr int32_t kQuiet = 104;  // -50 dB
constexpr double kContrast = 1.5;

/// Less its mean, of length 1.
void normalize(Summary& summary) {
  const float mean =
      std::accumulate(summary.begin(), summary.end(), 0.0f) / static_cast<float>(summary.size());
  double norm = 0;
  for (float& value : summary) value -= mean;
  for (const float value : summary) norm += static_cast<double>(value) * value;
  for (float& value : summary) value /= static_cast<float>(std::sqrt(std::max(norm, 1e-12)));
}

template <class T>
uint32_t hash_of(const std::vector<T>& values) {
  return fnv1a32(reinterpret_cast<const uint8_t*>(values.data()), values.size() * sizeof(T));
}

int64_t clipped_runs(const std::vector<int16_t>& samples) {
  int64_t n = 0;
  int32_t length = 0;
  for (const int16_t sample : samples) {
    length = sample == 32767 || sample <= -32767 ? length + 1 : 0;
    n += length == 3;
  }
  return n;
}

/// Of the energies of tenths of a second.
double contrast(const std::vector<int16_t>& samples) {
  constexpr size_t kTenth = kSampleRateHz / 10;
  double highest = 0, lowest = std::numeric_limits<double>::infinity();
  for (size_t begin = 0; begin + kTenth <= samples.size(); begin += kTenth) {
    double energy = 1;
    for (size_t i = begin; i < begin + kTenth; ++i) energy += std::pow(samples[i], 2);
    highest = std::max(highest, energy);
    lowest = std::min(lowest, energy);
  }
  return highest / lowest;
}

Summary summary_of(const std::vector<int16_t>& samples) {
  const SampleSpan span = speech_span(samples);
  const int32_t begin = (span.begin + span.end - kSampleRateHz) / 2;
  std::vector<int16_t> second(static_cast<size_t>(2 * kSampleRateHz));  // a second of silence in front
  for (int32_t i = 0; i < kSampleRateHz; ++i)
    if (begin + i >= span.begin && begin + i < span.end)
      second[static_cast<size_t>(kSampleRateHz + i)] = samples[static_cast<size_t>(begin + i)];
  const std::vector<int8_t> rows = feature_rows(second);
  const int8_t* first = rows.data() + rows.size() - kWindowFeatures;
  Summary summary(kSummaryRows * kSummaryChannels);
  for (int32_t row = 0; row < kSummaryRows * kSquare; ++row)
    for (int32_t channel = 0; channel < kRowFeatures; ++channel)
      summary[static_cast<size_t>(row / kSquare * kSummaryChannels + channel / kSquare)] +=
          static_cast<float>(first[row * kRowFeatures + channel] + 128);
  normalize(summary);
  return summary;
}

/// What words and other sounds have in common.
ItemFacts facts_of_sound(const std::vector<int16_t>& samples) {
  constexpr int64_t kManyRuns = 10;
  ItemFacts facts;
  facts.size = static_cast<double>(samples.size()) / kSampleRateHz;
  facts.hash = hash_of(samples);
  const int64_t n_runs = clipped_runs(samples);
  if (n_runs >= kManyRuns) facts.clipped = fmt::format("cut off at full scale {} times", n_runs);
  return facts;
}

int32_t peak_of(const std::vector<int16_t>& samples) {
  int32_t peak = 0;
  for (const int16_t sample : samples) peak = std::max(peak, std::abs(int32_t{sample}));
  return peak;
}

ItemFacts word_facts(const fs::path& path) {
  const std::vector<int16_t> samples = read_sound(path);
  ItemFacts facts = facts_of_sound(samples);
  const int32_t peak = peak_of(samples);
  if (peak < kQuiet || contrast(samples) < kContrast)
    facts.silent = fmt::format("nothing stands out (peak {} of 32768)", peak);
  else
    facts.summary = summary_of(samples);
  return facts;
}

ItemFacts sound_facts(const fs::path& path) {
  const std::vector<int16_t> samples = read_sound(path);
  ItemFacts facts = facts_of_sound(samples);
  const std::vector<int8_t> rows = scene_rows(samples);
  constexpr size_t kMostRows = 4096;
  const size_t n_rows = std::min(rows.size() / kSceneChannels, kMostRows);
  const int32_t peak = peak_of(samples);
  if (peak < kQuiet || n_rows < 2) {
    facts.silent = fmt::format("next to nothing to hear (peak {} of 32768, {:.2f} s)", peak, facts.size);
    return facts;
  }
  std::vector<int16_t> features(2 * kSceneChannels);
  summarize_rows({rows.data(), static_cast<int32_t>(n_rows * kSceneChannels)}, kSceneChannels,
                 {features.data(), static_cast<int32_t>(features.size())});
  facts.summary.assign(features.begin(), features.end());
  normalize(facts.summary);
  return facts;
}

ItemFacts motion_facts(const fs::path& path) {
  constexpr size_t kRows = 32;
  const CsvTakes csv = read_csv(path, 0);
  std::vector<float> rows;
  for (const std::vector<float>& take : csv.takes) rows.insert(rows.end(), take.begin(), take.end());
  if (rows.empty()) throw Error(fmt::format("{}: holds no rows of numbers", path.string()));
  const auto n_channels = static_cast<size_t>(csv.n_channels), n_rows = rows.size() / n_channels;
  ItemFacts facts;
  facts.size = static_cast<double>(n_rows);
  facts.hash = hash_of(rows);
  bool moves = false;
  for (size_t channel = 0; channel < n_channels; ++channel) {
    float low = rows[channel], high = low;
    size_t n_low = 0, n_high = 0;
    for (size_t i = channel; i < rows.size(); i += n_channels) {
      low = std::min(low, rows[i]);
      high = std::max(high, rows[i]);
    }
    for (size_t i = channel; i < rows.size(); i += n_channels) {
      n_low += rows[i] == low;
      n_high += rows[i] == high;
    }
    moves = moves || high > low;
    if (high > low && n_low >= 3 && n_high >= 3 && n_low + n_high > n_rows / 10)
      facts.clipped = fmt::format("channel {} stays at its ends, {} and {}, in {} of {} rows", channel, low,
                                  high, n_low + n_high, n_rows);
    for (size_t row = 0; row < kRows; ++row)
      facts.summary.push_back(rows[row * n_rows / kRows * n_channels + channel]);
    Summary own(facts.summary.end() - kRows, facts.summary.end());
    const float mean = std::accumulate(own.begin(), own.end(), 0.0f) / kRows;
    std::transform(own.begin(), own.end(), facts.summary.end() - kRows,
                   [=](float value) { return value - mean; });
  }
  normalize(facts.summary);
  if (moves) return facts;
  facts.silent = fmt::format("nothing moves in its {} rows", n_rows);
  facts.summary.clear();
  return facts;
}

ItemFacts picture_facts(const fs::path& path) {
  constexpr int32_t kThumbnail = 12;
  const Picture picture = read_picture(path);
  ItemFacts facts;
  facts.size = std::min(picture.width, picture.height);
  facts.hash = hash_of(picture.pixels);
  const auto [low, high] = std::minmax_element(picture.pixels.begin(), picture.pixels.end());
  const auto n_ends = std::count_if(picture.pixels.begin(), picture.pixels.end(),
                                    [](uint8_t value) { return value == 0 || value == 255; });
  if (*high - *low < 8) {
    facts.silent = fmt::format("one shade all over ({} to {})", *low, *high);
    return facts;
  }
  if (n_ends * 2 > static_cast<std::ptrdiff_t>(picture.pixels.size()))
    facts.clipped = fmt::format("{} % of it is full black or full white",
                                n_ends * 100 / static_cast<std::ptrdiff_t>(picture.pixels.size()));
  const Picture thumbnail = middle_square(picture, kThumbnail, 1);
  facts.summary.assign(thumbnail.pixels.begin(), thumbnail.pixels.end());
  normalize(facts.summary);
  return facts;
}

}  // namespace

ItemFacts facts_of_item(DatasetKind kind, const fs::path& path) {
  switch (kind) {
    case DatasetKind::words:
      return word_facts(path);
    case DatasetKind::sounds:
      return sound_facts(path);
    case DatasetKind::motion:
      return motion_facts(path);
    case DatasetKind::pictures:
      return picture_facts(path);
  }
  return {};
}

}  // namespace inkling::host
