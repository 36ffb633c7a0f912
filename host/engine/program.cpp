// Loading on the desk, and the words of failures.
#include "host/engine/program.h"

#include <fmt/format.h>

#include <cstring>

#include "host/data/files.h"
#include "host/engine/builtin_names.h"
#include "host/error.h"
#include "inkling/format/model.h"
#include "inkling/run/loader.h"

namespace inkling {
extern const Op* const all_ops_table[];
extern const int32_t n_all_ops;
}  // namespace inkling

namespace inkling::host {

Span<const Op* const> all_ops() {
  return {all_ops_table, n_all_ops};
}

ModelFile::ModelFile(const std::filesystem::path& path) : ModelFile(path, read_file(path)) {}

ModelFile::ModelFile(std::filesystem::path name, const std::vector<uint8_t>& bytes)
    : path_(std::move(name)), words_(bytes.size() / 8 + 1), n_bytes_(static_cast<int32_t>(bytes.size())) {
  if (!bytes.empty()) std::memcpy(words_.data(), bytes.data(), bytes.size());
}

std::vector<std::string> unsupported_operators(Bytes bytes, Span<const Op* const> ops) {
  std::vector<std::string> missing;
  Failure failure;
  const Model model(bytes, &failure);
  for (int32_t g = 0; g < model.n_subgraphs() && failure.status == Status::ok; ++g) {
    const Subgraph graph = model.subgraph(g);
    for (int32_t i = 0; i < graph.n_operators() && failure.status == Status::ok; ++i) {
      const Operator op = graph.op(i);
      if (failure.status != Status::ok || find_op(ops, op)) continue;
      missing.push_back(fmt::format("{} {}", i, operator_name(op)));
    }
  }
  return missing;
}

std::string text(const Failure& failure, Bytes model) {
  if (failure.status == Status::unsupported) {
    const std::vector<std::string> missing = unsupported_operators(model, all_ops());
    if (!missing.empty())
      return fmt::format(
          "operators that are not supported (index name): {}; they cannot run, convert the model without "
          "them",
          fmt::join(missing, ", "));
  }
  return text(failure);
}

std::string text(const Failure& failure) {
  const std::string where = failure.op >= 0 ? fmt::format("op {} {}: ", failure.op, failure.op_name) : "";
  if (failure.status == Status::bad_type || failure.status == Status::unsupported) {
    const std::string want =
        failure.want >= 0 ? fmt::format(", want {}", name_of(static_cast<Type>(failure.want))) : "";
    return fmt::format("{}{} (got {}{})", where, failure.why.text, name_of(static_cast<Type>(failure.got)),
                       want);
  }
  return fmt::format("{}{} (got {}, want {})", where, failure.why.text, failure.got, failure.want);
}

Program::Program(const ModelFile& file, int32_t arena_bytes) {
  const auto load = [&](int32_t n_bytes) {
    arena_.assign(static_cast<size_t>(n_bytes) / 8 + 1, 0);
    net_ = std::make_unique<Interpreter>(
        file.bytes(), MutableBytes{reinterpret_cast<uint8_t*>(arena_.data()), n_bytes}, all_ops());
  };
  load(arena_bytes);
  // The failure names the bytes that are needed; where even planning had no room, the second one does.
  for (int32_t tries = 0; tries < 2 && arena_bytes == 0 && net_->status() == Status::no_room; ++tries)
    load(net_->failure().want);
  if (net_->status() != Status::ok)
    throw Error(fmt::format("{}: {}", file.path().string(), text(net_->failure(), file.bytes())));
}

}  // namespace inkling::host
