// The 44 bytes before the samples, and the samples.
#include "host/data/wav.h"

#include "host/data/files.h"
#include "host/data/sound.h"

namespace inkling::host {
namespace {

void put(std::vector<uint8_t>& bytes, uint32_t value, int n_bytes) {
  for (int i = 0; i < n_bytes; ++i) bytes.push_back(static_cast<uint8_t>(value >> (8 * i)));
}

void put(std::vector<uint8_t>& bytes, const char (&tag)[5]) {
  for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<uint8_t>(tag[i]));  // GCC 12 misjudges insert()
}

}  // namespace

std::vector<uint8_t> wav_bytes(const std::vector<int16_t>& samples) {
  constexpr uint32_t kSampleBytes = 2;
  const auto data_bytes = static_cast<uint32_t>(samples.size() * kSampleBytes);
  std::vector<uint8_t> bytes;
  bytes.reserve(44 + data_bytes);
  put(bytes, "RIFF");
  put(bytes, 36 + data_bytes, 4);
  put(bytes, "WAVE");
  put(bytes, "fmt ");
  put(bytes, 16, 4);
  put(bytes, 1, 2);  // PCM
  put(bytes, 1, 2);  // channels
  put(bytes, kSampleRateHz, 4);
  put(bytes, kSampleRateHz * kSampleBytes, 4);
  put(bytes, kSampleBytes, 2);
  put(bytes, 8 * kSampleBytes, 2);
  put(bytes, "data");
  put(bytes, data_bytes, 4);
  for (const int16_t sample : samples) put(bytes, static_cast<uint16_t>(sample), kSampleBytes);
  return bytes;
}

void write_wav(const std::filesystem::path& path, const std::vector<int16_t>& samples) {
  write_atomically(path, wav_bytes(samples));
}

}  // namespace inkling::host
