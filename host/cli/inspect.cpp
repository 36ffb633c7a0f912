// inkling inspect: what a model contains and what it needs.
#include <fmt/format.h>

#include "host/cli/verb.h"
#include "host/data/files.h"
#include "host/engine/inspection.h"
#include "host/error.h"

namespace inkling::host {
namespace {

constexpr const char* kKeys =
    "Keys of --json:\n"
    "  file, bytes, version, description\n"
    "  inputs, outputs   [{tensor, name, type, shape, bytes, scale, zero_point}] of the main subgraph;\n"
    "                    scale and zero_point: a number, an array (per channel) or null\n"
    "  labels            [text]\n"
    "  subgraphs         how many there are\n"
    "  operators         [{subgraph, index, name, custom, inputs, outputs, macs, params {}, "
    "scratch_bytes}];\n"
    "                    inputs like above, null where an optional one is left out\n"
    "  macs              of all operators\n"
    "  arena_bytes, persistent_bytes   on a 32-bit target, exactly; null if the model cannot run\n"
    "  activation_bytes, least_activation_bytes   the plan's height, and what no plan can go below\n"
    "  plan              [{subgraph, tensor or scratch_of, name, place, bytes, first, last}];\n"
    "                    first and last: steps, the one after the last operator reads the outputs\n"
    "  unsupported       [{subgraph, index, name, reason}]\n"
    "  failure           why there is no plan, empty if there is one";

struct Options {
  std::string model, picture;
  bool json = false;
};

void inspect(const Options& options) {
  const Inspection inspection = inspect_model(options.model);
  if (!options.picture.empty()) {
    if (!inspection.rehearsal.failure.empty())
      throw Error(
          fmt::format("{}: there is no plan to draw: {}", options.model, inspection.rehearsal.failure));
    write_atomically(options.picture, std::string_view(plan_svg(inspection, 0)));
  }
  // Names come from the model: whatever is no UTF-8 is replaced.
  fmt::print("{}",
             options.json
                 ? to_json(inspection).dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n"
                 : to_text(inspection));
}

}  // namespace

void add_inspect(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb =
      add_verb(app, "inspect",
               "Tells what a model contains and needs: operators, shapes, multiply-accumulates (MACs), "
               "the arena's bytes, the memory plan, and all operators that cannot run.",
               "inkling inspect kws.tflite\n\n" + std::string(kKeys));
  verb.add_option("MODEL", options->model, "A .tflite file")->required();
  verb.add_option("--memory", options->picture, "Draw the main subgraph's memory plan into this .svg file")
      ->type_name("FILE");
  verb.add_flag("--json", options->json, "Print JSON instead of tables");
  verb.callback([options] { inspect(*options); });
}

}  // namespace inkling::host
