// Writes WAV files: 16 kHz, mono, 16 bits. Leaves out reading: sound.h.
#pragma once
#include <cstdint>
#include <filesystem>
#include <vector>

namespace inkling::host {

/// The bytes of a WAV file of samples at 16 kHz, at most 2^30 of them.
std::vector<uint8_t> wav_bytes(const std::vector<int16_t>& samples);

/// Writes samples at 16 kHz, at most 2^30 of them. Throws an Error if it cannot.
void write_wav(const std::filesystem::path& path, const std::vector<int16_t>& samples);

}  // namespace inkling::host
