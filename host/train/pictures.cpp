// inkling-train pictures: from one folder of pictures per class to a model that tells them apart.
#include <fmt/format.h>

#include "host/cli/verb.h"
#include "host/data/picture_examples.h"
#include "host/error.h"
#include "host/evaluate/class_items.h"
#include "host/train/families.h"
#include "host/train/task.h"

namespace inkling::host {
namespace {

/// In the manner of MobileNet: depthwise and pointwise layers in turn, wider as they get smaller.
NetworkPlan picture_network(Size size, int64_t n_channels) {
  const int64_t w = size == Size::tiny ? 1 : size == Size::small ? 2 : 4;
  NetworkPlan plan{
      fmt::format("Pictures, {0} x {0} pixels of {1}", kPictureSize, n_channels == 1 ? "grey" : "colour"),
      kPictureSize,
      kPictureSize,
      n_channels,
      kPictureQuantization,
      {{false, 4 * w, 3, 3, 2, true}},
      false};
  struct Block {
    int64_t stride, channels;
  };
  int64_t channels = 4 * w;
  for (const Block& block :
       {Block{2, 8 * w}, {1, 8 * w}, {2, 16 * w}, {1, 16 * w}, {2, 32 * w}, {1, 32 * w}, {2, 48 * w}}) {
    plan.layers.push_back({true, channels, 3, 3, block.stride, true});
    plan.layers.push_back({false, block.channels, 1, 1, 1, true});
    channels = block.channels;
  }
  return plan;
}

}  // namespace

Task picture_task(const PictureOptions& options) {
  const uint64_t listing = listing_hash(options.folder);
  const ClassDataset dataset = read_class_dataset(options.folder, picture_extensions(), options.kept_back);
  fmt::print(stderr, "train: {} pictures, labels {}\n", dataset.items.size(),
             fmt::join(dataset.labels, ", "));
  const Random random(options.learn.seed);
  Skipped skipped(options.folder, dataset.items.size());
  const int32_t n_channels = options.in_colour ? 3 : 1;
  const auto examples = [&](Part part, int32_t n_variants) {
    return picture_examples(dataset.part(part), n_channels, n_variants, options.is_mirrored,
                            random.child(static_cast<uint64_t>(part)), skipped);
  };
  const Parts parts{examples(Part::train, options.n_variants), examples(Part::validation, 0),
                    examples(Part::test, 0)};
  for (const std::string& message : skipped.messages()) fmt::print(stderr, "train: skipped: {}\n", message);
  if (listing_hash(options.folder) != listing)
    throw Error(fmt::format("{}: changed while it was read; try again when it is complete", options.folder));
  return {picture_network(options.size, n_channels),
          parts,
          dataset.labels,
          {{"kind", kPicturesKind},
           {"size", kPictureSize},
           {"channels", n_channels},
           {"kept_back", options.kept_back}}};
}

void add_pictures(CLI::App& app) {
  auto options = std::make_shared<PictureOptions>();
  CLI::App& verb =
      add_verb(app, "pictures", "Learns to tell pictures apart, 96 x 96 pixels in grey or colour.",
               "inkling train pictures photos -o photos.tflite --colour");
  add_train_options(verb, *options, "A folder with CLASS/*.png or .jpg of any size");
  verb.add_option("--size", options->size,
                  "How much the network can learn: tiny, small or medium (default: small)")
      ->transform(CLI::CheckedTransformer(sizes()));
  verb.add_flag("--colour,--color", options->in_colour, "Look at colours, too");
  verb.add_flag("!--no-mirror", options->is_mirrored, "Never mirror a picture: left and right matter");
  verb.add_option("--variants", options->n_variants, "How often each picture is varied to learn from")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  verb.add_option("--kept-back", options->kept_back,
                  "The share of each class that is not learned from, to judge with; 0 learns from everything")
      ->check(CLI::Range(0.0, 0.9))
      ->capture_default_str();
  verb.callback([options] {
    const Task task = picture_task(*options);
    train_and_report(task.plan, task.parts, task.labels, task.pipeline, *options);
  });
}

}  // namespace inkling::host
