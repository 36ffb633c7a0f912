// Sound files as 16 kHz mono: see sound.h. Everything streams in blocks, so no header decides how much memory
// is used.
#include "host/data/sound.h"

#include <fmt/format.h>
#include <samplerate.h>
#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "host/data/files.h"
#include "host/error.h"

namespace inkling::host {
namespace {

constexpr size_t kBlockFrames = 4096;
constexpr int kMinRateHz = 1000;
constexpr int kMaxRateHz = 384000;
constexpr int kMaxChannels = 64;

using SoundFile = std::unique_ptr<SNDFILE, decltype(&sf_close)>;

/// A sound file and what its header claims.
struct Source {
  std::string name;
  SF_INFO info{};
  SoundFile file{nullptr, sf_close};

  [[noreturn]] void fail(const std::string& what) const { throw Error(fmt::format("{}: {}", name, what)); }
  sf_count_t max_frames() const { return static_cast<sf_count_t>(kMaxSoundSeconds) * info.samplerate; }
  /// The header's word; SF_COUNT_MAX is libsndfile's way to say that it is silent on the matter.
  bool states_length() const { return info.frames != SF_COUNT_MAX; }
  void check_length(sf_count_t n_frames) const {
    if (n_frames > max_frames()) {
      fail(fmt::format("lasts longer than {} s; cut it into pieces", kMaxSoundSeconds));
    }
  }
};

Source open(const std::filesystem::path& path) {
  require_file(path);
  Source source;
  source.name = path.string();
  source.file.reset(sf_open(path.c_str(), SFM_READ, &source.info));
  if (!source.file) {
    source.fail(
        fmt::format("is no sound file that can be read, want WAV, FLAC or OGG ({})", sf_strerror(nullptr)));
  }
  const SF_INFO& info = source.info;
  if (info.channels < 1 || info.channels > kMaxChannels) {
    source.fail(fmt::format("has {} channels, want 1 to {}", info.channels, kMaxChannels));
  }
  if (info.samplerate < kMinRateHz || info.samplerate > kMaxRateHz) {
    source.fail(fmt::format("has a rate of {} Hz, want {} to {}", info.samplerate, kMinRateHz, kMaxRateHz));
  }
  if (source.states_length()) source.check_length(info.frames);
  return source;
}

/// Calls use(samples, n_frames) for each block of a file until it ends. read_frames is sf_readf_short or
/// _float.
template <class T, class ReadFrames, class Use>
void for_each_block(const Source& source, ReadFrames read_frames, Use use) {
  std::vector<T> block(kBlockFrames * static_cast<size_t>(source.info.channels));
  sf_count_t n_total = 0;
  while (const sf_count_t n = read_frames(source.file.get(), block.data(), kBlockFrames)) {
    source.check_length(n_total += n);
    use(block.data(), static_cast<size_t>(n));
  }
  if (sf_error(source.file.get()) != SF_ERR_NO_ERROR) {
    source.fail(fmt::format("cannot be read to its end ({})", sf_strerror(source.file.get())));
  }
  if (source.states_length() && n_total < source.info.frames) {
    source.fail(fmt::format("is cut short: its header promises {} frames, {} could be read",
                            source.info.frames, n_total));
  }
}

int16_t to_int16(float sample) {
  return static_cast<int16_t>(std::lrint(std::clamp(sample * 32768.0f, -32768.0f, 32767.0f)));
}

/// The mean of the channels of one frame, clipped to full scale.
float mix(const Source& source, const float* frame) {
  double sum = 0;
  for (int c = 0; c < source.info.channels; ++c) sum += static_cast<double>(frame[c]);
  if (!std::isfinite(sum)) source.fail("holds a sample that is not a finite number");
  return static_cast<float>(std::clamp(sum / source.info.channels, -1.0, 1.0));
}

/// Turns blocks of mono samples at one rate into samples at 16 kHz.
class Resampler {
 public:
  explicit Resampler(int rate_hz)
      : ratio_(static_cast<double>(kSampleRateHz) / rate_hz),
        state_(src_new(SRC_SINC_MEDIUM_QUALITY, 1, &error_), src_delete),
        room_(static_cast<size_t>(std::ceil(static_cast<double>(kBlockFrames) * ratio_)) + 1) {
    if (!state_) throw Error(fmt::format("cannot resample: {}", src_strerror(error_)));
  }

  /// Appends to `out` what `n` more samples give; `end` asks for all that is left.
  void push(const float* samples, size_t n, bool end, std::vector<int16_t>& out) {
    SRC_DATA data{};
    data.data_in = samples;
    data.input_frames = static_cast<long>(n);
    data.data_out = room_.data();
    data.output_frames = static_cast<long>(room_.size());
    data.src_ratio = ratio_;
    data.end_of_input = end;
    do {
      error_ = src_process(state_.get(), &data);
      if (error_ != 0) throw Error(fmt::format("cannot resample: {}", src_strerror(error_)));
      std::transform(room_.data(), room_.data() + data.output_frames_gen, std::back_inserter(out), to_int16);
      data.data_in += data.input_frames_used;
      data.input_frames -= data.input_frames_used;
    } while (data.input_frames > 0 || data.output_frames_gen > 0);
  }

 private:
  double ratio_;
  int error_ = 0;
  std::unique_ptr<SRC_STATE, decltype(&src_delete)> state_;
  std::vector<float> room_;
};

}  // namespace

std::vector<int16_t> read_sound(const std::filesystem::path& path) {
  const Source source = open(path);
  const SF_INFO& info = source.info;
  const bool same_rate = info.samplerate == kSampleRateHz;
  std::vector<int16_t> out;
  if (same_rate && info.channels == 1 && (info.format & SF_FORMAT_SUBMASK) == SF_FORMAT_PCM_16) {
    for_each_block<int16_t>(source, sf_readf_short,
                            [&](const int16_t* block, size_t n) { out.insert(out.end(), block, block + n); });
    return out;
  }
  Resampler resampler(info.samplerate);
  std::vector<float> mono;
  size_t n_total = 0;
  for_each_block<float>(source, sf_readf_float, [&](const float* block, size_t n) {
    n_total += n;
    mono.resize(n);
    for (size_t i = 0; i < n; ++i) mono[i] = mix(source, block + i * static_cast<size_t>(info.channels));
    if (same_rate) {
      std::transform(mono.begin(), mono.end(), std::back_inserter(out), to_int16);
    } else {
      resampler.push(mono.data(), n, false, out);
    }
  });
  if (same_rate) return out;
  resampler.push(mono.data(), 0, true, out);
  const auto rate_hz = static_cast<size_t>(info.samplerate);
  out.resize((n_total * kSampleRateHz + rate_hz / 2) /
             rate_hz);  // the filter's end is a sample early or late
  return out;
}

}  // namespace inkling::host
