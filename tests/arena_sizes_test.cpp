// Whole models in arenas of every kind of size: too small ones name the bytes that would do, and those do.
// Leaves out models of one operator: interpreter_test.cpp.
#include <filesystem>
#include <set>

#include "host/data/files.h"
#include "tests/engine_test.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

// The engine rounds an arena down to multiples of 8 bytes, so that the sizes tried stand for all: each
// multiple of 8 in the first and the last kDense bytes, and the size before the next, and kSparse more over
// all that lies between.
constexpr int32_t kDense = 16384, kSparse = 1000;

std::set<int32_t> sizes(int32_t needed, Random& random) {
  std::set<int32_t> all;
  for (int32_t n = 0; n <= needed; n += 8)
    if (n <= kDense || n >= needed - kDense) all.insert({n, n + 7});
  for (int32_t i = 0; i < kSparse; ++i) all.insert(random.integer(0, needed));
  all.erase(all.lower_bound(needed), all.end());
  return all;
}

std::vector<fs::path> whole_models() {
  std::vector<fs::path> models;
  const fs::path folder = shared_folder() / "conformance" / "models";
  if (!fs::exists(folder)) return models;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".tflite") models.push_back(entry.path());
  return models;
}

// What a load into an arena of that size came to.
Failure load(const std::vector<uint8_t>& model, int32_t n_bytes) {
  const std::unique_ptr<uint8_t[]> arena(new uint8_t[static_cast<size_t>(n_bytes)]);
  return Interpreter(view(model), {arena.get(), n_bytes}, all_ops()).failure();
}

void expect_exact_answers(const std::vector<uint8_t>& model, int32_t needed) {
  Random random(1);
  std::set<int32_t> tried;  // answers that were not exact
  for (const int32_t n_bytes : sizes(needed, random)) {
    const Failure failure = load(model, n_bytes);
    ASSERT_EQ(failure.status, Status::no_room) << n_bytes;
    ASSERT_GT(failure.want, n_bytes);
    if (failure.want == needed || !tried.insert(failure.want).second) continue;
    // There was not even room to plan in, and what is asked for is that. The next answer is exact.
    ASSERT_LT(failure.want, needed) << n_bytes;
    ASSERT_EQ(load(model, failure.want).want, needed) << n_bytes;
  }
  EXPECT_EQ(load(model, needed).status, Status::ok);
}

TEST(ArenaSizes, OfWholeModelsAreAskedForExactly) {
  const auto models = whole_models();
  if (models.empty()) GTEST_SKIP() << "no conformance pack in " << shared_folder();
  int32_t n_loaded = 0;
  for (const fs::path& path : models) {
    SCOPED_TRACE(path);
    const std::vector<uint8_t> model = read_file(path);
    Net net(model);
    if (net->status() != Status::ok) continue;
    ++n_loaded;
    expect_exact_answers(model, net->arena_used());
  }
  EXPECT_GT(n_loaded, 25);
}

}  // namespace
}  // namespace inkling::host
