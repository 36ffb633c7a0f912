// Tests of the program inkling-train, on datasets of seconds: every family makes a model that evaluates as
// promised, the same command gives the same bytes, several processes learn like one with larger batches, and
// a killed run goes on. Skipped where the program is not built (./dev train builds it).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <thread>

#include "host/bench/process.h"
#include "host/data/files.h"
#include "host/data/simulated.h"
#include "host/evaluate/class_items.h"
#include "host/evaluate/machine_windows.h"
#include "host/evaluate/motion_takes.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;
using testing::IsSubstring;

class Train : public testing::Test {
 protected:
  void SetUp() override {
    learner_ = fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "bin" / "inkling-train";
    if (!fs::exists(learner_)) GTEST_SKIP() << learner_ << " is not built";
    setenv("OPENBLAS_NUM_THREADS", "1", 1);
    setenv("OMP_NUM_THREADS", "1", 1);
    setenv("OMPI_ALLOW_RUN_AS_ROOT", "1", 1);
    setenv("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", 1);
  }
  void make(const std::string& kind, int32_t count) {
    simulate_dataset(kind, count, 1, folder_ / kind, [](int64_t, int64_t) {});
  }
  std::string command(const std::string& arguments, const std::string& model) const {
    return fmt::format("{} {} -o {} > {} 2>&1", learner_.string(), arguments, (folder_ / model).string(),
                       (folder_ / "log").string());
  }
  std::string log() const {
    const std::vector<uint8_t> bytes = read_file(folder_ / "log");
    return {bytes.begin(), bytes.end()};
  }
  void train(const std::string& arguments, const std::string& model, const std::string& launcher = "") {
    ASSERT_EQ(std::system((launcher + command(arguments, model)).c_str()), 0) << log();
  }
  std::string data(const std::string& kind) const { return (folder_ / kind).string(); }

  fs::path learner_;
  TemporaryFolder folder_;
};

constexpr char kTwoProcesses[] = "mpirun --oversubscribe -n 2 ";

TEST_F(Train, MotionIsTheSameTwiceAndKnowsGestures) {
  make("gestures", 40);
  const std::string arguments = "motion " + data("gestures") + " --epochs 6 --variants 4";
  train(arguments, "a.tflite");
  const std::vector<uint8_t> first = read_file(folder_ / "a.tflite");
  train(arguments, "a.tflite");
  EXPECT_EQ(read_file(folder_ / "a.tflite"), first);
  const JudgedClips judged = judge_takes(folder_ / "a.tflite", data("gestures"), Part::test);
  EXPECT_GT(judged.confusion().accuracy(), 0.8);
}

TEST_F(Train, AnomaliesAreFoundAndTheSameCommandGivesTheSameBytes) {
  make("machine", 40);
  const std::string arguments = "anomaly " + data("machine") + " --epochs 5";
  train(arguments, "a.tflite");
  const std::vector<uint8_t> first = read_file(folder_ / "a.tflite");
  train(arguments, "a.tflite");
  EXPECT_EQ(read_file(folder_ / "a.tflite"), first);
  const JudgedClips judged = judge_windows(folder_ / "a.tflite", data("machine"), Part::test, {});
  EXPECT_EQ(judged.labels, (std::vector<std::string>{"normal", "anomaly"}));
  ASSERT_TRUE(judged.auc);
  EXPECT_GT(*judged.auc, 0.7);
}

TEST_F(Train, SoundsAndPicturesBecomeModels) {
  make("machine", 12);
  train("sounds " + data("machine") + " --size tiny --epochs 2 --variants 4", "sounds.tflite");
  EXPECT_EQ(judge_sounds(folder_ / "sounds.tflite", data("machine"), {}).clips.size(), 36u);
  make("silhouettes", 20);
  write_atomically(folder_ / "silhouettes" / "other" / "broken.png", std::string_view("no picture"));
  train("pictures " + data("silhouettes") + " --size tiny --epochs 1 --variants 2", "pictures.tflite");
  EXPECT_PRED_FORMAT2(IsSubstring, "skipped", log());
  const JudgedClips judged = judge_pictures(folder_ / "pictures.tflite", data("silhouettes"), {});
  EXPECT_EQ(judged.clips.size(), 40u);
  EXPECT_EQ(judged.skipped.size(), 1u);
}

