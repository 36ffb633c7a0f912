// HTML with pictures in it: tables, SVG, and bitmaps and sounds as base64.
#include "host/evaluate/report.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/data/class_dataset.h"
#include "host/data/files.h"
#include "host/data/scenes.h"
#include "host/data/sound.h"
#include "host/data/wav.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;
constexpr size_t kShownMistakes = 20;
constexpr size_t kShownSamples = 4 * kSampleRateHz;

constexpr char kHead[] = R"(<!doctype html><meta charset="utf-8"><title>Evaluation</title><style>
body{font:15px system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222}
table{border-collapse:collapse;margin:1em 0}td,th{padding:.35em .8em;text-align:right}
th{font-weight:600}svg{background:#f6f6f6}img{image-rendering:pixelated;height:80px}
.mistake{display:inline-block;margin:.5em 1em .5em 0;vertical-align:top}small{color:#666}</style>
)";

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text)
    if (c == '&' || c == '<' || c == '>' || c == '"')
      result += fmt::format("&#{};", int{c});
    else
      result += c;
  return result;
}

std::string base64(const std::vector<uint8_t>& bytes) {
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const size_t n = std::min<size_t>(3, bytes.size() - i);
    uint32_t bits = 0;
    for (size_t j = 0; j < 3; ++j) bits = bits << 8 | (j < n ? bytes[i + j] : 0u);
    for (size_t j = 0; j < 4; ++j) text += j <= n ? kDigits[bits >> (18 - 6 * j) & 63] : '=';
  }
  return text;
}

void put(std::vector<uint8_t>& to, uint32_t value, int n_bytes) {
  for (int i = 0; i < n_bytes; ++i) to.push_back(static_cast<uint8_t>(value >> (8 * i)));
}

/// Rows of features as a Windows bitmap in grey: time to the right, frequency upwards.
std::vector<uint8_t> bitmap(const std::vector<int8_t>& rows) {
  const auto width = static_cast<uint32_t>(rows.size()) / kRowFeatures;
  const uint32_t stride = (width + 3) / 4 * 4;
  constexpr uint32_t kDataStart = 14 + 40 + 4 * 256;
  std::vector<uint8_t> bytes = {'B', 'M'};
  put(bytes, kDataStart + stride * kRowFeatures, 4);
  put(bytes, 0, 4);
  put(bytes, kDataStart, 4);
  put(bytes, 40, 4);
  put(bytes, width, 4);
  put(bytes, kRowFeatures, 4);
  put(bytes, 1, 2);
  put(bytes, 8, 2);  // bits per pixel
  for (int i = 0; i < 6; ++i) put(bytes, 0, 4);
  for (uint32_t grey = 0; grey < 256; ++grey) put(bytes, grey * 0x10101, 4);
  for (uint32_t channel = 0; channel < kRowFeatures; ++channel)
    for (uint32_t x = 0; x < stride; ++x)
      bytes.push_back(x < width ? static_cast<uint8_t>(rows[x * kRowFeatures + channel] + 128) : 0);
  return bytes;
}

std::string confusion_table(const JudgedClips& clips) {
  const Confusion confusion = clips.confusion();
  std::string html = "<table><tr><th>label \\ guess";
  for (const std::string& label : clips.labels) html += "<th>" + escaped(label);
  html += "<th>recall<th>precision<th>clips";
  for (size_t label = 0; label < clips.labels.size(); ++label) {
    html += "<tr><th>" + escaped(clips.labels[label]);
    const int64_t n = std::max<int64_t>(1, confusion.count(label));
    for (size_t guess = 0; guess < clips.labels.size(); ++guess) {
      const int64_t count = confusion.counts[label][guess];
      const double share = static_cast<double>(count) / static_cast<double>(n);
      html += fmt::format("<td style=\"background:rgba({},{:.2f})\">{}",
                          label == guess ? "60,160,60" : "220,60,40", share, count);
    }
    html += fmt::format("<td>{:.1f} %<td>{:.1f} %<td>{}", 100 * confusion.recall(label),
                        100 * confusion.precision(label), confusion.count(label));
  }
  return html + "</table>\n";
}

/// How many of the label's clips (up) are found when so many of the others (right) are taken for it.
std::string roc(const JudgedClips& clips, size_t label) {
  std::vector<std::pair<float, bool>> ranked;
  for (const JudgedClip& clip : clips.clips) ranked.emplace_back(clip.scores[label], clip.label == label);
  std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  const auto n_right =
      std::count_if(ranked.begin(), ranked.end(), [](const auto& entry) { return entry.second; });
  const auto n_wrong = static_cast<int64_t>(ranked.size()) - n_right;
  if (n_right == 0 || n_wrong == 0) return "";
  std::string points = "0,200";
  double x = 0, y = 0;
  for (size_t i = 0; i < ranked.size(); ++i) {
    (ranked[i].second ? y : x) += 1;
    if (i + 1 < ranked.size() && ranked[i + 1].first == ranked[i].first) continue;
    points += fmt::format(" {:.1f},{:.1f}", 200 * x / static_cast<double>(n_wrong),
                          200 - 200 * y / static_cast<double>(n_right));
  }
  return fmt::format(
      "<div class=\"mistake\">{}<br><svg width=\"200\" height=\"200\"><polyline fill=\"none\" "
      "stroke=\"#36c\" stroke-width=\"2\" points=\"{}\"/></svg></div>\n",
      escaped(clips.labels[label]), points);
}

