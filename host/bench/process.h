// Runs a program of the desk - compiler, CMake, QEMU - to its end. Leaves out talking to it while it runs.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace inkling::host {

/// What a program left behind.
struct ProcessResult {
  int status = 0;          ///< exit status; 128 + signal when it was killed
  bool timed_out = false;  ///< it was killed because its time was up
  std::string out, err;
};

/// Runs `command` (the program, then its arguments; found in PATH) in `folder` with nothing to read. Throws
/// an Error when it cannot be started: "NAME: is not installed" and what installs it.
ProcessResult run_process(const std::vector<std::string>& command, const std::filesystem::path& folder,
                          int timeout_s = 600);

/// A new folder for scratch files, removed with everything in it at the end.
class ScratchFolder {
 public:
  ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace inkling::host
