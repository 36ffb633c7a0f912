// Tests of host/data/sound.h: bit-exact pass-through, resampling that keeps pitch and length, and files that
// lie.
#include "host/data/sound.h"

#include <gtest/gtest.h>
#include <sndfile.h>

#include <cmath>
#include <limits>

#include "host/data/files.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

using std::filesystem::path;
using testing::IsSubstring;

constexpr int kWav16 = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
constexpr double kPi = 3.14159265358979323846;

template <class T>
void write_sound(const path& file, const std::vector<T>& samples, int rate_hz, int channels, int format) {
  SF_INFO info{};
  info.samplerate = rate_hz;
  info.channels = channels;
  info.format = format;
  SNDFILE* out = sf_open(file.c_str(), SFM_WRITE, &info);
  ASSERT_NE(out, nullptr) << sf_strerror(nullptr);
  const auto n = static_cast<sf_count_t>(samples.size());
  if constexpr (std::is_same_v<T, float>) {
    EXPECT_EQ(sf_write_float(out, samples.data(), n), n);
  } else {
    EXPECT_EQ(sf_write_short(out, samples.data(), n), n);
  }
  sf_close(out);
}

std::vector<float> sine(double hz, int rate_hz, size_t n) {
  std::vector<float> samples(n);
  for (size_t i = 0; i < n; ++i) {
    samples[i] = static_cast<float>(0.5 * std::sin(2 * kPi * hz * static_cast<double>(i) / rate_hz));
  }
  return samples;
}

std::vector<int16_t> every_value() {
  std::vector<int16_t> samples;
  for (int v = -32768; v <= 32767; ++v) samples.push_back(static_cast<int16_t>(v * 25173 + 13849));
  return samples;
}

std::vector<int16_t> parse(const path& file, const std::vector<uint8_t>& bytes) {
  write_atomically(file, bytes);
  return read_sound(file);
}

void put32(std::vector<uint8_t>& bytes, size_t at, uint32_t value) {
  for (size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<uint8_t>(value >> (8 * i));
}

TEST(Sound, PassesSixteenBitsThroughUnchanged) {
  const TemporaryFolder folder;
  for (const int container : {SF_FORMAT_WAV, SF_FORMAT_FLAC}) {
    write_sound(folder / "a", every_value(), 16000, 1, container | SF_FORMAT_PCM_16);
    EXPECT_EQ(read_sound(folder / "a"), every_value());
  }
}

TEST(Sound, AveragesChannelsAndConvertsFormats) {
  const TemporaryFolder folder;
  std::vector<int16_t> twice;
  for (const int16_t v : every_value()) twice.insert(twice.end(), {v, v});
  write_sound(folder / "a.wav", twice, 16000, 2, kWav16);
  EXPECT_EQ(read_sound(folder / "a.wav"), every_value());
  write_sound(folder / "b.wav", std::vector<int16_t>{100, 300, -32768, 0}, 16000, 2, kWav16);
  EXPECT_EQ(read_sound(folder / "b.wav"), (std::vector<int16_t>{200, -16384}));
  write_sound(folder / "c.wav", std::vector<float>{0.5f, -1.0f, 2.0f, -2.0f}, 16000, 1,
              SF_FORMAT_WAV | SF_FORMAT_FLOAT);
  EXPECT_EQ(read_sound(folder / "c.wav"), (std::vector<int16_t>{16384, -32768, 32767, -32768}));
}

/// The amplitude of one frequency in the middle half of a sound at 16 kHz (whole periods of 1 kHz).
double amplitude(const std::vector<int16_t>& samples, double hz) {
  const size_t begin = samples.size() / 4 / 16 * 16, end = samples.size() * 3 / 4 / 16 * 16;
  double re = 0, im = 0;
  for (size_t i = begin; i < end; ++i) {
    const double angle = 2 * kPi * hz * static_cast<double>(i) / kSampleRateHz;
    re += samples[i] * std::cos(angle);
    im += samples[i] * std::sin(angle);
  }
  return 2 * std::hypot(re, im) / static_cast<double>(end - begin);
}

TEST(Sound, ResamplingKeepsPitchLevelPhaseAndLength) {
  const TemporaryFolder folder;
  const std::vector<float> want = sine(1000, 16000, 16000);
  for (const int rate_hz : {8000, 11025, 22050, 44100, 48000, 96000}) {
    write_sound(folder / "a.wav", sine(1000, rate_hz, static_cast<size_t>(rate_hz)), rate_hz, 1, kWav16);
    const std::vector<int16_t> got = read_sound(folder / "a.wav");
    ASSERT_EQ(got.size(), 16000u) << rate_hz;
    EXPECT_NEAR(amplitude(got, 1000), 16384, 5) << rate_hz;
    for (const double hz : {500.0, 2000.0, 3000.0, 7000.0})
      EXPECT_LT(amplitude(got, hz), 2) << rate_hz << " " << hz;
    for (size_t i = 1000; i < 15000; ++i)
      ASSERT_NEAR(got[i], want[i] * 32768, 4) << rate_hz << " sample " << i;
  }
}

TEST(Sound, ResamplingRemovesWhatSixteenKilohertzCannotHold) {
  const TemporaryFolder folder;
  write_sound(folder / "a.wav", sine(9000, 48000, 48000), 48000, 1, kWav16);  // would fold to 7 kHz
  EXPECT_LT(amplitude(read_sound(folder / "a.wav"), 7000), 2);
}

TEST(Sound, ReadsShortAndEmptySounds) {
  const TemporaryFolder folder;
  for (const size_t n : {0u, 1u, 2u, 3u, 100u, 4096u, 4097u}) {
    write_sound(folder / "a.wav", sine(1000, 48000, n), 48000, 1, kWav16);
    EXPECT_EQ(read_sound(folder / "a.wav").size(), (n * 16000 + 24000) / 48000) << n;
  }
}

TEST(Sound, ReadsOgg) {
  const TemporaryFolder folder;
  write_sound(folder / "a.ogg", sine(1000, 16000, 16000), 16000, 1, SF_FORMAT_OGG | SF_FORMAT_VORBIS);
  const std::vector<int16_t> got = read_sound(folder / "a.ogg");
  ASSERT_EQ(got.size(), 16000u);
  EXPECT_NEAR(amplitude(got, 1000), 16384, 500);
}

TEST(Sound, SaysWhyAFileIsRefused) {
  const TemporaryFolder folder;
  EXPECT_PRED_FORMAT2(IsSubstring, "no such file", message_of([&] { read_sound(folder / "none.wav"); }));
  EXPECT_PRED_FORMAT2(IsSubstring, "is a folder", message_of([&] { read_sound(folder.path()); }));
  EXPECT_PRED_FORMAT2(IsSubstring, "is no sound file", message_of([&] { parse(folder / "a.wav", {}); }));
  EXPECT_PRED_FORMAT2(IsSubstring, "is no sound file", message_of([&] {
                        parse(folder / "a.wav", {'t', 'e', 'x', 't'});
                      }));
  write_sound(folder / "a.wav", std::vector<int16_t>(10), 100, 1, kWav16);
  EXPECT_PRED_FORMAT2(IsSubstring, "a rate of 100 Hz", message_of([&] { read_sound(folder / "a.wav"); }));
  write_sound(folder / "a.wav", std::vector<int16_t>(650), 16000, 65, kWav16);
  EXPECT_PRED_FORMAT2(IsSubstring, "65 channels", message_of([&] { read_sound(folder / "a.wav"); }));
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    write_sound(folder / "a.wav", std::vector<float>{0, bad, 0}, 44100, 1, SF_FORMAT_WAV | SF_FORMAT_FLOAT);
    EXPECT_PRED_FORMAT2(IsSubstring, "not a finite number",
                        message_of([&] { read_sound(folder / "a.wav"); }));
  }
}

