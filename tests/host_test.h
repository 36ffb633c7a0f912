// What the desk's tests share: recorded material, a folder to write to, the text of an Error. Leaves out the
// engine.
#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "host/error.h"

namespace inkling::host {

/// The folder "shared" beside the project, or the one that the environment names in INKLING_SHARED. It need
/// not exist: tests skip what they miss.
inline std::filesystem::path shared_folder() {
  const char* named = std::getenv("INKLING_SHARED");
  return named != nullptr ? std::filesystem::path(named)
                          : std::filesystem::path(INKLING_REPO_DIR) / "../shared";
}

/// A fresh empty folder for the running test; removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    path_ = std::filesystem::temp_directory_path() / (std::string("inkling_") + test->test_suite_name() +
                                                      "_" + test->name() + "_" + std::to_string(getpid()));
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// What the Error says that `call` throws; a failed test and an empty text if it throws none.
template <class Call>
std::string message_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  ADD_FAILURE() << "no error was thrown";
  return {};
}

}  // namespace inkling::host
