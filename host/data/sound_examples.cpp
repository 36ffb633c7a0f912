// Reading, mixing, the front end.
#include "host/data/sound_examples.h"

#include <algorithm>
#include <cmath>

#include "host/data/noise.h"
#include "host/data/parallel.h"
#include "host/data/scene_features.h"
#include "host/data/sound.h"
#include "host/error.h"
#include "inkling/signal/scene_settings.h"

namespace inkling::host {
namespace {

constexpr int32_t kWindowSize = kSceneRows * kSceneChannels;
constexpr int32_t kSegmentSamples = scene_settings.window_samples() + (kSceneRows - 1) * kSceneHopSamples;
// Features below this are silence or nearly so.
constexpr double kFaint = -100;

double mean_of(const int8_t* features, int32_t n) {
  double sum = 0;
  for (int32_t i = 0; i < n; ++i) sum += features[i];
  return sum / n;
}

/// A sound and how loud each tenth of a second of it is.
struct Source {
  int32_t label;
  Samples samples;
  std::vector<double> loudness;
};

constexpr size_t kStep = kSampleRateHz / 10;

Source source_from(const std::vector<int16_t>& sound, int32_t label) {
  Source source{label, to_float(sound), {}};
  for (size_t first = 0; first < source.samples.size(); first += kStep) {
    const size_t end = std::min(first + kStep, source.samples.size());
    source.loudness.push_back(rms({source.samples.begin() + static_cast<std::ptrdiff_t>(first),
                                   source.samples.begin() + static_cast<std::ptrdiff_t>(end)}));
  }
  return source;
}

/// `n` samples around a place that is drawn by its loudness, silence where there is no sound.
Samples segment_of(const Source& source, size_t n, Random& random) {
  double sum = 0;
  for (const double loudness : source.loudness) sum += loudness + 1e-5;
  double at = random.uniform(0, sum);
  size_t step = 0;
  while (step + 1 < source.loudness.size() && (at -= source.loudness[step] + 1e-5) > 0) ++step;
  const auto first =
      static_cast<int64_t>(step * kStep) - static_cast<int64_t>(random.uniform(0, static_cast<double>(n)));
  Samples segment(n);
  for (size_t i = 0; i < n; ++i) {
    const int64_t from = first + static_cast<int64_t>(i);
    if (from >= 0 && from < static_cast<int64_t>(source.samples.size()))
      segment[i] = source.samples[static_cast<size_t>(from)];
  }
  return segment;
}

void add_at(Samples& samples, const Samples& other, double level_db) {
  const auto gain =
      static_cast<float>(rms(samples) / std::max(rms(other), 1e-6) * std::pow(10, level_db / 20));
  for (size_t i = 0; i < samples.size(); ++i) samples[i] += gain * other[i];
}

Samples varied_segment(const Source& source, Random& random) {
  const double speed = std::exp(random.uniform(-0.2, 0.2));
  Samples samples =
      at_speed(segment_of(source, static_cast<size_t>(kSegmentSamples * speed) + 8, random), speed);
  samples.resize(kSegmentSamples);
  return samples;
}

std::vector<int8_t> variant(const std::vector<Source>& sources, const Source& source, Random& random) {
  Samples samples = varied_segment(source, random);
  const Source& other = random.pick(sources);
  if (other.label == source.label && &other != &source)
    add_at(samples, varied_segment(other, random), random.uniform(-10, 0));
  else if (random.chance(0.3))
    add_at(samples, varied_segment(other, random), random.uniform(-30, -12));
  samples = tilted(samples, random.uniform(300, 3000), random.uniform(-6, 6), random.uniform(-6, 6));
  if (random.chance(0.2)) {
    samples = in_room(samples, random.uniform(0.1, 0.5), random.uniform(0.1, 0.5), random);
    samples.resize(kSegmentSamples);
  }
  if (random.chance(0.4)) {
    const Samples noise = to_float(make_noise(random.pick(noise_kinds()), kSegmentSamples, random.child(1)));
    add_at(samples, noise, random.uniform(-40, -12));
  }
  float peak = 1e-6f;
  for (const float sample : samples) peak = std::max(peak, std::abs(sample));
  const auto gain = static_cast<float>(std::pow(10, random.uniform(-30, 0) / 20)) / peak;
  for (float& sample : samples) sample *= gain;
  std::vector<int8_t> rows = scene_rows(to_int16(samples));
  rows.resize(kWindowSize, -128);
  return rows;
}

}  // namespace

std::vector<std::vector<int8_t>> scene_windows(const std::vector<int16_t>& sound) {
  std::vector<int16_t> padded = sound;
  padded.resize(std::max<size_t>(padded.size(), kSegmentSamples));
  const std::vector<int8_t> rows = scene_rows(padded);
  std::vector<std::vector<int8_t>> windows, loud;
  for (size_t first = 0; first + kWindowSize <= rows.size(); first += kSceneHopRows * kSceneChannels) {
    const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(first);
    windows.emplace_back(begin, begin + kWindowSize);
    if (mean_of(windows.back().data(), kWindowSize) > kFaint) loud.push_back(windows.back());
  }
  return loud.empty() ? windows : loud;
}

Examples sound_examples(const std::vector<ClassItem>& items, int32_t n_variants, Random random,
                        Skipped& skipped) {
  std::vector<std::vector<int16_t>> sounds(items.size());
  std::vector<std::string> messages(items.size());
  parallel_for(static_cast<int64_t>(items.size()), [&](int64_t i) {
    const auto at = static_cast<size_t>(i);
    try {
      sounds[at] = read_sound(items[at].path);
      if (sounds[at].empty()) throw Error(items[at].path.string() + ": holds no sound");
    } catch (const Error& error) {
      messages[at] = error.what();
    }
  });
  Examples examples;
  std::vector<Source> sources;
  for (size_t i = 0; i < items.size(); ++i) {
    if (!messages[i].empty()) {
      skipped.add(messages[i]);
    } else if (n_variants > 0) {
      sources.push_back(source_from(sounds[i], items[i].label));
    } else {
      for (const std::vector<int8_t>& window : scene_windows(sounds[i]))
        examples.append({window, {items[i].label}});
    }
  }
  const auto n = static_cast<int64_t>(sources.size()) * n_variants;
  std::vector<std::vector<int8_t>> windows(static_cast<size_t>(n));
  parallel_for(n, [&](int64_t i) {
    Random own = random.child(static_cast<uint64_t>(i));
    windows[static_cast<size_t>(i)] = variant(sources, sources[static_cast<size_t>(i / n_variants)], own);
  });
  for (size_t i = 0; i < windows.size(); ++i)
    examples.append({windows[i], {sources[i / static_cast<size_t>(n_variants)].label}});
  return examples;
}

}  // namespace inkling::host
