// Bundles of cases to the firmware, records of results back.
#include "host/bench/board_verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "apps/runner/records.h"
#include "host/bench/board.h"
#include "host/data/files.h"
#include "host/engine/reasons.h"
#include "host/error.h"
#include "inkling/core/status.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;
using runner::Outcome;
using Bytes8 = std::vector<uint8_t>;

constexpr size_t kMaxBundleBytes = 64 << 20;
constexpr size_t kMaxBundleCases = 500;
constexpr int kBundleTimeoutS = 300;

void put(Bytes8* to, size_t value) {
  for (int shift = 0; shift < 32; shift += 8) to->push_back(static_cast<uint8_t>(value >> shift));
}

void put(Bytes8* to, const Bytes8& bytes) {
  to->insert(to->end(), bytes.begin(), bytes.end());
}

Bytes8 bundle(const Case& c) {
  const Bytes8 model = read_file(c.model);
  Bytes8 body;
  put(&body, model.size());
  put(&body, static_cast<size_t>(c.invokes));
  put(&body, c.untrusted ? runner::kNothing : c.inputs.size());
  put(&body, model);
  const auto inputs = c.untrusted ? decltype(read_inputs(c))() : read_inputs(c);
  for (size_t k = 0; k < inputs.size(); ++k) {
    put(&body, c.resets_before(static_cast<int32_t>(k)) ? 1 : 0);
    for (size_t i = 0; i < inputs[k].size(); ++i) {
      const bool nothing = c.inputs[i].files[k].empty();
      put(&body, nothing ? runner::kNothing : inputs[k][i].size());
      put(&body, inputs[k][i]);
    }
  }
  Bytes8 all;
  put(&all, body.size());
  put(&all, body);
  return all;
}

/// results.bin, read from front to back. Throws Truncated where it ends.
struct Truncated {};
class Results {
 public:
  explicit Results(Bytes8 bytes) : bytes_(std::move(bytes)) {}
  bool at_end() const { return at_ == bytes_.size(); }
  uint32_t word() {
    uint32_t value;
    std::memcpy(&value, take(sizeof value), sizeof value);
    return value;
  }
  Bytes8 bytes() {
    const size_t n_bytes = word();
    const uint8_t* from = take(n_bytes);
    return Bytes8(from, from + n_bytes);
  }

 private:
  const uint8_t* take(size_t n_bytes) {
    if (n_bytes > bytes_.size() - at_) throw Truncated{};
    at_ += n_bytes;
    return bytes_.data() + at_ - n_bytes;
  }

  Bytes8 bytes_;
  size_t at_ = 0;
};

std::string read_refusal(Results& results) {
  const auto status = static_cast<Status>(results.word());
  const auto op = static_cast<int32_t>(results.word());
  const uint32_t reason = results.word(), got = results.word(), want = results.word();
  const Bytes8 name = results.bytes();
  return fmt::format("{}{}: {} (got {}, want {})",
                     op < 0 ? "" : fmt::format("op {} {}: ", op, std::string(name.begin(), name.end())),
                     text(status), reason_text(reason), static_cast<int32_t>(got),
                     static_cast<int32_t>(want));
}

std::string read_misfeed(Results& results) {
  const uint32_t input = results.word(), got = results.word(), want = results.word();
  if (input == runner::kNothing) return fmt::format("the case has {} inputs, the model {}", got, want);
  return fmt::format("input {} has {} bytes, the model takes {}", input, got, want);
}

CaseRun read_run(Results& results, const Case& c) {
  CaseRun run;
  for (int32_t k = 0; k < c.invokes; ++k) {
    run.stopped.push_back(results.word() != 0);
    auto& outputs = run.outputs.emplace_back();
    for (uint32_t n = results.word(); n > 0; --n) outputs.push_back(results.bytes());
  }
  return run;
}

CaseResult read_result(Results& results, const Case& c) {
  if (results.word() != runner::kBegin) throw Error("results.bin: a record does not begin as it should");
  CaseRun run;
  switch (static_cast<Outcome>(results.word())) {
    case Outcome::ran:
      run = read_run(results, c);
      break;
    case Outcome::refused:
      run.error = read_refusal(results);
      break;
    case Outcome::no_room: {
      const uint32_t needed = results.word(), present = results.word();
      run.skipped = fmt::format("it needs {} bytes for model and arena, the board has {}", needed, present);
      break;
    }
    case Outcome::misfed: {
      const CaseResult misfed{Verdict::failed, read_misfeed(results)};
      if (results.word() != runner::kEnd) throw Truncated{};
      return misfed;
    }
  }
  if (results.word() != runner::kEnd) throw Truncated{};
  return judge(c, run);
}

/// Why the firmware ended within a case: its last line of text.
std::string last_words(const BoardOutcome& outcome) {
  if (outcome.timed_out) return fmt::format("it has not ended within {} s", kBundleTimeoutS);
  std::string text = outcome.console;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  text.erase(0, text.rfind('\n') + 1);
  return fmt::format("the program ended with status {}: {}", outcome.status, text);
}

/// Runs cases from `first` on, as many as one bundle takes and the firmware survives; returns how many.
size_t run_bundle(const Board& board, const std::vector<Case>& cases, size_t first,
                  const std::function<void(const Case&, const CaseResult&)>& on_result) {
  const ScratchFolder scratch;
  Bytes8 bytes;
  size_t n_cases = 0;
  while (first + n_cases < cases.size() && n_cases < kMaxBundleCases && bytes.size() < kMaxBundleBytes)
    put(&bytes, bundle(cases[first + n_cases++]));
  write_atomically(scratch.path() / "cases.bin", bytes);
  BoardRun run;
  run.elf = board.build / "apps/runner/runner.elf";
  run.folder = scratch.path();
  run.timeout_s = kBundleTimeoutS;
  const BoardOutcome outcome = run_on_board(board, run);
  const fs::path file = scratch.path() / "results.bin";
  Results results(fs::exists(file) ? read_file(file) : Bytes8());
  for (size_t i = 0; i < n_cases; ++i) {
    const Case& c = cases[first + i];
    try {
      on_result(c, read_result(results, c));
    } catch (const Truncated&) {
      on_result(c, {Verdict::failed, last_words(outcome)});
      return i + 1;
    }
  }
  return n_cases;
}

}  // namespace

void verify_on_board(const std::string& name, const std::vector<Case>& cases,
                     const std::function<void(const Case&, const CaseResult&)>& on_result) {
  const Board board = open_board(name, Kernels::fastest, {"runner"});
  for (size_t first = 0; first < cases.size();) first += run_bundle(board, cases, first, on_result);
}

}  // namespace inkling::host
