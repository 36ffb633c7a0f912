// inkling run: runs a model on the desk with the code of the device.
#include <fmt/format.h>

#include "host/cli/verb.h"
#include "host/engine/execution.h"
#include "host/engine/labels.h"

namespace inkling::host {
namespace {

struct Options {
  ExecutionRequest request;
  std::string model, output_dir;
  std::vector<std::string> inputs;
  uint32_t seed = 0;
  bool json = false;
};

void run(Options options, bool random) {
  ExecutionRequest& request = options.request;
  request.model = options.model;
  request.inputs.assign(options.inputs.begin(), options.inputs.end());
  if (random) request.seed = options.seed;
  const Execution execution = execute(request);
  if (!options.output_dir.empty()) write_outputs(execution, options.output_dir);
  // Names come from the model: whatever is no UTF-8 is replaced.
  fmt::print(
      "{}",
      options.json
          ? to_json(execution, options.model).dump(1, ' ', false, nlohmann::json::error_handler_t::replace) +
                "\n"
          : to_text(execution, read_labels(options.model)));
}

}  // namespace

void add_run(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb =
      add_verb(app, "run",
               "Runs a model on the desk, bit for bit as a board does, and shows its outputs. Hashes are "
               "32-bit FNV-1a over a tensor's bytes.",
               "inkling run kws.tflite --input features.npy --output-dir out\n"
               "  inkling run kws.tflite --random-input 12345 --per-op");
  verb.add_option("MODEL", options->model, "A .tflite file")->required();
  CLI::Option* input =
      verb.add_option("--input", options->inputs,
                      "A .npy file of the input's very type and shape, one per input; zeros if "
                      "there is none")
          ->type_name("FILE")
          ->expected(1)
          ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  CLI::Option* random =
      verb.add_option("--random-input", options->seed,
                      "Pseudo-random inputs: per element x = x * 1664525 + 1013904223 mod 2^32 from this "
                      "SEED; 8 bits "
                      "are x >> 24, 16 bits x >> 16, 32 bits x, float32 (int32(x) >> 8) / 2^23")
          ->type_name("SEED")
          ->excludes(input);
  verb.add_option(
          "--invokes", options->request.n_invokes,
          "How often to run, with the same inputs; variables keep their values, the last outputs are shown")
      ->check(CLI::Range(1, 1000000000));
  verb.add_flag("--per-op", options->request.per_operator, "Hash every operator's first output, too");
  verb.add_option("--output-dir", options->output_dir,
                  "Write output_0.npy, output_1.npy ... into this folder")
      ->type_name("DIR");
  verb.add_option(
          "--arena", options->request.arena_bytes,
          "Fail if the model needs more than these bytes (on this computer, whose pointers are larger than a "
          "board's)")
      ->type_name("BYTES")
      ->check(CLI::Range(1, 1 << 29));
  verb.add_flag("--json", options->json, "Print JSON instead of tables");
  verb.callback([options, random] { run(*options, random->count() > 0); });
}

}  // namespace inkling::host
