// inkling synth: a dataset of spoken words, made by speech synthesizers.
#include "host/data/synth.h"

#include <fmt/format.h>

#include "host/cli/progress.h"
#include "host/cli/verb.h"

namespace inkling::host {
namespace {

struct Options {
  SynthSettings settings;
  std::string folder;
};

void synth(const Options& options) {
  const int64_t n_clips = n_synth_clips(options.settings);
  {
    Progress progress("synth", n_clips);
    synthesize(options.settings, options.folder, [&] { progress.advance(); });
  }
  fmt::print("{}: {} clips\n", options.folder, n_clips);
}

}  // namespace

void add_synth(CLI::App& app) {
  auto options = std::make_shared<Options>();
  SynthSettings& settings = options->settings;
  CLI::App& verb = add_verb(app, "synth", "Speaks words in many voices: a dataset to train on.",
                            "inkling synth --words yes,no --out words");
  verb.add_option("--words", settings.words, "The words, separated by commas")->delimiter(',')->required();
  verb.add_option("--out", options->folder, "The folder to make")->required();
  verb.add_option("--others", settings.others,
                  "Words that they must be told from, separated by commas (default: common English words)")
      ->delimiter(',');
  verb.add_option("--count", settings.n_per_word, "Clips per word")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  verb.add_option("--seed", settings.seed, "Another number gives other clips")->capture_default_str();
  verb.add_option("--language", settings.language, "What 'espeak-ng --voices' calls it")
      ->capture_default_str();
  verb.callback([options] { synth(*options); });
}

}  // namespace inkling::host
