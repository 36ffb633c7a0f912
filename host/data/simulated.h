// Datasets that are computed, for models that need no recordings: gestures of a wand, sounds of machines,
// silhouettes. Leaves out speech: synth.h.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "host/data/picture.h"
#include "host/data/random.h"

namespace inkling::host {

/// The kinds of datasets: gestures, machine, silhouettes.
const std::vector<std::string>& simulated_kinds();

/// Writes `count` files for each class of the kind, FOLDER/CLASS/N.csv, .wav or .png. Equal seeds give equal
/// files. Throws an Error if the folder holds something already, or for a kind that there is not.
void simulate_dataset(const std::string& kind, int32_t count, uint64_t seed,
                      const std::filesystem::path& folder,
                      const std::function<void(int64_t n_done, int64_t n_all)>& on_file);

/// A wand's acceleration while it draws: "wing" (a W), "ring", "slope" (an angle), or while it is at "rest".
/// 128 rows of x, y, z in g, 50 a second: the path that a hand takes, twice derived, and gravity, as a sensor
/// sees them that is held askew.
std::vector<float> simulated_gesture(const std::string& name, Random random);
const std::vector<std::string>& gesture_names();

/// Two seconds at 16 kHz of a servo or a fan (by chance) that is "normal", "worn" (rattling, unsteady) or
/// "jammed" (humming, not turning), with noise.
std::vector<int16_t> simulated_machine(const std::string& state, Random random);
const std::vector<std::string>& machine_states();

/// 128 x 128 pixels: the silhouette of a "person", standing or walking, or of something else ("other": a
/// tree, a house, an animal, a lamp, a heap), before a background.
Picture simulated_silhouette(const std::string& what, Random random);
const std::vector<std::string>& silhouette_names();

}  // namespace inkling::host
