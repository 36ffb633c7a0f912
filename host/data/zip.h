// Reads zip archives, also those that are appended to something else, as a .tflite file carries its
// associated files. Leaves out writing, encryption and zip64.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace inkling::host {

/// One file of an archive.
struct ZipEntry {
  std::string name;
  std::vector<uint8_t> bytes;
};

/// All files of the archive at the end of `file`; none if there is no archive. `where` is for messages.
/// Throws an Error for a damaged archive; none of its sizes is trusted.
std::vector<ZipEntry> read_zip(const std::vector<uint8_t>& file, const std::string& where);

}  // namespace inkling::host
