// A progress bar for people: on standard error, only if that is a terminal, and only for what takes longer
// than two seconds. Leaves out everything for machines.
#pragma once
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>

namespace inkling::host {

/// Shows how many of `n_steps` steps are done while it lives:
///   Progress progress("training", n_epochs);  ...  progress.advance();
class Progress {
 public:
  Progress(std::string what, int64_t n_steps)
      : what_(std::move(what)), n_steps_(std::max<int64_t>(n_steps, 1)), on_(isatty(STDERR_FILENO) != 0) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() {
    if (shown_) fmt::print(stderr, "\r\x1b[K");
  }

  void advance(int64_t n = 1) {
    n_done_ = std::min(n_done_ + n, n_steps_);
    const auto now = Clock::now();
    if (!on_ || now < next_) return;
    next_ = now + std::chrono::milliseconds(100);
    shown_ = true;
    const auto filled = static_cast<size_t>(n_done_ * kWidth / n_steps_);
    fmt::print(stderr, "\r{} [{:<{}}] {}/{}\x1b[K", what_, std::string(filled, '#'), kWidth, n_done_,
               n_steps_);
    std::fflush(stderr);
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr int64_t kWidth = 30;

  std::string what_;
  int64_t n_steps_;
  int64_t n_done_ = 0;
  bool on_;
  bool shown_ = false;
  Clock::time_point next_ = Clock::now() + std::chrono::seconds(2);
};

}  // namespace inkling::host
