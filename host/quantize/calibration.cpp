// Arrays from files, or windows of features from sounds.
#include "host/quantize/calibration.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstring>

#include "host/data/npy.h"
#include "host/data/scenes.h"
#include "host/error.h"
#include "host/evaluate/features.h"
#include "host/evaluate/score.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;
using Inputs = std::vector<std::vector<float>>;

std::vector<fs::path> npy_files(const fs::path& folder) {
  if (!fs::is_directory(folder)) throw Error(fmt::format("{}: is not a folder", folder.string()));
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().extension() == ".npy") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<float> values_of(const Array& array, const fs::path& path) {
  const size_t n = array.bytes.size() / static_cast<size_t>(element_bytes(array.dtype));
  std::vector<float> values(n);
  if (array.dtype == "<f4") {
    std::memcpy(values.data(), array.bytes.data(), array.bytes.size());
  } else if (array.dtype == "|i1" || array.dtype == "|u1") {
    for (size_t i = 0; i < n; ++i)
      values[i] = array.dtype == "|i1" ? static_cast<float>(static_cast<int8_t>(array.bytes[i]))
                                       : static_cast<float>(array.bytes[i]);
  } else {
    throw Error(fmt::format("{}: has values of type {}; want <f4, |i1 or |u1", path.string(), array.dtype));
  }
  return values;
}

Inputs read_arrays(const std::vector<fs::path>& files, const graph::Tensor& input) {
  size_t size = 1;
  for (const int32_t n : input.shape) size *= static_cast<size_t>(n);
  Inputs samples;
  for (const fs::path& path : files) {
    const std::vector<float> values = values_of(read_npy(path), path);
    if (values.empty() || values.size() % size != 0)
      throw Error(fmt::format("{}: does not fit the model (got {} values, want {} or a multiple)",
                              path.string(), values.size(), size));
    for (auto at = values.begin(); at != values.end(); at += static_cast<std::ptrdiff_t>(size))
      samples.emplace_back(at, at + static_cast<std::ptrdiff_t>(size));
  }
  return samples;
}

Inputs hear_words(const fs::path& folder) {
  const Examples examples = make_examples(read_word_dataset(folder, {}), Part::train, 1, Random(1));
  Inputs samples;
  for (int64_t i = 0; i < examples.size(); ++i)
    samples.push_back(real_values(examples, i, kFeatureQuantization));
  return samples;
}

}  // namespace

std::vector<std::vector<float>> read_inputs(const fs::path& folder, const graph::Tensor& input) {
  return read_arrays(npy_files(folder), input);
}

Calibration read_calibration(const fs::path& dataset, const graph::Tensor& input, int32_t n_most) {
  const std::vector<fs::path> files = npy_files(dataset);
  int64_t size = 1;
  for (const int32_t n : input.shape) size *= n;
  Calibration calibration;
  if (!files.empty()) {
    calibration.samples = read_arrays(files, input);
  } else if (size == kWindowFeatures) {
    calibration = {hear_words(dataset), kFeatureQuantization};
  } else {
    throw Error(fmt::format("{}: has no .npy files; want some with {} float32 values, the model's input [{}]",
                            dataset.string(), size, fmt::join(input.shape, ", ")));
  }
  // A few from everywhere.
  Inputs& all = calibration.samples;
  const size_t n = std::min(all.size(), static_cast<size_t>(n_most));
  for (size_t i = 0; i < n; ++i) all[i] = all[i * all.size() / n];
  all.resize(n);
  return calibration;
}

}  // namespace inkling::host
