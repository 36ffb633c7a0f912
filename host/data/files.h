// Whole files, read and written. A file is either written completely or not touched. Leaves out every format.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace inkling::host {

/// Throws an Error that names the reason unless `path` is something that can be read like a file (a pipe
/// can).
void require_file(const std::filesystem::path& path);

/// All bytes of a file. Throws an Error if it is missing, a folder, unreadable, or 2 GiB or more.
std::vector<uint8_t> read_file(const std::filesystem::path& path);

/// Writes a file under a temporary name in the same folder and renames it, so that nobody ever sees half of
/// it. Symbolic links are followed; devices and pipes (/dev/stdout) are written straight. Throws an Error if
/// it fails; then the old file is as it was and nothing else is left behind.
void write_atomically(const std::filesystem::path& path, const std::vector<uint8_t>& bytes);
void write_atomically(const std::filesystem::path& path, std::string_view text);

}  // namespace inkling::host
