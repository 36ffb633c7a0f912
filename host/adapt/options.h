// The options of 'adapt', which two programs take: inkling and, for --whole, inkling-train. Leaves out what
// follows from them.
#pragma once
#include <CLI/CLI.hpp>

#include "host/adapt/task.h"

namespace inkling::host {

inline void add_adapt_options(CLI::App& verb, AdaptSettings& settings) {
  verb.add_option("MODEL", settings.model,
                  "A float or int8 classifier, .tflite, whose last layer is fully connected")
      ->required();
  verb.add_option("DATASET", settings.dataset,
                  "Your takes, a folder per class: WORD/*.wav for models of words, CSV files for those of "
                  "motion, CLASS/*.npy for all others")
      ->required();
  verb.add_option("-o,--out", settings.out, "The int8 .tflite file to make")->required();
  verb.add_option("--keep", settings.keep,
                  "A dataset of what the model knows, so that it is kept (default: words are spoken anew)")
      ->type_name("DIR");
  verb.add_flag("!--no-keep", settings.rehearse, "Do nothing against forgetting");
  verb.add_option("--words", settings.words,
                  "Folders that are labels, separated by commas; others are unknown (default: all)")
      ->delimiter(',');
  verb.add_option("--classes", settings.classes,
                  "What the model's outputs stand for, if the model does not say")
      ->delimiter(',');
  verb.add_flag("--whole", settings.whole,
                "Let all layers learn, not only the last: better, but needs LibTorch");
  verb.add_option("--seed", settings.seed, "Another number gives another model")->capture_default_str();
  verb.add_flag("--json", settings.json, "Print the scores as JSON");
}

}  // namespace inkling::host
