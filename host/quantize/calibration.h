// Samples of a model's input, to quantize it with. Leaves out what they are used for.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "host/graph/graph.h"
#include "host/quantize/quantize.h"

namespace inkling::host {

struct Calibration {
  std::vector<std::vector<float>> samples;
  std::optional<Quantization> input;  ///< that of the data, where it has one
};

/// The arrays of the .npy files in a folder and below (float32, int8 or uint8 values as they are); each holds
/// one input of a model or, along its first axis, several. Throws an Error if one does not fit.
std::vector<std::vector<float>> read_inputs(const std::filesystem::path& folder, const graph::Tensor& input);

/// At most `n_most` samples, spread over the whole dataset. The dataset is either a folder with .npy files
/// (float32, int8 or uint8 values as they are; each holds one input or, along its first axis, several), in
/// folders of classes or not; or, for models of words, a folder in the layout of Speech Commands. Throws an
/// Error if there is nothing that fits.
Calibration read_calibration(const std::filesystem::path& dataset, const graph::Tensor& input,
                             int32_t n_most);

}  // namespace inkling::host
