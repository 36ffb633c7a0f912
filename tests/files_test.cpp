// Tests of host/data/files.h and hash.h: round trips, clear messages, and nothing half-written left behind.
#include "host/data/files.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "host/data/hash.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;
using testing::IsSubstring;

size_t n_entries(const fs::path& folder) {
  return static_cast<size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

std::vector<uint8_t> sample_bytes(size_t n) {
  std::vector<uint8_t> bytes(n);
  for (size_t i = 0; i < n; ++i) bytes[i] = static_cast<uint8_t>(i * 7 + i / 251);
  return bytes;
}

TEST(Files, ReadsBackWhatWasWritten) {
  const TemporaryFolder folder;
  for (const size_t n : {size_t{0}, size_t{1}, size_t{65535}, size_t{65536}, size_t{200001}}) {
    write_atomically(folder / "a.bin", sample_bytes(n));
    EXPECT_EQ(read_file(folder / "a.bin"), sample_bytes(n)) << n;
    EXPECT_EQ(n_entries(folder.path()), 1u) << "only the file itself may remain";
  }
}

TEST(Files, ReadsPipes) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(folder / "pipe") << std::string(100000, 'x'); });
  EXPECT_EQ(read_file(folder / "pipe").size(), 100000u);
  writer.join();
}

TEST(Files, SaysWhyAFileCannotBeRead) {
  const TemporaryFolder folder;
  EXPECT_PRED_FORMAT2(IsSubstring, "none: there is no such file",
                      message_of([&] { read_file(folder / "none"); }));
  EXPECT_PRED_FORMAT2(IsSubstring, "is a folder, want a file", message_of([&] { read_file(folder.path()); }));
  write_atomically(folder / "file", "x");
  EXPECT_PRED_FORMAT2(IsSubstring, "below: ", message_of([&] { read_file(folder / "file/below"); }));
}

TEST(Files, RefusesFilesBeyondTwoGigabytes) {
  const TemporaryFolder folder;
  std::ofstream(folder / "a") << "x";
  fs::resize_file(folder / "a", (uintmax_t{1} << 31) + 10);  // a hole: takes no room on the disk
  EXPECT_PRED_FORMAT2(IsSubstring, "too large", message_of([&] { read_file(folder / "a"); }));
}

TEST(Files, SaysWhyAFileCannotBeWritten) {
  const TemporaryFolder folder;
  EXPECT_PRED_FORMAT2(IsSubstring, "there is no folder",
                      message_of([&] { write_atomically(folder / "none/a", "x"); }));
  EXPECT_PRED_FORMAT2(IsSubstring, "is a folder", message_of([&] { write_atomically(folder.path(), "x"); }));
  EXPECT_EQ(n_entries(folder.path()), 0u);
}

TEST(Files, AFailedWriteLeavesTheOldFileAndNothingElse) {
  const TemporaryFolder folder;
  write_atomically(folder / "a", "old");
  rlimit old_limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old_limit), 0);
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{1000, old_limit.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  std::string message;
  try {
    write_atomically(folder / "a", sample_bytes(5000));
  } catch (const Error& error) {
    message = error.what();
  }
  ::setrlimit(RLIMIT_FSIZE, &old_limit);
  std::signal(SIGXFSZ, old_handler);
  EXPECT_PRED_FORMAT2(IsSubstring, "a: cannot be written", message);
  EXPECT_EQ(read_file(folder / "a"), (std::vector<uint8_t>{'o', 'l', 'd'}));
  EXPECT_EQ(n_entries(folder.path()), 1u);
}

TEST(Files, FollowsLinksAndLeavesDevicesInPlace) {
  const TemporaryFolder folder;
  write_atomically(folder / "target", "old");
  fs::create_symlink("target", folder / "link");
  write_atomically(folder / "link", "new");
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(read_file(folder / "target"), (std::vector<uint8_t>{'n', 'e', 'w'}));
  fs::create_symlink("/dev/null", folder / "device");
  write_atomically(folder / "device", "gone");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST(Hash, GivesThePublishedValues) {  // from the authors' test vectors
  EXPECT_EQ(fnv1a32({}), 0x811c9dc5u);
  EXPECT_EQ(fnv1a32({'a'}), 0xe40c292cu);
  EXPECT_EQ(fnv1a32({'f', 'o', 'o', 'b', 'a', 'r'}), 0xbf9cf968u);
  const std::vector<uint8_t> text = {'f', 'o', 'o', 'b', 'a', 'r'};
  EXPECT_EQ(fnv1a32(text.data() + 2, 4, fnv1a32(text.data(), 2)), 0xbf9cf968u);
}

}  // namespace
}  // namespace inkling::host
