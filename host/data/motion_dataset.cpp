// Parsing, resampling, turning.
#include "host/data/motion_dataset.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <sstream>

#include "host/data/files.h"
#include "host/data/hash.h"
#include "host/error.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;
using Values = std::vector<float>;

std::vector<std::string> cells_of(std::string line) {
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == ',' || c == ';' || c == '\t' || c == '\r'; }, ' ');
  std::istringstream text(line);
  return {std::istream_iterator<std::string>(text), {}};
}

std::optional<Values> numbers_in(const std::vector<std::string>& cells) {
  Values values;
  for (const std::string& cell : cells) {
    char* end = nullptr;
    values.push_back(std::strtof(cell.c_str(), &end));
    if (*end != '\0' || !std::isfinite(values.back())) return {};
  }
  return values;
}

/// One file in the reading.
struct Csv {
  const fs::path& path;
  int32_t take_rows;
  int32_t n_channels = 0;
  std::optional<size_t> time_column;
  std::vector<Values> takes;
  Values take;

  void end_take() {
    if (!take.empty() && take_rows == 0) takes.push_back(take);
    take.clear();
  }

  void add_row(Values row, int line) {
    if (time_column && *time_column < row.size())
      row.erase(row.begin() + static_cast<std::ptrdiff_t>(*time_column));
    if (n_channels == 0) n_channels = static_cast<int32_t>(row.size());
    if (static_cast<int32_t>(row.size()) != n_channels)
      throw Error(fmt::format("{}: line {} has {} numbers, the first one {}", path.string(), line, row.size(),
                              n_channels));
    take.insert(take.end(), row.begin(), row.end());
    if (take_rows == 0 || take.size() < static_cast<size_t>(take_rows) * row.size()) return;
    takes.push_back(std::move(take));
    take.clear();
  }

  void read() {
    const std::vector<uint8_t> bytes = read_file(path);
    std::istringstream text(std::string(bytes.begin(), bytes.end()));
    std::string line;
    for (int number = 1; std::getline(text, line); ++number) {
      const std::vector<std::string> cells = cells_of(line);
      if (cells.empty()) {
        end_take();
      } else if (const std::optional<Values> row = numbers_in(cells)) {
        add_row(*row, number);
      } else if (number > 1) {
        throw Error(
            fmt::format("{}: line {} is no row of numbers (got \"{}\")", path.string(), number, line));
      } else {
        for (size_t i = 0; i < cells.size(); ++i)
          if (cells[i] == "time" || cells[i] == "t" || cells[i] == "timestamp") time_column = i;
      }
    }
    end_take();
  }
};

Part part_of(const std::string& name) {
  const uint32_t hundredth = fnv1a32(reinterpret_cast<const uint8_t*>(name.data()), name.size()) % 100;
  return hundredth < 10 ? Part::validation : hundredth < 25 ? Part::test : Part::train;
}

void add_file(const fs::path& path, const std::string& label, int32_t take_rows, MotionDataset& dataset) {
  if (dataset.labels.empty() || dataset.labels.back() != label) dataset.labels.push_back(label);
  CsvTakes csv = read_csv(path, take_rows);
  if (csv.takes.empty()) return;
  if (dataset.n_channels == 0) dataset.n_channels = csv.n_channels;
  if (csv.n_channels != dataset.n_channels)
    throw Error(fmt::format("{}: has {} channels, the files before it {}", path.string(), csv.n_channels,
                            dataset.n_channels));
  for (Values& take : csv.takes) {
    const std::string name = fmt::format("{}/{}/{}", label, path.stem().string(), dataset.takes.size());
    dataset.takes.push_back(
        {path, static_cast<int32_t>(dataset.labels.size()) - 1, part_of(name), std::move(take)});
  }
}

std::vector<fs::path> sorted(const fs::path& folder) {
  if (!fs::is_directory(folder)) throw Error(fmt::format("{}: is not a folder", folder.string()));
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder)) entries.push_back(entry.path());
  std::sort(entries.begin(), entries.end());
  return entries;
}

/// The value of a channel at a time between two rows; before the first and behind the last row, theirs.
float value_at(const Values& take, int32_t n_channels, int32_t channel, double row) {
  const auto last = static_cast<double>(take.size() / static_cast<size_t>(n_channels)) - 1;
  const double at = std::clamp(row, 0.0, last);
  const auto before = static_cast<int64_t>(at),
             after = std::min<int64_t>(before + 1, static_cast<int64_t>(last));
  const auto value = [&](int64_t i) { return take[static_cast<size_t>(i * n_channels + channel)]; };
  const auto t = static_cast<float>(at - static_cast<double>(before));
  return value(before) + t * (value(after) - value(before));
}

}  // namespace

