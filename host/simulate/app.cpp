// Reading app.json, see app.h.
#include "host/simulate/app.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "host/data/files.h"
#include "host/error.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

const fs::path kRepo = INKLING_REPO_DIR;

/// Where a model of app.json lies: paths are those of the repository, and what is in "../shared", beside it,
/// may be moved by the environment's INKLING_SHARED.
fs::path model_path(const std::string& model) {
  const std::string beside = "../shared/";
  const char* shared = std::getenv("INKLING_SHARED");
  if (shared != nullptr && model.compare(0, beside.size(), beside) == 0)
    return fs::path(shared) / model.substr(beside.size());
  return (kRepo / model).lexically_normal();
}

}  // namespace

std::vector<std::string> app_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kRepo / "apps"))
    if (fs::exists(entry.path() / "app.json")) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

App read_app(const std::string& name) {
  const std::vector<std::string> names = app_names();
  if (std::find(names.begin(), names.end(), name) == names.end())
    throw Error(
        fmt::format("there is no application \"{}\"; the applications are {}", name, fmt::join(names, ", ")));
  const fs::path path = kRepo / "apps" / name / "app.json";
  const std::vector<uint8_t> text = read_file(path);
  try {
    const auto json = nlohmann::json::parse(text.begin(), text.end());
    App app{name, json.at("description"), {}, json.at("labels")};
    for (const std::string model : json.at("models")) app.models.push_back(model_path(model));
    return app;
  } catch (const nlohmann::json::exception& error) {
    throw Error(fmt::format("{}: {}", path.string(), error.what()));
  }
}

fs::path App::default_model() const {
  for (const fs::path& model : models)
    if (fs::exists(model)) return model;
  std::vector<std::string> places;
  for (const fs::path& model : models) places.push_back(model.string());
  throw Error(fmt::format("{} has no model: neither {} is there; name one with --model FILE.tflite", name,
                          fmt::join(places, " nor ")));
}

}  // namespace inkling::host
