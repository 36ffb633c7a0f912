// inkling data: datasets. Leaves out speech (synth.cpp) and learning.
#include <fmt/format.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "host/cli/progress.h"
#include "host/cli/verb.h"
#include "host/data/dataset_check.h"
#include "host/data/simulated.h"

namespace inkling::host {
namespace {

using nlohmann::json;

const std::map<std::string, DatasetKind> kKinds = {{"words", DatasetKind::words},
                                                   {"motion", DatasetKind::motion},
                                                   {"sounds", DatasetKind::sounds},
                                                   {"pictures", DatasetKind::pictures}};

struct Options {
  std::string folder;
  std::optional<DatasetKind> kind;
  bool json = false;
};

json to_json(const std::vector<Finding>& findings) {
  json all = json::array();
  for (const Finding& finding : findings)
    all.push_back({{"file", finding.path.string()}, {"what", finding.what}});
  return all;
}

json to_json(const DatasetCheck& check) {
  json classes = json::array();
  for (const ClassFacts& facts : check.classes)
    classes.push_back({{"label", facts.label},
                       {"clips", facts.n_clips},
                       {"speakers", facts.n_speakers},
                       {"train", facts.n_train},
                       {"validation", facts.n_validation},
                       {"test", facts.n_test},
                       {"shortest_s", facts.shortest_s},
                       {"median_s", facts.median_s},
                       {"longest_s", facts.longest_s},
                       {"total_s", facts.total_s}});
  return {{"classes", classes},
          {"unreadable", to_json(check.unreadable)},
          {"silent", to_json(check.silent)},
          {"clipped", to_json(check.clipped)},
          {"duplicates", to_json(check.duplicates)},
          {"suspicious", to_json(check.suspicious)},
          {"advice", check.advice},
          {"clean", check.is_clean()}};
}

void print(const char* heading, const std::vector<Finding>& findings) {
  if (findings.empty()) return;
  fmt::print("\n{} {}\n", findings.size(), heading);
  for (const Finding& finding : findings) fmt::print("  {}: {}\n", finding.path.string(), finding.what);
}

/// The classes of what nobody speaks.
void print_classes_of_items(const DatasetCheck& check) {
  const char* unit = check.kind == DatasetKind::motion     ? "rows"
                     : check.kind == DatasetKind::pictures ? "pixels"
                                                           : "seconds";
  fmt::print("  {:>24} {:>7} {:>9}   {}: shortest, median, longest\n", "", "items", "sources", unit);
  for (const ClassFacts& facts : check.classes)
    fmt::print("  {:>24} {:>7} {:>9}   {:.4g}, {:.4g}, {:.4g}\n", facts.label, facts.n_clips,
               facts.n_speakers, facts.shortest_s, facts.median_s, facts.longest_s);
}

void print_classes_of_words(const DatasetCheck& check) {
  fmt::print("  {:>16} {:>7} {:>9} {:>7} {:>11} {:>6}   {}\n", "", "clips", "speakers", "train", "validation",
             "test", "seconds: shortest, median, longest, all");
  for (const ClassFacts& facts : check.classes)
    fmt::print("  {:>16} {:>7} {:>9} {:>7} {:>11} {:>6}   {:.2f}, {:.2f}, {:.2f}, {:.0f}\n", facts.label,
               facts.n_clips, facts.n_speakers, facts.n_train, facts.n_validation, facts.n_test,
               facts.shortest_s, facts.median_s, facts.longest_s, facts.total_s);
}

void print(const DatasetCheck& check) {
  if (check.kind == DatasetKind::words)
    print_classes_of_words(check);
  else
    print_classes_of_items(check);
  print("cannot be read", check.unreadable);
  print("silent", check.silent);
  print("clipped", check.clipped);
  print("there already", check.duplicates);
  print("in the wrong place, perhaps", check.suspicious);
  for (const std::string& advice : check.advice) fmt::print("\n{}\n", advice);
  if (check.is_clean()) fmt::print("\nnothing to complain about\n");
}

void check(const Options& options) {
  const DatasetKind kind = options.kind ? *options.kind : kind_of_dataset(options.folder);
  std::unique_ptr<Progress> progress;
  const DatasetCheck result = check_dataset(options.folder, kind, [&](int64_t, int64_t n_all) {
    if (!progress) progress = std::make_unique<Progress>("check", n_all);
    progress->advance();
  });
  progress.reset();
  if (options.json)
    fmt::print("{}\n", to_json(result).dump(1, ' ', false, json::error_handler_t::replace));
  else
    print(result);
}

struct MakeOptions {
  std::string kind, folder;
  int32_t count = 400;
  uint64_t seed = 1;
};

void make(const MakeOptions& options) {
  std::unique_ptr<Progress> progress;
  simulate_dataset(options.kind, options.count, options.seed, options.folder, [&](int64_t, int64_t n_all) {
    if (!progress) progress = std::make_unique<Progress>("make", n_all);
    progress->advance();
  });
}

void add_make(CLI::App& data) {
  auto options = std::make_shared<MakeOptions>();
  CLI::App& verb =
      add_verb(data, "make",
               "Computes a dataset: gestures of a wand (CSV), sounds of servos and fans that are "
               "normal, worn or jammed (WAV), silhouettes of persons and of other things (PNG).",
               "inkling data make gestures --out gestures --count 400");
  verb.add_option("KIND", options->kind, "What to compute")
      ->required()
      ->check(CLI::IsMember(simulated_kinds()));
  verb.add_option("--out", options->folder, "The new folder")->required()->type_name("DIR");
  verb.add_option("--count", options->count, "Files in each class")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  verb.add_option("--seed", options->seed, "Another number gives other files")->capture_default_str();
  verb.callback([options] { make(*options); });
}

}  // namespace

void add_data(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(app, "data", "Looks after datasets.", "inkling data check recordings");
  verb.require_subcommand(1);
  CLI::App& checking =
      add_verb(verb, "check",
               "Counts items, speakers or sources, and seconds of each class and lists what is "
               "unreadable, silent, clipped, there twice, or like another class.",
               "inkling data check recordings --json");
  checking.add_option("DIR", options->folder, "A folder with CLASS/*.wav, .csv, .png or .jpg")->required();
  checking
      .add_option("--kind", options->kind,
                  "words, motion, sounds or pictures (default: motion for CSV, pictures, else words)")
      ->transform(CLI::CheckedTransformer(kKinds));
  checking.add_flag("--json", options->json, "Print JSON instead of tables");
  checking.callback([options] { check(*options); });
  add_make(verb);
}

}  // namespace inkling::host
