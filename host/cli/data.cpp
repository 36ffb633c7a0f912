// inkling data: datasets. Leaves out making them (synth.cpp) and learning.
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "host/cli/progress.h"
#include "host/cli/verb.h"
#include "host/data/word_check.h"

namespace inkling::host {
namespace {

using nlohmann::json;

struct Options {
  std::string folder;
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

void print(const DatasetCheck& check) {
  fmt::print("  {:>16} {:>7} {:>9} {:>7} {:>11} {:>6}   {}\n", "", "clips", "speakers", "train", "validation",
             "test", "seconds: shortest, median, longest, all");
  for (const ClassFacts& facts : check.classes)
    fmt::print("  {:>16} {:>7} {:>9} {:>7} {:>11} {:>6}   {:.2f}, {:.2f}, {:.2f}, {:.0f}\n", facts.label,
               facts.n_clips, facts.n_speakers, facts.n_train, facts.n_validation, facts.n_test,
               facts.shortest_s, facts.median_s, facts.longest_s, facts.total_s);
  print("cannot be read", check.unreadable);
  print("silent", check.silent);
  print("clipped", check.clipped);
  print("there already", check.duplicates);
  print("in the wrong place, perhaps", check.suspicious);
  for (const std::string& advice : check.advice) fmt::print("\n{}\n", advice);
  if (check.is_clean()) fmt::print("\nnothing to complain about\n");
}

void check(const Options& options) {
  std::unique_ptr<Progress> progress;
  const DatasetCheck result = check_words(options.folder, [&](int64_t, int64_t n_all) {
    if (!progress) progress = std::make_unique<Progress>("check", n_all);
    progress->advance();
  });
  progress.reset();
  if (options.json)
    fmt::print("{}\n", to_json(result).dump(1, ' ', false, json::error_handler_t::replace));
  else
    print(result);
}

}  // namespace

void add_data(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(app, "data", "Looks after datasets.", "inkling data check recordings");
  verb.require_subcommand(1);
  CLI::App& checking =
      add_verb(verb, "check",
               "Counts clips, speakers and seconds of each class and lists what is unreadable, "
               "silent, clipped, there twice, or sounds like another class.",
               "inkling data check recordings --json");
  checking.add_option("DIR", options->folder, "A folder in the layout of Speech Commands, WORD/*.wav")
      ->required();
  checking.add_flag("--json", options->json, "Print JSON instead of tables");
  checking.callback([options] { check(*options); });
}

}  // namespace inkling::host
