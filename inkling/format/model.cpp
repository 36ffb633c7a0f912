// Reads models, subgraphs, operators and tensors; checks counts, indices, shapes and buffer sizes on the way.
#include "inkling/format/model.h"

#include "inkling/format/schema.h"

namespace inkling {
namespace {

constexpr uint32_t kIdentifier = 0x334c4654;  // "TFL3"

// Multiplies the dimensions; false when one is negative or the elements pass 2^32 bits, the largest arena:
// then sums of a few sizes stay within 31 bits.
bool count_elements(Tensor& tensor) {
  uint32_t n = 1;
  for (const int32_t dim : tensor.shape) {
    const uint64_t product = static_cast<uint64_t>(n) * static_cast<uint32_t>(dim);
    if (dim < 0 || product >> 31) return false;
    n = static_cast<uint32_t>(product);
  }
  const uint64_t n_bits = static_cast<uint64_t>(n) * static_cast<uint32_t>(bits_of(tensor.type));
  tensor.n_elements = static_cast<int32_t>(n);
  tensor.n_bytes = static_cast<int32_t>((n_bits + 7) >> 3);
  return n_bits >> 32 == 0;
}

// Whether a tensor is constant, and where its bytes are: at a multiple of 4, as every vector of the file. A
// variable is none, whatever bytes the file has for it: they would not be those that a step finds.
void read_data(const Bytes& data, const Reader& reader, Tensor& tensor) {
  if (data.size <= 0 || tensor.is_variable) return;
  tensor.data = const_cast<uint8_t*>(data.data);
  tensor.is_constant = true;
  if (data.size < tensor.n_bytes)
    reader.fail("a constant is shorter than its shape", data.size, tensor.n_bytes);
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
  // Models beyond 2 GB keep their data behind the FlatBuffer; 0 and 1 mean "not there".
  if (table.scalar<uint32_t>(schema::buffer::offset, 0) > 1)
    reader_.fail("the model keeps its data outside the FlatBuffer", static_cast<int32_t>(i), 0);
  return {};
}

const char* Subgraph::tensor_name(int32_t i) const {
  return i >= 0 && i < tensors_.size ? table_.element(tensors_, i).string(schema::tensor::name) : "";
}

Tensor Subgraph::tensor(int32_t i, bool with_quantization) const {
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
  const Vector shape = table.vector(schema::tensor::shape, 4);
  tensor.shape = {reinterpret_cast<const int32_t*>(shape.data), shape.size};
  if (shape.size > kMaxRank) {
    reader.fail("a tensor has too many dimensions", shape.size, kMaxRank);
  } else if (table.has(schema::tensor::sparsity)) {
    reader.fail("a tensor is stored sparsely", i, -1);
  } else if (!count_elements(tensor)) {
    reader.fail("a tensor's shape is negative or too large", i, INT32_MAX);
  } else {
    if (with_quantization) read_quantization(table.table(schema::tensor::quantization), tensor);
    read_data(model_->buffer(table.scalar<uint32_t>(schema::tensor::buffer, 0)), reader, tensor);
  }
  if (reader.status() != Status::ok) tensor = {};
  return tensor;
}

int32_t Subgraph::n_siblings() const {
  return model_->n_subgraphs();
}

Subgraph Subgraph::sibling(int32_t i) const {
  return model_->subgraph(i);
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
