// inkling compile: a model as C++ source.
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "host/cli/verb.h"
#include "host/compile/print.h"
#include "host/data/files.h"
#include "host/engine/labels.h"
#include "host/error.h"
#include "host/graph/rewrite.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string model, folder, target;
  PrintOptions print;
  bool rewrite = true, json = false;
};

int64_t constant_bytes(const Snapshot& snapshot) {
  int64_t n_bytes = 0;
  for (const SnapshotConstant& constant : snapshot.constants)
    n_bytes += static_cast<int64_t>(constant.bytes.size());
  return n_bytes;
}

void compile(Options options) {
  if (options.print.name.empty()) options.print.name = fs::path(options.model).stem().string();
  require_namespace_name(options.print.name);
  const ModelFile file(options.model);
  const graph::Rewritten model =
      options.rewrite ? graph::rewrite(file, file.path()) : graph::Rewritten{file, {}};
  Snapshot snapshot = take_snapshot(model.file, find_target(options.target));
  snapshot.labels = read_labels(options.model);
  const std::string header = print_header(snapshot, options.print);
  const std::string source = print_source(snapshot, options.print);
  std::error_code error;
  fs::create_directories(options.folder, error);
  if (error)
    throw Error(fmt::format("{}: the folder cannot be made ({}); choose another with -o", options.folder,
                            error.message()));
  const fs::path base = fs::path(options.folder) / options.print.name;
  write_atomically(base.string() + ".h", header);
  write_atomically(base.string() + ".cpp", source);
  nlohmann::ordered_json facts = {{"model", options.model},
                                  {"name", options.print.name},
                                  {"target", options.target},
                                  {"files", {base.string() + ".h", base.string() + ".cpp"}},
                                  {"operators", snapshot.graphs.at(0).steps.size()},
                                  {"arena_bytes", snapshot.arena_bytes},
                                  {"constant_bytes", constant_bytes(snapshot)},
                                  {"standalone", options.print.standalone}};
  for (const graph::Change& change : model.changes) facts[change.key] = change.n;
  if (options.json)
    fmt::print("{}\n", facts.dump(1));
  else
    fmt::print("{0}.h, {0}.cpp: {1} operators, {2} bytes of constants, an arena of {3} bytes\n",
               base.string(), snapshot.graphs.at(0).steps.size(), constant_bytes(snapshot),
               snapshot.arena_bytes);
}

}  // namespace

void add_compile(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(
      app, "compile",
      "Writes a model as C++: NAME.h and NAME.cpp with its constants, the places of all tensors and "
      "straight-line calls of the kernels. The program then carries no reader, planner or .tflite. Compile "
      "NAME.cpp with the repository's root in the include path.",
      "inkling compile models/yes_no.tflite -o generated --name yes_no");
  verb.add_option("MODEL", options->model, "A .tflite file")->required();
  verb.add_option("-o,--output-dir", options->folder, "The folder to write to")->required()->type_name("DIR");
  verb.add_option("--name", options->print.name, "The C++ namespace, and the files' name; else the model's");
  verb.add_option("--target", options->target,
                  "The board that it is for: weights are laid out as its kernels read them fastest; else for "
                  "any machine")
      ->type_name("BOARD");
  verb.add_flag("--standalone", options->print.standalone,
                "Include the kernels' text: NAME.cpp then needs nothing but a C++17 compiler");
  verb.add_flag("--step", options->print.step, "Offer NAME::step(), which runs one operator at a time");
  verb.add_flag("!--as-it-is", options->rewrite, "Leave out the rewrites of inkling optimize");
  verb.add_flag("--json", options->json, "Print JSON instead of a sentence");
  verb.callback([options] { compile(*options); });
}

}  // namespace inkling::host
