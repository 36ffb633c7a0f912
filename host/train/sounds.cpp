// inkling-train sounds: from one folder of sounds per class to a model that tells them apart.
#include <fmt/format.h>

#include "host/cli/verb.h"
#include "host/data/scene_features.h"
#include "host/data/sound_examples.h"
#include "host/error.h"
#include "host/evaluate/class_items.h"
#include "host/evaluate/features.h"
#include "host/train/families.h"
#include "host/train/task.h"

namespace inkling::host {
namespace {

/// Depthwise separable; what --size changes is the width.
NetworkPlan sound_network(Size size) {
  const int64_t w = size == Size::tiny ? 1 : size == Size::small ? 2 : 3;
  return {"Sounds, from 98 rows of 40 features of the sound front end",
          kSceneRows,
          kSceneChannels,
          1,
          kFeatureQuantization,
          {{false, 8 * w, 5, 5, 2, true},
           {true, 8 * w, 3, 3, 2, true},
           {false, 16 * w, 1, 1, 1, true},
           {true, 16 * w, 3, 3, 1, true},
           {false, 24 * w, 1, 1, 1, true},
           {true, 24 * w, 3, 3, 2, true},
           {false, 32 * w, 1, 1, 1, true},
           {true, 32 * w, 3, 3, 1, true},
           {false, 48 * w, 1, 1, 1, true},
           {true, 48 * w, 3, 3, 1, true},
           {false, 64 * w, 1, 1, 1, true}},
          true};
}

}  // namespace

Task sound_task(const SoundOptions& options) {
  const uint64_t listing = listing_hash(options.folder);
  const ClassDataset dataset = read_class_dataset(options.folder, sound_extensions(), options.kept_back);
  fmt::print(stderr, "train: {} sounds, labels {}\n", dataset.items.size(), fmt::join(dataset.labels, ", "));
  const Random random(options.learn.seed);
  Skipped skipped(options.folder, dataset.items.size());
  const Parts parts{sound_examples(dataset.part(Part::train), options.n_variants, random.child(0), skipped),
                    sound_examples(dataset.part(Part::validation), 0, random, skipped),
                    sound_examples(dataset.part(Part::test), 0, random, skipped)};
  for (const std::string& message : skipped.messages()) fmt::print(stderr, "train: skipped: {}\n", message);
  if (listing_hash(options.folder) != listing)
    throw Error(fmt::format("{}: changed while it was read; try again when it is complete", options.folder));
  return {sound_network(options.size),
          parts,
          dataset.labels,
          {{"kind", kSoundsKind},
           {"front_end", "scene"},
           {"rows", kSceneRows},
           {"kept_back", options.kept_back}}};
}

void add_sounds(CLI::App& app) {
  auto options = std::make_shared<SoundOptions>();
  options->learn.n_epochs = 15;
  CLI::App& verb =
      add_verb(app, "sounds", "Learns to tell sounds apart that are no words: machines, animals, weather.",
               "inkling train sounds recordings -o sounds.tflite");
  add_train_options(verb, *options, "A folder with CLASS/*.wav, .flac or .ogg of any rate and length");
  verb.add_option("--size", options->size,
                  "How much the network can learn: tiny, small or medium (default: small)")
      ->transform(CLI::CheckedTransformer(sizes()));
  verb.add_option("--variants", options->n_variants, "How often each sound is varied to learn from")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  verb.add_option("--kept-back", options->kept_back,
                  "The share of each class that is not learned from, to judge with; 0 learns from everything")
      ->check(CLI::Range(0.0, 0.9))
      ->capture_default_str();
  verb.callback([options] {
    const Task task = sound_task(*options);
    train_and_report(task.plan, task.parts, task.labels, task.pipeline, *options);
  });
}

}  // namespace inkling::host
