// Between the structs of graph.h and the tables of the FlatBuffers library. This and well_formed.cpp are the
// only files that include the code made from schema.fbs.
#include "host/graph/graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <tuple>

#include "host/error.h"
#include "host/graph/well_formed.h"
#include "inkling/core/op.h"
#include "schema_generated.h"

namespace inkling::host::graph {
namespace {

using Buffer = std::vector<uint8_t>;

template <class Table>
Buffer pack(const typename Table::NativeTableType& table, bool with_defaults = false) {
  flatbuffers::FlatBufferBuilder builder;
  builder.ForceDefaults(with_defaults);
  builder.Finish(Table::Pack(builder, &table));
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

template <class Table>
typename Table::NativeTableType unpack(const Buffer& bytes) {
  typename Table::NativeTableType table;
  if (!bytes.empty()) flatbuffers::GetRoot<Table>(bytes.data())->UnPackTo(&table);
  return table;
}

// The position of `name` among a type table's names, -1 when it is not there.
int32_t find(const flatbuffers::TypeTable* types, const std::string& name) {
  for (size_t i = 0; i < types->num_elems; ++i)
    if (name == types->names[i]) return static_cast<int32_t>(i);
  return -1;
}

// The fields of the options that an operator of the file has, null when it has none.
const flatbuffers::TypeTable* options_type(const tflite::Operator& op) {
  const bool second = op.builtin_options() == nullptr;
  if (second && op.builtin_options_2() == nullptr) return nullptr;
  const auto* unions = second ? tflite::BuiltinOptions2TypeTable() : tflite::BuiltinOptionsTypeTable();
  const auto number = static_cast<size_t>(second ? static_cast<int32_t>(op.builtin_options_2_type())
                                                 : static_cast<int32_t>(op.builtin_options_type()));
  return unions->type_refs[unions->type_codes[number].sequence_ref]();
}

bool is_number(const flatbuffers::TypeCode& code) {
  return !code.is_repeating && code.base_type < flatbuffers::ET_STRING;
}

// A field of an operator's options, which are packed with all defaults so that every number has its place.
struct Field {
  Buffer bytes;
  flatbuffers::Table* options = nullptr;
  flatbuffers::voffset_t offset = 0;
  flatbuffers::ElementaryType type{};

  Field(const Rest& packed, const std::string& table, const std::string& name) {
    bytes = pack<tflite::Operator>(unpack<tflite::Operator>(packed), true);
    auto* op = flatbuffers::GetMutableRoot<tflite::Operator>(bytes.data());
    const flatbuffers::TypeTable* types = options_type(*op);
    if (types == nullptr)
      throw Error(fmt::format("the operator has no options, so no '{}' among them", name));
    const void* table_of_options = op->builtin_options() ? op->builtin_options() : op->builtin_options_2();
    options = reinterpret_cast<flatbuffers::Table*>(const_cast<void*>(table_of_options));
    const int32_t index = find(types, name);
    if (index < 0 || !is_number(types->type_codes[index]))
      throw Error(fmt::format("{} has no number '{}'", table, name));
    offset = static_cast<flatbuffers::voffset_t>(4 + 2 * index);
    type = static_cast<flatbuffers::ElementaryType>(types->type_codes[index].base_type);
  }

  // Calls f with a null pointer to the field's type.
  template <class F>
  auto visit(F f) const {
    switch (type) {
      case flatbuffers::ET_FLOAT:
        return f(static_cast<float*>(nullptr));
      case flatbuffers::ET_LONG:
        return f(static_cast<int64_t*>(nullptr));
      case flatbuffers::ET_ULONG:
        return f(static_cast<uint64_t*>(nullptr));
      case flatbuffers::ET_INT:
        return f(static_cast<int32_t*>(nullptr));
      case flatbuffers::ET_UINT:
        return f(static_cast<uint32_t*>(nullptr));
      case flatbuffers::ET_CHAR:
        return f(static_cast<int8_t*>(nullptr));
      default:  // bool, unions' types; the schema has no other scalars
        return f(static_cast<uint8_t*>(nullptr));
    }
  }
};

Tensor read_tensor(tflite::TensorT& from, const std::vector<Buffer>& buffers) {
  Tensor to;
  to.name = std::move(from.name);
  to.type = static_cast<Type>(from.type);
  to.shape = std::move(from.shape);
  to.is_variable = from.is_variable;
  if (from.buffer >= buffers.size() && from.buffer != 0)
    throw Error(fmt::format("tensor '{}': its buffer is out of range (got {}, want less than {})", to.name,
                            from.buffer, buffers.size()));
  if (from.buffer < buffers.size()) to.data = buffers[from.buffer];
  if (from.quantization) {
    to.scales = std::move(from.quantization->scale);
    to.zero_points = std::move(from.quantization->zero_point);
    to.axis = from.quantization->quantized_dimension;
    from.quantization->quantized_dimension = 0;
  }
  from.is_variable = false;
  from.buffer = 0;
  from.type = {};
  from.name.clear();
  from.shape.clear();
  to.rest = pack<tflite::Tensor>(from);
  return to;
}

// Collects the buffers of a model that is being written; equal ones become one.
class Buffers {
 public:
  Buffers() { add({}); }
  uint32_t add(const Buffer& data) {
    const auto [entry, is_new] = numbers_.try_emplace(data, static_cast<uint32_t>(numbers_.size()));
    if (is_new) {
      tables_.push_back(std::make_unique<tflite::BufferT>());
      tables_.back()->data = data;
    }
    return entry->second;
  }
  std::vector<std::unique_ptr<tflite::BufferT>> take() { return std::move(tables_); }

 private:
  std::map<Buffer, uint32_t> numbers_;
  std::vector<std::unique_ptr<tflite::BufferT>> tables_;
};

std::unique_ptr<tflite::TensorT> write_tensor(const Tensor& from, Buffers& buffers) {
  auto to = std::make_unique<tflite::TensorT>(unpack<tflite::Tensor>(from.rest));
  to->name = from.name;
  to->type = static_cast<tflite::TensorType>(from.type);
  to->shape = from.shape;
  to->is_variable = from.is_variable;
  to->buffer = buffers.add(from.data);
  if (!to->quantization && (!from.scales.empty() || !from.zero_points.empty() || from.axis != 0))
    to->quantization = std::make_unique<tflite::QuantizationParametersT>();
  if (to->quantization) {
    to->quantization->scale = from.scales;
    to->quantization->zero_point = from.zero_points;
    to->quantization->quantized_dimension = from.axis;
  }
  return to;
}

// Packs a model. Tensors with equal zero points share them: per channel they are all 0, of weights and of
// biases, and at eight bytes each would take more room than the weights of a small layer.
class Packer {
 public:
  Buffer pack(const tflite::ModelT& model) {
    const auto codes = tables<tflite::OperatorCode>(model.operator_codes);
    std::vector<flatbuffers::Offset<tflite::SubGraph>> subgraphs;
    for (const auto& subgraph : model.subgraphs) subgraphs.push_back(pack(*subgraph));
    const auto all_subgraphs = builder_.CreateVector(subgraphs);
    const auto description = text(model.description);
    const auto buffers = tables<tflite::Buffer>(model.buffers);
    const auto metadata = tables<tflite::Metadata>(model.metadata);
    const auto signatures = tables<tflite::SignatureDef>(model.signature_defs);
    const auto groups = tables<tflite::ExternalBufferGroup>(model.external_buffer_groups);
    const auto external = tables<tflite::ExternalBuffer>(model.external_buffers);
    tflite::FinishModelBuffer(
        builder_, tflite::CreateModel(builder_, model.version, codes, all_subgraphs, description, buffers, 0,
                                      metadata, signatures, groups, external));
    return {builder_.GetBufferPointer(), builder_.GetBufferPointer() + builder_.GetSize()};
  }

 private:
  template <class T>
  using Offset = flatbuffers::Offset<T>;
  template <class T>
  using Vector = flatbuffers::Offset<flatbuffers::Vector<T>>;

  template <class T>
  Vector<T> numbers(const std::vector<T>& values) {
    return values.empty() ? 0 : builder_.CreateVector(values);
  }
  Offset<flatbuffers::String> text(const std::string& value) {
    return value.empty() ? 0 : builder_.CreateString(value);
  }
  template <class Table, class From>
  Vector<Offset<Table>> tables(const From& from) {
    std::vector<Offset<Table>> packed;
    for (const auto& table : from) packed.push_back(Table::Pack(builder_, table.get()));
    return numbers(packed);
  }

  Vector<int64_t> zero_points(const std::vector<int64_t>& values) {
    auto& packed = zero_points_[values];
    if (packed.IsNull()) packed = numbers(values);
    return packed;
  }

  Offset<tflite::QuantizationParameters> pack(const tflite::QuantizationParametersT& from) {
    const auto min = numbers(from.min), max = numbers(from.max), scales = numbers(from.scale);
    const auto points = zero_points(from.zero_point);
    const auto details = from.details.Pack(builder_);
    return tflite::CreateQuantizationParameters(builder_, min, max, scales, points, from.details.type,
                                                details, from.quantized_dimension);
  }

  Offset<tflite::Tensor> pack(const tflite::TensorT& from) {
    const auto shape = numbers(from.shape), signature = numbers(from.shape_signature);
    const auto name = text(from.name);
    const auto quantization = from.quantization ? pack(*from.quantization) : 0;
    const auto sparsity = from.sparsity ? tflite::SparsityParameters::Pack(builder_, from.sparsity.get()) : 0;
    const auto variants = tables<tflite::VariantSubType>(from.variant_tensors);
    return tflite::CreateTensor(builder_, shape, from.type, from.buffer, name, quantization, from.is_variable,
                                sparsity, signature, from.has_rank, variants, from.external_buffer);
  }

  Offset<tflite::SubGraph> pack(const tflite::SubGraphT& from) {
    std::vector<Offset<tflite::Tensor>> packed;
    for (const auto& tensor : from.tensors) packed.push_back(pack(*tensor));
    const auto tensors = numbers(packed);
    const auto inputs = numbers(from.inputs), outputs = numbers(from.outputs);
    const auto operators = tables<tflite::Operator>(from.operators);
    const auto name = text(from.name);
    return tflite::CreateSubGraph(builder_, tensors, inputs, outputs, operators, name,
                                  from.debug_metadata_index);
  }

  flatbuffers::FlatBufferBuilder builder_;
  std::map<std::vector<int64_t>, Vector<int64_t>> zero_points_;
};

}  // namespace

// Between Operator and its table. Apart, because Options lets it see its bytes.
class OperatorTable {
 public:
  static Operator read(tflite::OperatorT& from,
                       const std::vector<std::unique_ptr<tflite::OperatorCodeT>>& codes) {
    if (from.opcode_index >= codes.size())
      throw Error(fmt::format("an operator's code index is out of range (got {}, want less than {})",
                              from.opcode_index, codes.size()));
    Operator to;
    const tflite::OperatorCodeT& code = *codes[from.opcode_index];
    // Codes up to 127 may be in the deprecated field alone.
    to.code = std::max(static_cast<int32_t>(code.builtin_code), int32_t{code.deprecated_builtin_code});
    to.custom_name = code.custom_code;
    to.version = code.version;
    to.inputs = std::move(from.inputs);
    to.outputs = std::move(from.outputs);
    to.custom_options = std::move(from.custom_options);
    from.opcode_index = 0;
    from.inputs.clear();
    from.outputs.clear();
    from.custom_options.clear();
    to.options.operator_ = pack<tflite::Operator>(from);
    return to;
  }

