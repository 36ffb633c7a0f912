// Sound files as every part of the project wants them: 16 kHz, mono, 16 bits. Leaves out writing.
#pragma once
#include <cstdint>
#include <filesystem>
#include <vector>

namespace inkling::host {

constexpr int kSampleRateHz = 16000;
constexpr int kMaxSoundSeconds = 3600;

/// The samples of a sound file (WAV, FLAC, OGG and whatever else libsndfile reads) at 16 kHz. Channels are
/// averaged, other rates are resampled to round(frames * 16000 / rate) samples, and what exceeds full scale
/// is clipped. Mono 16-bit samples at 16 kHz come through bit for bit. Throws an Error if the file is no
/// sound, is cut short (where the format can tell), holds NaN or infinity, or lasts longer than an hour.
std::vector<int16_t> read_sound(const std::filesystem::path& path);

}  // namespace inkling::host
