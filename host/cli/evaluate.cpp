// inkling evaluate: how good a model of words or motion is, run by the code of the device.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "host/cli/progress.h"
#include "host/cli/verb.h"
#include "host/data/sound.h"
#include "host/engine/labels.h"
#include "host/error.h"
#include "host/evaluate/class_items.h"
#include "host/evaluate/machine_windows.h"
#include "host/evaluate/motion_takes.h"
#include "host/evaluate/report.h"
#include "host/evaluate/word_clips.h"
#include "host/evaluate/word_stream.h"
#include "host/graph/pipeline.h"

namespace inkling::host {
namespace {

using nlohmann::json;

struct Options {
  std::string model, dataset, report;
  std::vector<std::string> streams, stream_labels, classes, normal, boards;
  std::string part = "all";
  std::optional<int32_t> threshold;
  std::optional<uint32_t> smoothing_ms;
  std::optional<double> false_accepts;
  bool set_threshold = false;
  bool json = false;
};

std::optional<Part> part_named(const std::string& name) {
  if (name == "train") return Part::train;
  if (name == "validation") return Part::validation;
  if (name == "test") return Part::test;
  return {};
}

JudgedClips judged(WordModel& model, const Options& options) {
  std::unique_ptr<Progress> progress;
  int64_t n_shown = 0;
  JudgedClips clips =
      judge_clips(model, options.dataset, part_named(options.part), [&](int64_t n_done, int64_t n_all) {
        if (!progress) progress = std::make_unique<Progress>("evaluate", n_all);
        progress->advance(n_done - n_shown);
        n_shown = n_done;
      });
  progress.reset();
  for (const std::string& message : clips.skipped) fmt::print(stderr, "inkling: skipped: {}\n", message);
  return clips;
}

std::vector<Stream> read_streams(WordModel& model, const Options& options) {
  std::vector<Stream> streams;
  Progress progress("evaluate", static_cast<int64_t>(options.streams.size()));
  for (const std::string& path : options.streams) {
    const std::vector<int16_t> sound = read_sound(path);
    Stream stream{moments_of(model, sound), {}, static_cast<double>(sound.size()) / kSampleRateHz};
    if (streams.size() < options.stream_labels.size())
      stream.said = read_utterances(options.stream_labels[streams.size()]);
    streams.push_back(std::move(stream));
    progress.advance();
  }
  return streams;
}

/// How the model says it decides, but for what the options say.
WordDecision decision_of(const Options& options) {
  WordDecision decision = read_decision(options.model);
  if (options.threshold) decision.threshold = static_cast<uint8_t>(*options.threshold);
  if (options.smoothing_ms) decision.smoothing_ms = *options.smoothing_ms;
  return decision;
}

void evaluate_streams(WordModel& model, const Options& options, Evaluation& evaluation) {
  const std::vector<Stream> streams = read_streams(model, options);
  WordDecision decision = decision_of(options);
  if (options.false_accepts)
    decision.threshold = threshold_for(model, streams, decision, *options.false_accepts);
  evaluation.stream = score_streams(model, streams, decision, &evaluation.heard);
  evaluation.threshold = decision.threshold;
  if (options.set_threshold) write_decision(options.model, decision, model.labels());
}

json to_json(const Evaluation& evaluation) {
  json all = {{"accuracy", nullptr},
              {"classes", json::array()},
              {"confusion", json::array()},
              {"auc", nullptr},
              {"detection_rate", nullptr},
              {"false_accepts_per_hour", nullptr},
              {"threshold", nullptr},
              {"items", 0},
              {"skipped", 0}};
  if (evaluation.clips) {
    const JudgedClips& clips = *evaluation.clips;
    const Confusion confusion = clips.confusion();
    for (size_t i = 0; i < clips.labels.size(); ++i)
      all["classes"].push_back({{"label", clips.labels[i]},
                                {"recall", confusion.recall(i)},
                                {"precision", confusion.precision(i)},
                                {"count", confusion.count(i)}});
    all["accuracy"] = confusion.accuracy();
    all["confusion"] = confusion.counts;
    all["items"] = confusion.total();
    all["skipped"] = clips.skipped.size();
    if (clips.auc) all["auc"] = *clips.auc;
    if (clips.auc) all["detection_rate"] = confusion.recall(1);
  }
  if (evaluation.stream) {
    if (evaluation.stream->n_said > 0) all["detection_rate"] = evaluation.stream->detection_rate();
    all["false_accepts_per_hour"] = evaluation.stream->false_accepts_per_hour();
    all["threshold"] = evaluation.threshold;
    for (const HeardLabel& word : evaluation.heard)
      all["events"].push_back({{"time_s", word.time_s}, {"label", word.label}, {"score", word.score}});
  }
  for (const ModelCost& cost : evaluation.costs)
    all["cost"].push_back({{"board", cost.board},
                           {"code_bytes", cost.code_bytes},
                           {"model_bytes", cost.model_bytes},
                           {"arena_bytes", cost.arena_bytes},
                           {"static_bytes", cost.static_bytes},
                           {"stack_bytes", cost.stack_bytes},
                           {"instructions", cost.instructions},
                           {"modelled_cycles", cost.modelled_cycles ? json(*cost.modelled_cycles) : json()}});
  return all;
}

void print(const Evaluation& evaluation) {
  if (evaluation.clips) {
    const JudgedClips& clips = *evaluation.clips;
    const Confusion confusion = clips.confusion();
    fmt::print("{} clips, {:.2f} % right; label by guess:\n{}\n", confusion.total(),
               100 * confusion.accuracy(), confusion.text(clips.labels));
    if (clips.auc) fmt::print("AUC {:.4f}\n\n", *clips.auc);
    fmt::print("  {:>12} {:>9} {:>9} {:>9}\n", "", "recall", "precision", "clips");
    for (size_t i = 0; i < clips.labels.size(); ++i)
      fmt::print("  {:>12} {:>7.2f} % {:>7.2f} % {:>9}\n", clips.labels[i], 100 * confusion.recall(i),
                 100 * confusion.precision(i), confusion.count(i));
  }
  if (evaluation.stream) {
    const StreamScore& stream = *evaluation.stream;
    if (stream.n_said > 0)
      fmt::print("{} of {} words detected ({:.1f} %), ", stream.n_detected, stream.n_said,
                 100 * stream.detection_rate());
    fmt::print("{} false accepts in {:.2f} hours ({:.2f} per hour) at threshold {} of 255\n", stream.n_false,
               stream.duration_s / 3600, stream.false_accepts_per_hour(), evaluation.threshold);
  }
  for (const ModelCost& cost : evaluation.costs)
    fmt::print("{}: {} bytes of code, {} of model, {} of arena; {} instructions\n", cost.board,
               cost.code_bytes, cost.model_bytes, cost.arena_bytes, cost.instructions);
}

void report(Evaluation& evaluation, const Options& options) {
  for (const std::string& board : options.boards)
    evaluation.costs.push_back(measure_model(open_board(board), ModelFile(options.model)));
  if (!options.report.empty()) write_report(evaluation, options.report);
  if (options.json)
    fmt::print("{}\n", to_json(evaluation).dump(1, ' ', false, json::error_handler_t::replace));
  else
    print(evaluation);
}

/// The items of a dataset, by a model that says in its metadata what it is for.
JudgedClips judged_items(const std::string& kind, const Options& options) {
  const std::optional<Part> part = part_named(options.part);
  if (kind == "motion") return judge_takes(options.model, options.dataset, part);
  if (kind == kAnomalyKind) return judge_windows(options.model, options.dataset, part, options.normal);
  if (kind == kSoundsKind) return judge_sounds(options.model, options.dataset, part);
  if (kind == kPicturesKind) return judge_pictures(options.model, options.dataset, part);
  throw Error(fmt::format("{}: is a model of {}, want one of words, motion, {}, {} or {}", options.model,
                          kind, kSoundsKind, kPicturesKind, kAnomalyKind));
}

void evaluate(const Options& options) {
  if (options.dataset.empty() && options.streams.empty())
    throw Error("nothing to evaluate on; want a DATASET or --stream FILE");
  Evaluation evaluation;
  evaluation.model = options.model;
  const json named = graph::read_pipeline(options.model).value("kind", json("words"));
  const std::string kind = named.is_string() ? named.get<std::string>() : named.dump();
  if (kind != "words") {
    if (!options.streams.empty())
      throw Error(fmt::format("{}: is a model of {}, which --stream is not for", options.model, kind));
    evaluation.clips = judged_items(kind, options);
    for (const std::string& message : evaluation.clips->skipped)
      fmt::print(stderr, "inkling: skipped: {}\n", message);
    report(evaluation, options);
    return;
  }
  if (options.stream_labels.size() > options.streams.size())
    throw Error(fmt::format("each of --labels belongs to a sound (got {} of --labels, {} of --stream)",
                            options.stream_labels.size(), options.streams.size()));
  if ((options.false_accepts || options.set_threshold) && options.streams.empty())
    throw Error("a threshold is chosen by long sounds; name some with --stream");
  WordModel model(options.model, options.classes.empty() ? read_labels(options.model) : options.classes);
  if (!options.dataset.empty()) evaluation.clips = judged(model, options);
  if (!options.streams.empty()) evaluate_streams(model, options, evaluation);
  report(evaluation, options);
}

}  // namespace

void add_evaluate(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb =
      add_verb(app, "evaluate",
               "Runs a model over recordings, with the front end and the engine of the device, and counts "
               "what it gets right: in words, motion, sounds, pictures or anomalies, as its metadata says; "
               "words also in long sounds, as the device decides.",
               "inkling evaluate models/yes_no.tflite recordings --report page\n"
               "  inkling evaluate models/yes_no.tflite --stream party.wav --labels party.txt --json\n"
               "  inkling evaluate words.tflite --stream radio.ogg --false-accepts 0.5 --set-threshold");
  verb.add_option("MODEL", options->model,
                  "A .tflite file that takes rows of 40 features, or one that 'train' made")
      ->required();
  verb.add_option(
      "DATASET", options->dataset,
      "A folder with CLASS/*.wav, .csv, .png or .jpg; classes that the model does not know count as unknown");
  verb.add_option("--part", options->part, "Only what training learned from, or kept back")
      ->check(CLI::IsMember({"all", "train", "validation", "test"}))
      ->capture_default_str();
  verb.add_option("--stream", options->streams, "A long sound; may be given several times")
      ->type_name("FILE");
  verb.add_option(
          "--labels", options->stream_labels,
          "What is said in it: lines \"BEGIN_S END_S LABEL\" (Audacity's labels) or \"TIME_S LABEL\"; the "
          "first belongs to the first sound, and so on; in the others, all that is heard is false")
      ->type_name("FILE");
  verb.add_option("--classes", options->classes,
                  "What the model's outputs stand for, if the model does not say")
      ->delimiter(',');
  verb.add_option(
          "--threshold", options->threshold,
          "The mean score, of 255, at which a word is reported (default: what the model says, or 190)")
      ->check(CLI::Range(1, 255));
  verb.add_option("--smoothing,--window", options->smoothing_ms,
                  "The milliseconds over which scores are averaged (default: what the model says, or 600)")
      ->check(CLI::Range(100, 5000));
  verb.add_option("--false-accepts", options->false_accepts,
                  "Choose the lowest threshold with at most so many false accepts per hour of --stream")
      ->check(CLI::NonNegativeNumber)
      ->excludes("--threshold");
  verb.add_flag("--set-threshold", options->set_threshold,
                "Write the threshold and the smoothing into the model, for the device");
  verb.add_option(
          "--normal", options->normal,
          "Patterns of the folders that are normal, for models of anomalies (default: as the model says)")
      ->delimiter(',');
  verb.add_option("--board", options->boards,
                  "What the network costs on this virtual board, too; may be repeated")
      ->allow_extra_args(false);
  verb.add_option("--report", options->report, "Write a page with pictures, index.html, into this folder")
      ->type_name("DIR");
  verb.add_flag("--json", options->json, "Print JSON instead of tables");
  verb.callback([options] { evaluate(*options); });
}

}  // namespace inkling::host