TEST_F(Train, TuneTakesWhatFitsAndSaysWhatIsNearest) {
  make("gestures", 20);
  const std::string arguments = "tune motion " + data("gestures") + " --trial-epochs 1 --epochs 1 --seed 3 ";
  train(arguments + "--budget flash=9k --report " + (folder_ / "page").string(), "small.tflite");
  EXPECT_LE(read_file(folder_ / "small.tflite").size(), 9u * 1024 + 1024)
      << "labels and metadata come on top";
  EXPECT_PRED_FORMAT2(IsSubstring, "over the budget", log());
  EXPECT_TRUE(fs::exists(folder_ / "page" / "pareto.svg"));
  EXPECT_NE(std::system(command(arguments + "--budget ram=100", "x.tflite").c_str()), 0);
  EXPECT_PRED_FORMAT2(IsSubstring, "no network fits the budget ram=100; the nearest, ", log());
}

TEST_F(Train, SaysWhatIsWrongWithADataset) {
  fs::create_directories(folder_ / "empty" / "a");
  EXPECT_NE(std::system(command("sounds " + data("empty"), "x.tflite").c_str()), 0);
  EXPECT_PRED_FORMAT2(IsSubstring, "holds no files", log());
  make("silhouettes", 1);
  fs::remove_all(folder_ / "silhouettes" / "other");
  EXPECT_NE(std::system(command("pictures " + data("silhouettes"), "x.tflite").c_str()), 0);
  EXPECT_PRED_FORMAT2(IsSubstring, "1 classes, want two", log());
  EXPECT_FALSE(fs::exists(folder_ / "x.tflite"));
}

// The losses of the epochs, as the log says them.
std::vector<double> losses_in(const std::string& log) {
  std::vector<double> losses;
  for (size_t at = 0; (at = log.find("loss ", at)) != std::string::npos;)
    losses.push_back(std::stod(log.substr(at += 5)));
  return losses;
}

TEST_F(Train, TwoProcessesLearnLikeOneWithBatchesTwiceAsLarge) {
  if (std::system("command -v mpirun > /dev/null") != 0) GTEST_SKIP() << "mpirun is not installed";
  make("gestures", 20);
  const std::string arguments = "motion " + data("gestures") + " --epochs 3 --variants 3";
  train(arguments + " --batch 32", "one.tflite");
  const std::vector<double> one = losses_in(log());
  train(arguments + " --batch 16", "two.tflite", kTwoProcesses);
  const std::vector<double> two = losses_in(log());
  ASSERT_EQ(one.size(), 3u);
  ASSERT_EQ(two.size(), 3u) << "only one process speaks";
  for (size_t i = 0; i < 3; ++i) EXPECT_NEAR(one[i], two[i], 2e-3) << i;
  train(arguments + " --batch 16", "half.tflite");
  EXPECT_GT(std::abs(losses_in(log())[0] - one[0]), 1e-2) << "the batch size shows";
}

TEST_F(Train, AKilledRunOfTwoProcessesGoesOn) {
  if (std::system("command -v mpirun > /dev/null") != 0) GTEST_SKIP() << "mpirun is not installed";
  make("gestures", 20);
  const std::string arguments = "motion " + data("gestures") + " --epochs 15 --variants 3";
  const std::string killed = fmt::format("sh -c 'echo $$ > {}; exec {} {}'", (folder_ / "pid").string(),
                                         kTwoProcesses, command(arguments, "m.tflite"));
  std::thread runner(
      [&] { ASSERT_NE(std::system(killed.c_str()), 0) << "it was done before it was killed"; });
  const fs::path checkpoint = folder_ / "m.tflite.checkpoint";
  while (!fs::exists(checkpoint)) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(std::system(fmt::format("kill -TERM $(cat {})", (folder_ / "pid").string()).c_str()), 0);
  runner.join();
  EXPECT_FALSE(fs::exists(folder_ / "m.tflite"));
  train(arguments, "m.tflite", kTwoProcesses);
  EXPECT_EQ(log().find("epoch 1 of"), std::string::npos) << "it began anew";
  const std::vector<uint8_t> resumed = read_file(folder_ / "m.tflite");
  train(arguments, "m.tflite", kTwoProcesses);
  EXPECT_EQ(read_file(folder_ / "m.tflite"), resumed);
}

}  // namespace
}  // namespace inkling::host
