// The folder around the simulations.
#include "host/data/simulated.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "host/data/files.h"
#include "host/data/wav.h"
#include "host/error.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

std::string csv_of(const std::vector<float>& rows) {
  std::string text = "x,y,z\n";
  for (size_t i = 0; i + 3 <= rows.size(); i += 3)
    text += fmt::format("{:.4f},{:.4f},{:.4f}\n", rows[i], rows[i + 1], rows[i + 2]);
  return text;
}

void write_item(const std::string& kind, const std::string& label, const fs::path& path, Random random) {
  if (kind == "gestures")
    write_atomically(fs::path(path.string() + ".csv"), csv_of(simulated_gesture(label, random)));
  else if (kind == "machine")
    write_atomically(fs::path(path.string() + ".wav"), wav_bytes(simulated_machine(label, random)));
  else
    write_atomically(fs::path(path.string() + ".png"), png_bytes(simulated_silhouette(label, random)));
}

}  // namespace

const std::vector<std::string>& simulated_kinds() {
  static const std::vector<std::string> kinds = {"gestures", "machine", "silhouettes"};
  return kinds;
}

void simulate_dataset(const std::string& kind, int32_t count, uint64_t seed, const fs::path& folder,
                      const std::function<void(int64_t n_done, int64_t n_all)>& on_file) {
  if (fs::exists(folder) && !fs::is_empty(folder))
    throw Error(fmt::format("{}: holds something already; want a new folder", folder.string()));
  const std::vector<std::string>* labels = kind == "gestures"      ? &gesture_names()
                                           : kind == "machine"     ? &machine_states()
                                           : kind == "silhouettes" ? &silhouette_names()
                                                                   : nullptr;
  if (labels == nullptr)
    throw Error(
        fmt::format("there is no dataset '{}' (there are: {})", kind, fmt::join(simulated_kinds(), ", ")));
  const auto n_all = static_cast<int64_t>(labels->size()) * count;
  int64_t n_done = 0;
  for (size_t label = 0; label < labels->size(); ++label) {
    const std::string& name = (*labels)[label];
    fs::create_directories(folder / name);
    const Random random = Random(seed).child(label);
    for (int32_t i = 0; i < count; ++i) {
      write_item(kind, name, folder / name / fmt::format("{:04}", i), random.child(static_cast<uint64_t>(i)));
      on_file(++n_done, n_all);
    }
  }
}

}  // namespace inkling::host
