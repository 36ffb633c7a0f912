// inkling-train motion: from CSV files of gestures or vibrations to a model of motion.
#include <fmt/format.h>

#include "host/cli/verb.h"
#include "host/data/motion_dataset.h"
#include "host/error.h"
#include "host/train/families.h"
#include "host/train/task.h"

namespace inkling::host {

Task motion_task(const MotionOptions& options) {
  const MotionDataset dataset = read_motion_dataset(options.folder, options.take_rows);
  if (dataset.labels.size() < 2)
    throw Error(fmt::format("{}: has one class only, want two or more", options.folder));
  MotionScale scale = MotionScale::of(dataset);
  scale.n_rows = options.n_rows;
  fmt::print(stderr, "train: {} takes of {} channels, labels {}\n", dataset.takes.size(), dataset.n_channels,
             fmt::join(dataset.labels, ", "));
  const Random random(options.learn.seed);
  const Parts parts{motion_examples(dataset, Part::train, scale, options.n_variants, random.child(0)),
                    motion_examples(dataset, Part::validation, scale, 0, random),
                    motion_examples(dataset, Part::test, scale, 0, random)};
  if (parts.validation.size() == 0 || parts.test.size() == 0)
    throw Error(fmt::format("{}: too few takes (got {}, want some forty): none is left to judge with",
                            options.folder, dataset.takes.size()));
  const nlohmann::json pipeline = {{"kind", "motion"},
                                   {"rows", scale.n_rows},
                                   {"means", scale.means},
                                   {"deviations", scale.deviations},
                                   {"take_rows", options.take_rows}};
  return {motion_network(scale.n_rows, dataset.n_channels), parts, dataset.labels, pipeline};
}

void add_motion(CLI::App& app) {
  auto options = std::make_shared<MotionOptions>();
  CLI::App& verb = add_verb(app, "motion", "Learns gestures or vibrations from CSV files, a row per sample.",
                            "inkling train motion takes -o gestures.tflite\n"
                            "  inkling train motion spells --take-rows 119 -o spells.tflite");
  add_train_options(verb, *options,
                    "A folder with CLASS/*.csv or CLASS.csv; empty lines part the takes of a file");
  verb.add_option("--take-rows", options->take_rows,
                  "So many rows of a file make a take (default: up to an empty line)")
      ->check(CLI::Range(2, 1000000));
  verb.add_option("--variants", options->n_variants, "How often each take is varied to learn from")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  verb.callback([options] {
    const Task task = motion_task(*options);
    train_and_report(task.plan, task.parts, task.labels, task.pipeline, *options);
  });
}

}  // namespace inkling::host