std::string mistake(const JudgedClips& clips, const JudgedClip& clip) {
  std::vector<int16_t> sound = read_sound(clip.path);
  sound.resize(std::min(sound.size(), kShownSamples));
  return fmt::format(
      "<div class=\"mistake\"><img src=\"data:image/bmp;base64,{}\"><br><audio controls "
      "src=\"data:audio/wav;base64,{}\"></audio><br>{}, taken for {} ({:.0f} %)<br><small>{}</small>"
      "</div>\n",
      base64(bitmap(feature_rows(sound))), base64(wav_bytes(sound)), escaped(clips.labels[clip.label]),
      escaped(clips.labels[clip.guess]), 100 * clip.scores[clip.guess], escaped(clip.path.string()));
}

std::string pictured_mistake(const JudgedClips& clips, const JudgedClip& clip) {
  const char* type = clip.path.extension() == ".png" ? "png" : "jpeg";
  return fmt::format(
      "<div class=\"mistake\"><img src=\"data:image/{};base64,{}\"><br>{}, taken for {} ({:.0f} %)<br>"
      "<small>{}</small></div>\n",
      type, base64(read_file(clip.path)), escaped(clips.labels[clip.label]),
      escaped(clips.labels[clip.guess]), 100 * clip.scores[clip.guess], escaped(clip.path.string()));
}

std::string clips_part(const JudgedClips& clips) {
  const bool are_pictures = picture_extensions().count(clips.clips.at(0).path.extension()) != 0;
  std::string html =
      fmt::format("<h2>Clips</h2><p>{} clips, {:.2f} % right, {} files skipped.\n", clips.clips.size(),
                  100 * clips.confusion().accuracy(), clips.skipped.size());
  html += confusion_table(clips) + "<h3>Found (up) against false (right)</h3>\n";
  const size_t n_scores = clips.clips.at(0).scores.size();
  for (size_t label = 0; label < n_scores; ++label) html += roc(clips, label);
  if (clips.auc) html += fmt::format("<p>Area under the ROC: {:.4f}\n", *clips.auc);
  if (!clips.are_sounds && !are_pictures) return html;
  std::vector<JudgedClip> mistakes;
  for (const JudgedClip& clip : clips.clips)
    if (clip.label != clip.guess) mistakes.push_back(clip);
  std::stable_sort(mistakes.begin(), mistakes.end(), [](const JudgedClip& a, const JudgedClip& b) {
    return a.scores[a.guess] > b.scores[b.guess];
  });
  mistakes.resize(std::min(mistakes.size(), kShownMistakes));
  html += "<h3>The surest mistakes</h3>\n";
  for (const JudgedClip& clip : mistakes)
    html += are_pictures ? pictured_mistake(clips, clip) : mistake(clips, clip);
  return html;
}

std::string stream_part(const Evaluation& evaluation) {
  const StreamScore& score = *evaluation.stream;
  std::string html = fmt::format(
      "<h2>Stream</h2><p>{} of {} words detected, {} false accepts in {:.2f} hours ({:.2f} per hour).\n"
      "<table><tr><th>seconds<th>heard<th>score",
      score.n_detected, score.n_said, score.n_false, score.duration_s / 3600, score.false_accepts_per_hour());
  for (const HeardLabel& word : evaluation.heard)
    html += fmt::format("<tr><td>{:.2f}<td>{}<td>{:.2f}", word.time_s, escaped(word.label), word.score);
  return html + "</table>\n";
}

std::string costs_part(const std::vector<ModelCost>& costs) {
  std::string html =
      "<h2>Cost</h2><table><tr><th>board<th>code, bytes<th>model<th>arena<th>other "
      "RAM<th>stack<th>instructions"
      "<th>modelled cycles\n";
  for (const ModelCost& cost : costs)
    html +=
        fmt::format("<tr><th>{}<td>{}<td>{}<td>{}<td>{}<td>{}<td>{}<td>{}\n", escaped(cost.board),
                    cost.code_bytes, cost.model_bytes, cost.arena_bytes, cost.static_bytes, cost.stack_bytes,
                    cost.instructions, cost.modelled_cycles ? fmt::format("{}", *cost.modelled_cycles) : "");
  return html + "</table><p>Of one run of the network, without its front end.\n";
}

}  // namespace

void write_report(const Evaluation& evaluation, const fs::path& folder) {
  std::string html = kHead + fmt::format("<h1>{}</h1>\n", escaped(evaluation.model));
  if (evaluation.clips) html += clips_part(*evaluation.clips);
  if (evaluation.stream) html += stream_part(evaluation);
  if (!evaluation.costs.empty()) html += costs_part(evaluation.costs);
  fs::create_directories(folder);
  write_atomically(folder / "index.html", html);
}

}  // namespace inkling::host