TEST(Sound, RefusesMoreThanAnHour) {
  const TemporaryFolder folder;
  write_sound(folder / "a.wav", std::vector<int16_t>(3600 * 1000 + 1), 1000, 1, kWav16);
  EXPECT_PRED_FORMAT2(IsSubstring, "longer than 3600 s", message_of([&] { read_sound(folder / "a.wav"); }));
}

TEST(Sound, ReadsNoMoreThanTheFileHolds) {
  const TemporaryFolder folder;
  write_sound(folder / "a.wav", std::vector<int16_t>(1000, 7), 16000, 1, kWav16);
  std::vector<uint8_t> wav = read_file(folder / "a.wav");
  ASSERT_EQ(wav.size(), 2044u);
  for (const uint32_t claim : {4000u, 0x7ffffff0u, 0xfffffff0u, 0xffffffffu}) {
    put32(wav, 40, claim);  // the size of the data chunk, as a recorder leaves it that is switched off
    EXPECT_EQ(parse(folder / "b.wav", wav), std::vector<int16_t>(1000, 7)) << claim;
  }
}

TEST(Sound, RefusesACutFlac) {
  const TemporaryFolder folder;
  write_sound(folder / "a.flac", every_value(), 16000, 1, SF_FORMAT_FLAC | SF_FORMAT_PCM_16);
  std::vector<uint8_t> flac = read_file(folder / "a.flac");
  flac.resize(flac.size() / 2);
  EXPECT_PRED_FORMAT2(IsSubstring, "b.flac: ", message_of([&] { parse(folder / "b.flac", flac); }));
}

TEST(Sound, SurvivesEveryChangedHeaderByteAndEveryTruncation) {
  const TemporaryFolder folder;
  for (const int container : {SF_FORMAT_WAV, SF_FORMAT_FLAC}) {
    write_sound(folder / "a", sine(1000, 16000, 300), 16000, 1, container | SF_FORMAT_PCM_16);
    const std::vector<uint8_t> file = read_file(folder / "a");
    size_t n_refused = 0;
    const auto survives = [&](const std::vector<uint8_t>& bytes) {
      try {
        EXPECT_LE(parse(folder / "b", bytes).size(), 16 * bytes.size() + 16);  // 1 kHz, 1 byte a sample
      } catch (const Error&) {
        ++n_refused;
      }
    };
    for (size_t i = 0; i < 64; ++i) {
      for (const int value : {0, 1, 127, 128, 255}) {
        std::vector<uint8_t> changed = file;
        changed[i] = static_cast<uint8_t>(value);
        survives(changed);
      }
    }
    for (size_t n = 0; n < 64; ++n) survives({file.begin(), file.begin() + static_cast<std::ptrdiff_t>(n)});
    EXPECT_GT(n_refused, 20u);
  }
}

TEST(Sound, ReadsTheRecordedWords) {
  const path file = shared_folder() / "sounds/yes_1000ms.wav";
  if (!std::filesystem::exists(file))
    GTEST_SKIP() << file << " is not there (INKLING_SHARED names its folder)";
  const std::vector<uint8_t> wav = read_file(file);
  std::vector<int16_t> want((wav.size() - 44) / 2);
  for (size_t i = 0; i < want.size(); ++i) {
    want[i] = static_cast<int16_t>(wav[44 + 2 * i] | wav[45 + 2 * i] << 8);
  }
  EXPECT_EQ(read_sound(file), want);
}

}  // namespace
}  // namespace inkling::host
