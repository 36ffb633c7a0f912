// The applications: the folders of apps/ with an app.json. Leaves out how they are built (simulation.h).
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace inkling::host {

/// What apps/<name>/app.json says.
struct App {
  std::string name, description;
  std::vector<std::filesystem::path>
      models;                       ///< which model it runs unless another is named: the first there is
  std::vector<std::string> labels;  ///< of those models

  /// Throws an Error that says where a model was looked for if there is none.
  std::filesystem::path default_model() const;
};

/// The names of all applications.
std::vector<std::string> app_names();

/// Throws an Error that lists the applications if there is none of that name.
App read_app(const std::string& name);

}  // namespace inkling::host
