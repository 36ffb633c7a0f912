// Reads models, subgraphs, operators and tensors; checks counts, indices, shapes and buffer sizes on the way.
#include "inkling/format/model.h"

#include "inkling/format/schema.h"

namespace inkling {
namespace {

constexpr uint32_t kIdentifier = 0x334c4654;  // "TFL3"

// Multiplies the dimensions; false when one is negative or the product or its bytes pass 2^31.
bool count_elements(const Shape& shape, int32_t bits, Tensor& tensor) {
  int64_t n = 1;
  for (const int32_t dim : shape) {
    if (dim < 0) return false;
    n *= dim;
    if (n > INT32_MAX) return false;
  }
  const int64_t n_bytes = (n * bits + 7) >> 3;
  if (n_bytes > INT32_MAX) return false;
  tensor.n_elements = static_cast<int32_t>(n);
  tensor.n_bytes = static_cast<int32_t>(n_bytes);
  return true;
}

void read_quantization(const Table& table, Tensor& tensor) {
  if (!table.present()) return;
  const Vector scales = table.vector(schema::quantization::scale, 4);
  const Vector zero_points = table.vector(schema::quantization::zero_point, 8);
  tensor.scales = {reinterpret_cast<const float*>(scales.data), scales.size};
  tensor.zero_points = zero_points.data;
  tensor.n_zero_points = zero_points.size;
  tensor.axis = table.scalar<int32_t>(schema::quantization::quantized_dimension, 0);
}

}  // namespace

Model::Model(Bytes bytes, Failure* failure) : reader_(bytes, failure) {
  open(bytes);
}

void Model::open(Bytes bytes) {
  if (bytes.size < 16) return reader_.fail("the model is too short for a .tflite file", bytes.size, 16);
  if (reinterpret_cast<uintptr_t>(bytes.data) & 3)
    return reader_.fail("the model must lie at a multiple of 4 bytes",
                        static_cast<int32_t>(reinterpret_cast<uintptr_t>(bytes.data) & 3), 0);
  if (reader_.u32(4) != kIdentifier)
    return reader_.fail("not a .tflite file: the identifier TFL3 is missing",
                        static_cast<int32_t>(reader_.u32(4)), static_cast<int32_t>(kIdentifier));
  root_ = Table(&reader_, reader_.u32(0));
  if (!root_.present()) return;
  // Writers that leave the version out mean the current one.
  const auto version = root_.scalar<uint32_t>(schema::model::version, 0);
  if (version != 0 && version != schema::kVersion)
    return reader_.fail("unknown version of the .tflite schema", static_cast<int32_t>(version),
                        schema::kVersion);
  operator_codes_ = root_.vector(schema::model::operator_codes, 4);
  subgraphs_ = root_.vector(schema::model::subgraphs, 4);
  buffers_ = root_.vector(schema::model::buffers, 4);
  if (subgraphs_.size < 1 || subgraphs_.size > kMaxSubgraphs)
    reader_.fail("the number of subgraphs is out of range", subgraphs_.size, kMaxSubgraphs);
}

Subgraph Model::subgraph(int32_t i) const {
  Subgraph graph;
  graph.model_ = this;
  if (i < 0 || i >= subgraphs_.size) {
    reader_.fail("a subgraph index is out of range", i, subgraphs_.size - 1);
    return graph;
  }
  const Table table = root_.element(subgraphs_, i);
  graph.table_ = table;
  graph.tensors_ = table.vector(schema::subgraph::tensors, 4);
  graph.operators_ = table.vector(schema::subgraph::operators, 4);
  graph.inputs_ = table.vector(schema::subgraph::inputs, 4);
  graph.outputs_ = table.vector(schema::subgraph::outputs, 4);
  if (graph.tensors_.size > kMaxTensors)
    reader_.fail("a subgraph has too many tensors", graph.tensors_.size, kMaxTensors);
  if (graph.operators_.size > kMaxOperators)
    reader_.fail("a subgraph has too many operators", graph.operators_.size, kMaxOperators);
  if (graph.inputs_.size > kMaxOperands || graph.outputs_.size > kMaxOperands)
    reader_.fail("a subgraph has too many inputs or outputs", graph.inputs_.size, kMaxOperands);
  return graph;
}

Bytes Model::buffer(uint32_t i) const {
  if (i >= static_cast<uint32_t>(buffers_.size)) {
    if (i != 0) reader_.fail("a buffer index is out of range", static_cast<int32_t>(i), buffers_.size - 1);
    return {};
  }
  const Table table = root_.element(buffers_, static_cast<int32_t>(i));
  const Vector data = table.vector(schema::buffer::data, 1);
  if (data.size > 0) return {data.data, data.size};
  // Large models keep the data behind the FlatBuffer; 0 and 1 mean "not there".
  const auto offset = table.scalar<uint64_t>(schema::buffer::offset, 0);
  const auto size = table.scalar<uint64_t>(schema::buffer::size, 0);
  if (offset <= 1 || size == 0) return {};
  const bool small = offset < INT32_MAX && size < INT32_MAX;
  if (!reader_.check(small ? static_cast<uint32_t>(offset) : UINT32_MAX,
                     small ? static_cast<uint32_t>(size) : 1, 1))
    return {};
  return {reader_.at(static_cast<uint32_t>(offset)), static_cast<int32_t>(size)};
}

Tensor Subgraph::tensor(int32_t i) const {
  Tensor tensor;
  if (i == kNoTensor) return tensor;
  const Reader& reader = model_->reader_;
  if (i < 0 || i >= tensors_.size) {
    reader.fail("a tensor index is out of range", i, tensors_.size - 1);
    return tensor;
  }
  const Table table = table_.element(tensors_, i);
  tensor.present = true;
  tensor.type = static_cast<Type>(table.scalar<uint8_t>(schema::tensor::type, 0));
  tensor.is_variable = table.scalar<uint8_t>(schema::tensor::is_variable, 0) != 0;
  tensor.name = table.string(schema::tensor::name);
  const Vector shape = table.vector(schema::tensor::shape, 4);
  tensor.shape = {reinterpret_cast<const int32_t*>(shape.data), shape.size};
  if (shape.size > kMaxRank) reader.fail("a tensor has too many dimensions", shape.size, kMaxRank);
  if (table.has(schema::tensor::sparsity)) reader.fail("a tensor is stored sparsely", i, -1);
  if (reader.status() != Status::ok) return {};
  if (!count_elements(tensor.shape, bits_of(tensor.type), tensor)) {
    reader.fail("a tensor's shape is negative or too large", i, INT32_MAX);
    return {};
  }
  read_quantization(table.table(schema::tensor::quantization), tensor);
  const Bytes data = model_->buffer(table.scalar<uint32_t>(schema::tensor::buffer, 0));
  if (data.size > 0) {
    if (data.size < tensor.n_bytes)
      reader.fail("a constant is shorter than its shape", data.size, tensor.n_bytes);
    const auto misaligned = reinterpret_cast<uintptr_t>(data.data) & 3;
    const auto element_bytes = static_cast<uintptr_t>(bits_of(tensor.type)) >> 3;
    if (element_bytes > 1 && (misaligned & (element_bytes - 1)))
      reader.fail("a constant is not aligned", static_cast<int32_t>(misaligned), 0);
    tensor.data = const_cast<uint8_t*>(data.data);
    tensor.is_constant = true;
  }
  return reader.status() == Status::ok ? tensor : Tensor();
}

Operator Subgraph::op(int32_t i) const {
  Operator result;
  const Table table = table_.element(operators_, i);
  const auto index = table.scalar<uint32_t>(schema::op::opcode_index, 0);
  result.inputs = table.vector(schema::op::inputs, 4);
  result.outputs = table.vector(schema::op::outputs, 4);
  result.custom_options = table.vector(schema::op::custom_options, 1);
  result.options = table.table(schema::op::builtin_options);
  if (!result.options.present()) result.options = table.table(schema::op::builtin_options_2);
  const Reader& reader = model_->reader_;
  if (index >= static_cast<uint32_t>(model_->operator_codes_.size)) {
    reader.fail("an operator code index is out of range", static_cast<int32_t>(index),
                model_->operator_codes_.size - 1);
    return result;
  }
  if (result.inputs.size > kMaxOperands || result.outputs.size > kMaxOperands)
    reader.fail("an operator has too many inputs or outputs", result.inputs.size, kMaxOperands);
  const Table code = model_->root_.element(model_->operator_codes_, static_cast<int32_t>(index));
  // Codes up to 127 may be in the deprecated field alone; larger ones put 127 there.
  const int32_t old_code = code.scalar<int8_t>(schema::operator_code::deprecated_builtin_code, 0);
  const int32_t new_code = code.scalar<int32_t>(schema::operator_code::builtin_code, 0);
  const int32_t larger = old_code > new_code ? old_code : new_code;
  result.code = static_cast<int16_t>(larger < INT16_MAX ? larger : INT16_MAX);
  if (result.code == kCustom) result.custom_name = code.string(schema::operator_code::custom_code);
  return result;
}

}  // namespace inkling
