// A loop on all processors. Leaves out everything that depends on the order.
#pragma once
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace inkling::host {

/// Calls body(i) for i = 0 .. n - 1, several at a time. When one throws, no more are begun and its exception
/// comes out.
template <class Body>
void parallel_for(int64_t n, const Body& body) {
  std::atomic<int64_t> next{0};
  std::exception_ptr failure;
  std::mutex mutex;
  const auto work = [&] {
    for (int64_t i; (i = next++) < n;) {
      try {
        body(i);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
        next = n;
      }
    }
  };
  std::vector<std::thread> threads;
  for (int64_t i = std::min<int64_t>(n, std::max(1u, std::thread::hardware_concurrency())); i > 1; --i)
    threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace inkling::host
