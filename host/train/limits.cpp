// Builds the untrained model and asks the engine.
#include "host/train/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "host/data/random.h"
#include "host/engine/macs.h"
#include "host/engine/program.h"
#include "host/error.h"

namespace inkling::host {
namespace {

int64_t amount(const std::string& text, int64_t kilo) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  const std::string unit = end;
  const double factor = unit == "k" || unit == "K" ? static_cast<double>(kilo)
                        : unit == "M"              ? static_cast<double>(kilo * kilo)
                                                   : 1;
  if (end == text.c_str() || value <= 0 || (!unit.empty() && factor == 1))
    throw Error(
        fmt::format("a budget of \"{}\" makes no sense; want a number like 20000, 20k or 1.5M", text));
  return static_cast<int64_t>(value * factor);
}

}  // namespace

Limits Limits::parse(const std::string& text) {
  Limits limits;
  std::istringstream items(text);
  for (std::string item; std::getline(items, item, ',');) {
    const size_t equals = item.find('=');
    const std::string name = item.substr(0, equals),
                      value = equals == std::string::npos ? "" : item.substr(equals + 1);
    if (name == "flash")
      limits.flash_bytes = amount(value, 1024);
    else if (name == "ram")
      limits.ram_bytes = amount(value, 1024);
    else if (name == "macs")
      limits.macs = amount(value, 1000);
    else
      throw Error(fmt::format("a budget has no \"{}\"; want flash=BYTES, ram=BYTES, macs=NUMBER", name));
  }
  return limits;
}

bool Limits::holds(const NetworkCost& cost) const {
  return strain(cost) <= 1;
}

double Limits::strain(const NetworkCost& cost) const {
  const auto ratio = [](int64_t is, int64_t may) {
    return static_cast<double>(is) / static_cast<double>(may);
  };
  return std::max(
      {ratio(cost.flash_bytes, flash_bytes), ratio(cost.ram_bytes, ram_bytes), ratio(cost.macs, macs)});
}

NetworkCost cost_of(const NetworkPlan& plan, int32_t n_labels) {
  torch::manual_seed(0);
  Network network(plan, n_labels);
  Random random(0);
  std::vector<float> sample;
  for (int64_t i = 0; i < plan.n_features(); ++i)
    sample.push_back(plan.input.real(static_cast<int8_t>(random.below(256) - 128)));
  const ModelFile file("the int8 model", graph::write(quantize(network.to_graph(), {sample}, plan.input)));
  Program program(file);
  return {file.bytes().size, program.net().arena_used(), macs_of_model(file.bytes())};
}

std::string text_of(const NetworkCost& cost) {
  return fmt::format("{} bytes of flash, {} of RAM, {} multiply-accumulates", cost.flash_bytes,
                     cost.ram_bytes, cost.macs);
}

NetworkPlan scaled(const NetworkPlan& plan, double width, int32_t n_less) {
  NetworkPlan result = plan;
  const auto keeps_size = [&](size_t i) {
    return result.layers[i - 1].depthwise && result.layers[i - 1].stride == 1 &&
           result.layers[i - 1].padded && !result.layers[i].depthwise && result.layers[i].stride == 1;
  };
  for (size_t i = result.layers.size(); i-- > 2 && n_less > 0;) {
    if (!keeps_size(i)) continue;
    const auto pair = result.layers.begin() + static_cast<std::ptrdiff_t>(i) - 1;
    result.layers.erase(pair, pair + 2);
    --n_less;
    --i;
  }
  int64_t channels = plan.channels;
  for (Layer& layer : result.layers) {
    const auto fours = static_cast<int64_t>(std::lround(static_cast<double>(layer.channels) * width / 4));
    layer.channels = layer.depthwise ? channels : 4 * std::max<int64_t>(1, fours);
    channels = layer.channels;
  }
  return result;
}

}  // namespace inkling::host
