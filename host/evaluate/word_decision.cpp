// Two numbers in JSON.
#include "host/evaluate/word_decision.h"

#include <fmt/format.h>

#include "host/data/files.h"
#include "host/data/scenes.h"
#include "host/engine/program.h"
#include "host/error.h"
#include "host/graph/metadata.h"
#include "host/graph/pipeline.h"
#include "inkling/signal/sound_settings.h"

namespace inkling::host {
namespace {

using nlohmann::json;

/// The number of that name, `otherwise` if there is none.
int64_t number(const json& pipeline, const char* name, int64_t otherwise, int64_t low, int64_t high,
               const std::filesystem::path& model) {
  const json value = pipeline.value(name, json(otherwise));
  if (!value.is_number_integer() || value < low || value > high)
    throw Error(fmt::format("{}: its inkling.pipeline is damaged: {} is {}, want {} to {}", model.string(),
                            name, value.dump(), low, high));
  return value;
}

}  // namespace

DecideSettings WordDecision::settings() const {
  DecideSettings settings = kWordSettings;
  settings.window_ms = smoothing_ms;
  return settings;
}

json word_pipeline(const WordDecision& decision) {
  return {{"kind", "words"},
          {"front_end", "micro_speech"},
          {"rate_hz", micro_speech_settings.rate_hz},
          {"window_ms", micro_speech_settings.window_ms},
          {"hop_ms", micro_speech_settings.hop_ms},
          {"rows", kWindowRows},
          {"columns", kRowFeatures},
          {"threshold", decision.threshold},
          {"smoothing_ms", decision.smoothing_ms}};
}

WordDecision read_decision(const std::filesystem::path& model) {
  const json pipeline = graph::read_pipeline(model);
  WordDecision decision;
  decision.threshold = static_cast<uint8_t>(number(pipeline, "threshold", decision.threshold, 1, 255, model));
  decision.smoothing_ms =
      static_cast<uint32_t>(number(pipeline, "smoothing_ms", decision.smoothing_ms, 100, 5000, model));
  return decision;
}

void write_decision(const std::filesystem::path& model, const WordDecision& decision,
                    const std::vector<std::string>& labels) {
  graph::Graph changed = graph::read(ModelFile(model).bytes());
  json pipeline = graph::pipeline_of(changed, model);
  pipeline["kind"] = "words";
  pipeline["threshold"] = decision.threshold;
  pipeline["smoothing_ms"] = decision.smoothing_ms;
  graph::set_pipeline(changed, pipeline);
  write_atomically(model, graph::write_with_labels(changed, labels));
}

}  // namespace inkling::host