CsvTakes read_csv(const fs::path& path, int32_t take_rows) {
  Csv csv{path, take_rows, 0, {}, {}, {}};
  csv.read();
  return {csv.n_channels, std::move(csv.takes)};
}

MotionDataset read_motion_dataset(const fs::path& folder, int32_t take_rows) {
  MotionDataset dataset;
  for (const fs::path& entry : sorted(folder)) {
    if (fs::is_regular_file(entry) && entry.extension() == ".csv") {
      add_file(entry, entry.stem(), take_rows, dataset);
    } else if (fs::is_directory(entry)) {
      for (const fs::path& path : sorted(entry))
        if (path.extension() == ".csv") add_file(path, entry.filename(), take_rows, dataset);
    }
  }
  if (dataset.takes.empty())
    throw Error(fmt::format("{}: no takes; want {} or {}", folder.string(), (folder / "CLASS/*.csv").string(),
                            (folder / "CLASS.csv").string()));
  return dataset;
}

MotionScale MotionScale::of(const MotionDataset& dataset) {
  const auto n_channels = static_cast<size_t>(dataset.n_channels);
  std::vector<double> sums(n_channels), squares(n_channels);
  double n = 0;
  for (const Take& take : dataset.takes) {
    if (take.part != Part::train) continue;
    for (size_t i = 0; i < take.values.size(); ++i) {
      sums[i % n_channels] += double{take.values[i]};
      squares[i % n_channels] += double{take.values[i]} * take.values[i];
    }
    n += static_cast<double>(take.values.size() / n_channels);
  }
  if (n == 0) throw Error("the dataset has too few takes: none is left to learn from");
  MotionScale scale;
  for (size_t i = 0; i < n_channels; ++i) {
    const double mean = sums[i] / n;
    scale.means.push_back(static_cast<float>(mean));
    scale.deviations.push_back(static_cast<float>(std::sqrt(std::max(squares[i] / n - mean * mean, 1e-12))));
  }
  return scale;
}

std::vector<int8_t> MotionScale::window(const Values& take) const {
  const int32_t n = n_channels();
  const double step = (static_cast<double>(take.size() / static_cast<size_t>(n)) - 1) / (n_rows - 1);
  std::vector<int8_t> rows;
  for (int32_t row = 0; row < n_rows; ++row)
    for (int32_t channel = 0; channel < n; ++channel) {
      const auto i = static_cast<size_t>(channel);
      const float value = (value_at(take, n, channel, row * step) - means[i]) / deviations[i];
      rows.push_back(static_cast<int8_t>(std::clamp(std::lround(value / kMotionStep), -128l, 127l)));
    }
  return rows;
}

Values varied(const Values& take, const MotionScale& scale, Random& random) {
  const int32_t n = scale.n_channels();
  const auto n_rows = static_cast<double>(take.size() / static_cast<size_t>(n));
  const double speed = std::exp(random.uniform(-0.15, 0.15)), begin = n_rows * random.uniform(-0.1, 0.1);
  const auto size = static_cast<float>(std::exp(random.uniform(-0.25, 0.25)));
  Values result;
  for (double row = 0; row < n_rows; ++row)
    for (int32_t channel = 0; channel < n; ++channel)
      result.push_back(size * value_at(take, n, channel, begin + row * speed) +
                       static_cast<float>(0.05 * random.normal()) *
                           scale.deviations[static_cast<size_t>(channel)]);
  // Turns each sensor's three axes, two at a time.
  for (int32_t first = 0; first + 3 <= n; first += 3)
    for (int32_t a = 0; a < 3; ++a) {
      const double angle = random.uniform(-0.25, 0.25);
      const auto cosine = static_cast<float>(std::cos(angle)), sine = static_cast<float>(std::sin(angle));
      for (size_t row = 0; row < result.size(); row += static_cast<size_t>(n)) {
        float& x = result[row + static_cast<size_t>(first + a)];
        float& y = result[row + static_cast<size_t>(first + (a + 1) % 3)];
        const float turned = cosine * x - sine * y;
        y = sine * x + cosine * y;
        x = turned;
      }
    }
  return result;
}

Examples motion_examples(const MotionDataset& dataset, Part part, const MotionScale& scale,
                         int32_t n_variants, Random random) {
  Examples examples;
  for (size_t i = 0; i < dataset.takes.size(); ++i) {
    const Take& take = dataset.takes[i];
    if (take.part != part) continue;
    Random own = random.child(i);
    for (int32_t k = 0; k < std::max(1, n_variants); ++k) {
      const std::vector<int8_t> window =
          scale.window(n_variants > 0 ? varied(take.values, scale, own) : take.values);
      examples.features.insert(examples.features.end(), window.begin(), window.end());
      examples.labels.push_back(take.label);
    }
  }
  return examples;
}

}  // namespace inkling::host
