// The verbs of inkling-train, a family of models each, and the options that they share.
#pragma once
#include <CLI/CLI.hpp>

#include "host/train/result.h"

namespace inkling::host {

void add_words(CLI::App& app);
void add_motion(CLI::App& app);
void add_adapt(CLI::App& app);
void add_sounds(CLI::App& app);
void add_pictures(CLI::App& app);
void add_anomaly(CLI::App& app);
void add_tune(CLI::App& app);

inline void add_train_options(CLI::App& verb, TrainOptions& options, const char* dataset) {
  LearnSettings& learn = options.learn;
  verb.add_option("DATASET", options.folder, dataset)->required();
  verb.add_option("-o,--out", options.model, "The .tflite file to make")->required();
  verb.add_option("--epochs", learn.n_epochs, "How often to go through all examples")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  verb.add_option("--rate", learn.rate, "The highest learning rate")->capture_default_str();
  verb.add_option("--batch", learn.batch, "Learn from so many examples at once, in each process")
      ->check(CLI::Range(2, 100000))
      ->capture_default_str();
  verb.add_option("--seed", learn.seed, "Another number gives another model")->capture_default_str();
  verb.add_flag("--json", options.json, "Print the scores as JSON");
}

}  // namespace inkling::host
