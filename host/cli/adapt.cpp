// inkling adapt: a model learns new classes, or somebody's own way to say the old ones, from a few takes.
#include "host/adapt/adapt.h"

#include "host/adapt/options.h"
#include "host/cli/learner.h"
#include "host/cli/verb.h"

namespace inkling::host {
namespace {

/// The command line again, for inkling-train.
std::vector<std::string> arguments_of(const AdaptSettings& settings) {
  const auto list = [](const std::vector<std::string>& items) {
    return fmt::format("{}", fmt::join(items, ","));
  };
  std::vector<std::string> arguments = {"adapt", settings.model, settings.dataset, "-o", settings.out};
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) arguments.insert(arguments.end(), {name, value});
  };
  add("--keep", settings.keep);
  add("--words", list(settings.words));
  add("--classes", list(settings.classes));
  add("--seed", std::to_string(settings.seed));
  if (!settings.rehearse) arguments.push_back("--no-keep");
  if (settings.json) arguments.push_back("--json");
  arguments.push_back("--whole");
  return arguments;
}

void adapt(const AdaptSettings& settings) {
  if (settings.whole) become_learner(arguments_of(settings));
  const AdaptTask task = read_adapt_task(settings);
  finish_adapting(task, int8_with_head(task, learn_head(task)));
}

}  // namespace

void add_adapt(CLI::App& app) {
  auto settings = std::make_shared<AdaptSettings>();
  CLI::App& verb =
      add_verb(app, "adapt",
               "Teaches a model new classes beside its old ones, or your way to say the old ones, from three "
               "takes of each or more.",
               "inkling adapt models/yes_no.tflite takes -o mine.tflite\n"
               "  inkling adapt words.tflite takes --keep words --whole -o mine.tflite");
  add_adapt_options(verb, *settings);
  verb.callback([settings] { adapt(*settings); });
}

}  // namespace inkling::host
