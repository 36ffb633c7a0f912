// Writes what the fuzzing programs start from: fuzz_seeds FOLDER makes FOLDER/<target>/ for each of them.
// Small models of every operator and of control flow, sounds, arrays, archives, a case pack; the same bytes
// every time.
#include <cstdio>

#include "host/data/files.h"
#include "host/data/npy.h"
#include "host/data/wav.h"
#include "host/graph/metadata.h"
#include "tests/control_flow_models.h"
#include "tests/fuzz/model_input.h"
#include "tests/operator_case.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxModelBytes = 2048;
constexpr uint32_t kDraws = 12;

class Seeds {
 public:
  explicit Seeds(fs::path folder) : folder_(std::move(folder)) {}

  void add(const std::string& target, const std::vector<uint8_t>& bytes) {
    fs::create_directories(folder_ / target);
    write_atomically(folder_ / target / std::to_string(n_++), bytes);
  }
  void add(const std::string& target, const std::string& text) {
    add(target, std::vector<uint8_t>(text.begin(), text.end()));
  }
  void add_model(const std::vector<uint8_t>& model) {
    fuzz::ModelInput input(nullptr, 0);
    input.model = model;
    input.setup = {static_cast<uint16_t>(n_ % 4 == 0 ? n_ : 16384), static_cast<uint8_t>(n_ % 2), 0, n_};
    for (const char* target : {"engine", "reader", "inspect"}) add(target, input.bytes());
  }
  const fs::path& folder() const { return folder_; }

 private:
  fs::path folder_;
  uint32_t n_ = 0;
};

void add_models(Seeds& seeds) {
  for (const naive::Definition& definition : naive::definitions())
    for (uint32_t seed = 0; seed < kDraws; ++seed) {
      Random random(seed);
      const std::vector<uint8_t> model = naive::model_of(definition.name, definition.draw(random));
      if (model.size() <= kMaxModelBytes) seeds.add_model(model);
    }
  for (const Graph& model : {if_model(1, 2), while_model(4), while_model(0), streaming_model()})
    seeds.add_model(graph::write(model));
  seeds.add_model(graph::write_with_labels(if_model(2, 1), {"yes", "no"}));
}

void add_arrays(Seeds& seeds) {
  for (const char* dtype :
       {"<f4", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "|b1", "<f2", "<f8"})
    for (const std::vector<int64_t>& shape : {std::vector<int64_t>{}, {3}, {2, 1, 4}, {0, 7}}) {
      int64_t n = element_bytes(dtype);
      for (const int64_t dim : shape) n *= dim;
      seeds.add("npy", format_npy({dtype, shape, std::vector<uint8_t>(static_cast<size_t>(n), 1)}));
    }
}

void add_sounds(Seeds& seeds) {
  for (const size_t n : {size_t{0}, size_t{1}, size_t{500}}) {
    const fs::path path = seeds.folder() / "sound.wav";
    write_wav(path, std::vector<int16_t>(n, 1000));
    std::vector<uint8_t> bytes = read_file(path);
    fs::remove(path);
    seeds.add("sound", bytes);
    // Rate, channels and bits per sample have their places in the header.
    for (const auto& [place, value] : {std::pair<size_t, uint8_t>{25, 31}, {22, 2}, {34, 8}, {20, 3}}) {
      std::vector<uint8_t> changed = bytes;
      changed[place] = value;
      seeds.add("sound", changed);
    }
  }
}

void add_archives(Seeds& seeds) {
  const std::vector<uint8_t> model = graph::write_with_labels(if_model(2, 1), {"yes", "no"});
  for (size_t i = 0; i + 4 < model.size(); ++i)
    if (load<uint32_t>(&model[i]) == 0x04034b50) {  // the first file of the archive
      seeds.add("zip", std::vector<uint8_t>(model.begin() + static_cast<std::ptrdiff_t>(i), model.end()));
      return;
    }
}

void add_case_packs(Seeds& seeds) {
  seeds.add("case_pack", std::string("[]"));
  seeds.add("case_pack", std::string(R"([{"id":"a","op":"ADD","dtype":"int8","path":"a.tflite","note":"n",
"inputs":[{"tensor":0,"shape":[1,2],"type":"int8","file":"x"}],
"outputs":[{"tensor":1,"shape":[1,2],"type":"int8","file":null}],"invokes":1,"expect":"ok","tolerance":0,
"undefined":[[0,0,1,2]],"intermediates":[{"tensor":1,"type":"int8","file":"t"}],"tflm_arena_used":5},
{"id":"b","op":"CIRCULAR_BUFFER","dtype":"int8","path":"b.tflite","inputs":[],"outputs":[{"shape":[-1],
"type":"float32","file":["y",null]}],"invokes":2,"reset_before":[1],"invoke_status":["ok","abort"],
"expect":"error","error_at":"prepare","tolerance":1e-5,"test_tolerance":0.1,
"intermediates_match_output":false}])"));
}

}  // namespace
}  // namespace inkling::host

int main(int argc, char** argv) {
  using namespace inkling::host;
  if (argc != 2) {
    std::fprintf(stderr, "fuzz_seeds FOLDER\n");
    return 2;
  }
  std::filesystem::remove_all(argv[1]);
  std::filesystem::create_directories(argv[1]);
  Seeds seeds(argv[1]);
  add_models(seeds);
  add_arrays(seeds);
  add_sounds(seeds);
  add_archives(seeds);
  add_case_packs(seeds);
  return 0;
}