  static std::unique_ptr<tflite::OperatorT> write(const Operator& from, uint32_t code_index) {
    auto to = std::make_unique<tflite::OperatorT>(unpack<tflite::Operator>(from.options.operator_));
    to->opcode_index = code_index;
    to->inputs = from.inputs;
    to->outputs = from.outputs;
    to->custom_options = from.custom_options;
    return to;
  }
};

Options::Options(const std::string& table) {
  tflite::OperatorT op;
  flatbuffers::FlatBufferBuilder empty;
  empty.Finish(flatbuffers::Offset<flatbuffers::Table>(empty.EndTable(empty.StartTable())));
  const auto* fields = flatbuffers::GetRoot<flatbuffers::Table>(empty.GetBufferPointer());
  const int32_t first = find(tflite::BuiltinOptionsTypeTable(), table);
  const int32_t second = find(tflite::BuiltinOptions2TypeTable(), table);
  if (first > 0) {
    op.builtin_options.type = static_cast<tflite::BuiltinOptions>(first);
    op.builtin_options.value = tflite::BuiltinOptionsUnion::UnPack(fields, op.builtin_options.type, nullptr);
  } else if (second > 0) {
    op.builtin_options_2.type = static_cast<tflite::BuiltinOptions2>(second);
    op.builtin_options_2.value =
        tflite::BuiltinOptions2Union::UnPack(fields, op.builtin_options_2.type, nullptr);
  } else {
    throw Error(fmt::format("the schema has no options table '{}'", table));
  }
  operator_ = pack<tflite::Operator>(op);
}

std::string Options::table() const {
  const auto op = unpack<tflite::Operator>(operator_);
  if (op.builtin_options.type != tflite::BuiltinOptions::NONE)
    return tflite::EnumNameBuiltinOptions(op.builtin_options.type);
  if (op.builtin_options_2.type != tflite::BuiltinOptions2::NONE)
    return tflite::EnumNameBuiltinOptions2(op.builtin_options_2.type);
  return {};
}

Options& Options::set(const std::string& name, double value) {
  Field field(operator_, table(), name);
  field.visit([&](auto* type) {
    using T = std::remove_pointer_t<decltype(type)>;
    field.options->SetField<T>(field.offset, static_cast<T>(value), T());
  });
  operator_ = pack<tflite::Operator>(unpack<tflite::Operator>(field.bytes));
  return *this;
}

Options& Options::set_text(const std::string& name, const std::string& value) {
  auto op = unpack<tflite::Operator>(operator_);
  auto* variable = op.builtin_options.AsVarHandleOptions();  // no other operator that runs here has texts
  if (variable == nullptr || (name != "container" && name != "shared_name"))
    throw Error(fmt::format("{} has no text '{}'", table(), name));
  (name == "container" ? variable->container : variable->shared_name) = value;
  operator_ = pack<tflite::Operator>(op);
  return *this;
}

std::vector<std::string> Options::names() const {
  std::vector<std::string> names;
  if (operator_.empty()) return names;
  const auto* types = options_type(*flatbuffers::GetRoot<tflite::Operator>(operator_.data()));
  for (size_t i = 0; types != nullptr && i < types->num_elems; ++i)
    if (is_number(types->type_codes[i])) names.push_back(types->names[i]);
  return names;
}

double Options::get(const std::string& name) const {
  const Field field(operator_, table(), name);
  return field.visit([&](auto* type) {
    using T = std::remove_pointer_t<decltype(type)>;
    return static_cast<double>(field.options->GetField<T>(field.offset, T()));
  });
}

Operator::Operator(const std::string& name, std::vector<int32_t> inputs_, std::vector<int32_t> outputs_,
                   Options options_)
    : inputs(std::move(inputs_)), outputs(std::move(outputs_)), options(std::move(options_)) {
  for (const tflite::BuiltinOperator candidate : tflite::EnumValuesBuiltinOperator())
    if (name == tflite::EnumNameBuiltinOperator(candidate)) {
      code = static_cast<int32_t>(candidate);
      return;
    }
  code = kCustom;
  custom_name = name;
}

int32_t Subgraph::add(Tensor tensor) {
  tensors.push_back(std::move(tensor));
  return static_cast<int32_t>(tensors.size()) - 1;
}
int32_t Subgraph::add_input(Tensor tensor) {
  return inputs.emplace_back(add(std::move(tensor)));
}
int32_t Subgraph::add_output(Tensor tensor) {
  return outputs.emplace_back(add(std::move(tensor)));
}

Graph read(Bytes bytes) {
  const auto size = static_cast<size_t>(bytes.size);
  if (!is_well_formed(bytes)) throw Error("not a well-formed .tflite file");
  auto model = tflite::UnPackModel(bytes.data);
  std::vector<Buffer> buffers;
  for (const auto& buffer : model->buffers) {
    buffers.push_back(std::move(buffer->data));
    // Large models keep the data behind the FlatBuffer; 0 and 1 mean "not there".
    if (buffer->offset <= 1 || buffer->size == 0) continue;
    if (buffer->offset > size || buffer->size > size - buffer->offset)
      throw Error(fmt::format("a buffer lies outside the file (got byte {}, want at most {})",
                              buffer->offset + buffer->size, size));
    buffers.back().assign(bytes.data + buffer->offset, bytes.data + buffer->offset + buffer->size);
  }
  Graph graph;
  graph.description = std::move(model->description);
  for (const auto& from : model->subgraphs) {
    Subgraph& to = graph.subgraphs.emplace_back();
    to.name = std::move(from->name);
    to.inputs = std::move(from->inputs);
    to.outputs = std::move(from->outputs);
    for (const auto& tensor : from->tensors) to.tensors.push_back(read_tensor(*tensor, buffers));
    for (const auto& op : from->operators)
      to.operators.push_back(OperatorTable::read(*op, model->operator_codes));
    tflite::SubGraphT rest;
    rest.debug_metadata_index = from->debug_metadata_index;
    to.rest = pack<tflite::SubGraph>(rest);
  }
  for (const auto& entry : model->metadata) {
    if (entry->buffer >= buffers.size())
      throw Error(fmt::format("metadata '{}': its buffer is out of range (got {}, want less than {})",
                              entry->name, entry->buffer, buffers.size()));
    graph.metadata.emplace_back(entry->name, buffers[entry->buffer]);
  }
  tflite::ModelT rest;
  rest.signature_defs = std::move(model->signature_defs);
  rest.external_buffer_groups = std::move(model->external_buffer_groups);
  rest.external_buffers = std::move(model->external_buffers);
  graph.rest = pack<tflite::Model>(rest);
  return graph;
}

std::vector<uint8_t> write(const Graph& graph) {
  auto model = unpack<tflite::Model>(graph.rest);
  model.version = 3;
  model.description = graph.description;
  Buffers buffers;
  std::map<std::tuple<int32_t, std::string, int32_t>, uint32_t> codes;
  for (const Subgraph& from : graph.subgraphs) {
    auto to = std::make_unique<tflite::SubGraphT>(unpack<tflite::SubGraph>(from.rest));
    to->name = from.name;
    to->inputs = from.inputs;
    to->outputs = from.outputs;
    for (const Tensor& tensor : from.tensors) to->tensors.push_back(write_tensor(tensor, buffers));
    for (const Operator& op : from.operators) {
      const auto [code, is_new] =
          codes.try_emplace({op.code, op.custom_name, op.version}, static_cast<uint32_t>(codes.size()));
      if (is_new) {
        auto& table = model.operator_codes.emplace_back(std::make_unique<tflite::OperatorCodeT>());
        table->builtin_code = static_cast<tflite::BuiltinOperator>(op.code);
        table->deprecated_builtin_code = static_cast<int8_t>(std::min(op.code, 127));
        table->custom_code = op.custom_name;
        table->version = op.version;
      }
      to->operators.push_back(OperatorTable::write(op, code->second));
    }
    model.subgraphs.push_back(std::move(to));
  }
  for (const auto& [name, bytes] : graph.metadata) {
    auto& entry = model.metadata.emplace_back(std::make_unique<tflite::MetadataT>());
    entry->name = name;
    entry->buffer = buffers.add(bytes);
  }
  model.buffers = buffers.take();
  return Packer().pack(model);
}

}  // namespace inkling::host::graph
