// Generating program.h, calling the compiler, reading section sizes.
#include "host/bench/firmware.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "host/data/files.h"
#include "host/engine/operator_files.h"
#include "host/error.h"
#include "inkling/format/model.h"
#include "inkling/run/loader.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

bool is_index_type(Type type) {
  return type == Type::int32 || type == Type::int64 || type == Type::boolean;
}

/// Adds the types of what an operator computes with: neither weights nor indices.
void add_types(const Subgraph& graph, const Operator& op, std::set<Type>* types) {
  const auto add = [&](const Tensor& tensor) {
    if (tensor.present && !tensor.is_constant && !is_index_type(tensor.type)) types->insert(tensor.type);
  };
  for (int32_t i = 0; i < op.inputs.size; ++i) add(graph.tensor(op.input(i)));
  for (int32_t i = 0; i < op.outputs.size; ++i) add(graph.tensor(op.output(i)));
}

/// The namespace of the kernels that are enough for these types.
std::string kernels_for(std::set<Type> types) {
  if (types.size() == 2) types.erase(Type::float32);
  if (types == std::set<Type>{Type::int8}) return "int8::";
  if (types == std::set<Type>{Type::int16}) return "int16::";
  if (types == std::set<Type>{Type::float32}) return "float32::";
  return "";
}

void write_text(const fs::path& path, const std::string& text) {
  write_atomically(path, std::string_view(text));
}

constexpr const char* kModelAssembly = R"(.section .model, "a"
.balign 16
.global model
model: .incbin "model.tflite"
.byte 0
.balign 4
)";

[[noreturn]] void report_link(const Board& board, const ProcessResult& result, const ModelFile* model) {
  const std::regex overflow("region `?(\\w+)'? overflowed by (\\d+) bytes");
  std::smatch match;
  if (!std::regex_search(result.err, match, overflow))
    throw Error(fmt::format("{}: a firmware cannot be built\n{}{}", board.name, result.out, result.err));
  std::string region = match[1];
  std::transform(region.begin(), region.end(), region.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  const std::string program = model ? model->path().string() : "the program";
  const std::string of_model = model ? fmt::format(" (the model has {})", model->bytes().size) : "";
  throw DoesNotFit(board.name, program,
                   fmt::format("the {} is {} bytes too small{}", region, match[2].str(), of_model));
}

}  // namespace

std::vector<std::string> operators_of(const ModelFile& file) {
  const auto missing = unsupported_operators(file.bytes(), all_ops());
  if (!missing.empty())
    throw Error(fmt::format("{}: operators that are not supported (index name): {}", file.path().string(),
                            fmt::join(missing, ", ")));
  Failure failure;
  const Model model(file.bytes(), &failure);
  std::map<std::string, std::set<Type>> types;
  for (int32_t g = 0; g < model.n_subgraphs() && failure.status == Status::ok; ++g) {
    const Subgraph graph = model.subgraph(g);
    for (int32_t i = 0; i < graph.n_operators() && failure.status == Status::ok; ++i) {
      const Operator op = graph.op(i);
      add_types(graph, op, &types[find_op(all_ops(), op)->name]);
    }
  }
  if (failure.status != Status::ok)
    throw Error(fmt::format("{}: {}", file.path().string(), text(failure, file.bytes())));
  std::vector<std::string> names;
  for (const auto& [name, of_operator] : types) {
    names.push_back("ops::" + kernels_for(of_operator) + operator_file(name).stem().string());
  }
  return names;
}

std::string program_header(const std::vector<std::string>& operators, const ModelFile* model,
                           int64_t arena_bytes) {
  std::vector<std::string> types;
  if (model) {
    Failure failure;
    const Model parsed(model->bytes(), &failure);
    const Subgraph graph = parsed.subgraph(0);
    for (int32_t i = 0; i < graph.inputs().size; ++i)
      types.push_back(fmt::format("Type::{}", name_of(graph.tensor(graph.inputs().get<int32_t>(i)).type)));
  }
  std::string text =
      "// Generated for one model and one board.\n#pragma once\n#include \"inkling/inkling.h\"\n\n";
  text += "extern \"C\" const uint8_t model[];\nnamespace inkling {\n";
  text += fmt::format("constexpr int32_t kModelBytes = {};\n", model ? model->bytes().size : 1);
  text += fmt::format("constexpr int32_t kArenaBytes = {};\n", arena_bytes);
  text += fmt::format("constexpr int32_t kNInputs = {};\n", types.size());
  text += fmt::format("constexpr Type kInputTypes[kNInputs + 1] = {{{}}};\n", fmt::join(types, ", "));
  text += operators.empty() ? "constexpr Span<const Op* const> kOperators{nullptr, 0};\n"
                            : fmt::format("constexpr OpList kOperators{{{}}};\n", fmt::join(operators, ", "));
  return text + "}  // namespace inkling\n";
}

fs::path link_firmware(const Board& board, const fs::path& folder, const fs::path& source,
                       const std::string& header, const ModelFile* model,
                       const std::vector<std::string>& generated) {
  write_text(folder / "program.h", header);
  write_text(folder / "model.s", kModelAssembly);
  const Bytes bytes = model ? model->bytes() : Bytes{};
  write_atomically(folder / "model.tflite", std::vector<uint8_t>(bytes.begin(), bytes.end()));
  const fs::path elf = folder / (source.stem().string() + ".elf");
  std::vector<std::string> command = {board.compiler + "g++"};
  const auto append = [&](const std::vector<std::string>& words) {
    command.insert(command.end(), words.begin(), words.end());
  };
  append(board.compile_flags);
  append({"-std=c++17", "-Wall", "-Wextra", "-Wconversion", "-Werror"});
  append({"-I", library_root().string(), "-I", "."});
  append({(library_root() / source).string(), "model.s"});
  append(generated);
  append(board.link_flags);
  append({"-T", (board.build / "link.ld").string(), "-Wl,--start-group"});
  append({(board.build / "boards/libinkling_board.a").string()});
  append({(board.build / "inkling/libinkling.a").string()});
  append(board.libraries);
  append({"-Wl,--end-group", "-o", elf.string()});
  const ProcessResult result = run_process(command, folder);
  if (result.status != 0) report_link(board, result, model);
  return elf;
}

FirmwareSize size_of(const Board& board, const fs::path& elf) {
  const ProcessResult result = run_process({board.compiler + "size", "-A", elf.string()}, elf.parent_path());
  std::istringstream lines(result.out);
  std::map<std::string, int64_t> bytes;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string section;
    int64_t n_bytes = 0;
    if (words >> section >> n_bytes && section[0] == '.') bytes[section] = n_bytes;
  }
  if (bytes[".text"] == 0) throw Error(fmt::format("{}: has no code\n{}", elf.string(), result.err));
  return {bytes[".text"] + bytes[".rodata"] + bytes[".init_array"] + bytes[".data"],
          bytes[".data"] + bytes[".bss"]};
}

}  // namespace inkling::host
