// One link per operator and type, several at a time.
#include "host/bench/operator_sizes.h"

#include <iterator>

#include "host/bench/measure.h"
#include "host/data/files.h"
#include "host/data/parallel.h"
#include "host/engine/operator_files.h"

namespace inkling::host {
namespace {

// Whether a record for one type of activation carries less than that for all.
bool differs_by_type(const std::filesystem::path& file) {
  const std::vector<uint8_t> bytes = read_file(file);
  return std::string(bytes.begin(), bytes.end()).find("Types::int8") != std::string::npos;
}

}  // namespace

std::vector<OperatorSize> measure_operators(const Board& board, const std::function<void()>& on_step) {
  const int64_t core = measure_core(board).code_bytes;
  std::vector<OperatorSize> sizes(static_cast<size_t>(all_ops().size));
  parallel_for(all_ops().size, [&](int64_t i) {
    OperatorSize& size = sizes[static_cast<size_t>(i)];
    size.name = all_ops()[static_cast<int32_t>(i)]->name;
    const std::filesystem::path file = operator_file(size.name);
    const bool by_type = differs_by_type(file);
    const char* const namespaces[] = {"ops::", "ops::int8::", "ops::int16::", "ops::float32::"};
    for (size_t k = 0; k < std::size(namespaces); ++k)
      size.code_bytes[k] =
          k > 0 && !by_type ? size.code_bytes[0]
                            : measure_core(board, {namespaces[k] + file.stem().string()}).code_bytes - core;
    on_step();
  });
  return sizes;
}

}  // namespace inkling::host
