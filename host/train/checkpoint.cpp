// LibTorch's archives, written beside and renamed.
#include "host/train/checkpoint.h"

#include <fmt/format.h>

#include <sstream>

#include "host/data/files.h"
#include "host/data/hash.h"
#include "host/error.h"
#include "host/train/processes.h"

namespace inkling::host {

std::string fingerprint(const NetworkPlan& plan, const Examples& examples, int32_t n_labels,
                        const LearnSettings& settings) {
  std::string layers;
  for (const Layer& layer : plan.layers)
    layers += fmt::format("{} {} {} {} {} {},", layer.depthwise, layer.channels, layer.kernel_height,
                          layer.kernel_width, layer.stride, layer.padded);
  const auto hash = [](const auto& values) {
    return fnv1a32(reinterpret_cast<const uint8_t*>(values.data()), values.size() * sizeof(values[0]));
  };
  return fmt::format("{} {}x{}x{} {} labels, {:08x} {:08x} {:08x} of {}, {} epochs of {} at {}, seed {}",
                     plan.description, plan.rows, plan.columns, plan.channels, n_labels, hash(layers),
                     hash(examples.features), hash(examples.labels), examples.size(), settings.n_epochs,
                     settings.batch * processes::size(), settings.rate, settings.seed);
}

int32_t Checkpoint::restore(torch::nn::Module& network, torch::optim::Optimizer& optimizer) const {
  if (path_.empty() || !std::filesystem::exists(path_)) return 0;
  try {
    torch::serialize::InputArchive archive, of_network, of_optimizer;
    archive.load_from(path_.string());
    c10::IValue task, n_epochs;
    archive.read("task", task);
    archive.read("epochs", n_epochs);
    if (task.toStringRef() != task_) return 0;
    archive.read("network", of_network);
    archive.read("optimizer", of_optimizer);
    network.load(of_network);
    optimizer.load(of_optimizer);
    return static_cast<int32_t>(n_epochs.toInt());
  } catch (const c10::Error&) {
    return 0;
  }
}

void Checkpoint::keep(int32_t n_epochs_done, const torch::nn::Module& network,
                      const torch::optim::Optimizer& optimizer) const {
  if (path_.empty()) return;
  torch::serialize::OutputArchive archive, of_network, of_optimizer;
  network.save(of_network);
  optimizer.save(of_optimizer);
  archive.write("task", c10::IValue(task_));
  archive.write("epochs", c10::IValue(int64_t{n_epochs_done}));
  archive.write("network", of_network);
  archive.write("optimizer", of_optimizer);
  std::ostringstream bytes;
  archive.save_to(bytes);
  write_atomically(path_, bytes.str());
}

}  // namespace inkling::host
