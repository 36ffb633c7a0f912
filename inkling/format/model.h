// The .tflite schema over a Reader: models, subgraphs, operators, tensors, as far as running needs them.
// Everything is a view of the bytes in flash; nothing is copied. Leaves out signatures and metadata (see
// metadata.h).
#pragma once
#include "inkling/core/op.h"
#include "inkling/core/tensor.h"
#include "inkling/format/flatbuffer.h"

namespace inkling {

/// Limits that every model must keep, so that counts fit the runtime's small types.
constexpr int32_t kMaxTensors = 4096;
constexpr int32_t kMaxOperators = 4096;  ///< of all subgraphs together
constexpr int32_t kMaxSubgraphs = 64;
constexpr int32_t kMaxOperands = 255;  ///< inputs or outputs of one operator or subgraph

/// Tensor index of an optional input that the model leaves out.
constexpr int32_t kNoTensor = -1;

/// One operator of a subgraph.
struct Operator {
  int16_t code = -1;             ///< BuiltinOperator
  const char* custom_name = "";  ///< for CUSTOM
  Vector inputs, outputs;        ///< tensor indices, int32
  Table options;                 ///< builtin_options; builtin_options_2 where the schema puts them there
  Vector custom_options;
  int32_t input(int32_t i) const { return i < inputs.size ? inputs.get<int32_t>(i) : kNoTensor; }
  int32_t output(int32_t i) const { return i < outputs.size ? outputs.get<int32_t>(i) : kNoTensor; }
};

class Model;

/// One graph of the model.
class Subgraph {
 public:
  int32_t n_tensors() const { return tensors_.size; }
  int32_t n_operators() const { return operators_.size; }
  const Vector& inputs() const { return inputs_; }
  const Vector& outputs() const { return outputs_; }
  /// Tensor `i` with shape, type, quantization, and data if constant. Any index is safe; kNoTensor gives an
  /// absent tensor, other indices outside fail the reader.
  Tensor tensor(int32_t i) const { return tensor(i, true); }
  /// The same without scales and zero points unless asked for.
  Tensor tensor(int32_t i, bool with_quantization) const;
  /// The name of tensor `i`, "" when it has none. Not read with the tensor: a device does not care.
  const char* tensor_name(int32_t i) const;
  /// Operator `i`, which must be below n_operators().
  Operator op(int32_t i) const;
  /// Another subgraph of the same model; an index outside fails the reader.
  Subgraph sibling(int32_t i) const;
  int32_t n_siblings() const;  ///< subgraphs of the model, this one included

 private:
  friend class Model;
  const Model* model_ = nullptr;
  Table table_;
  Vector tensors_, operators_, inputs_, outputs_;
};

/// A .tflite file in memory. Must outlive the subgraphs that it gives out; `bytes` must outlive everything.
class Model {
 public:
  /// Checks size, alignment, identifier and version. See status().
  Model(Bytes bytes, Failure* failure);
  Model(const Model&) = delete;  // its tables point to its reader
  Model& operator=(const Model&) = delete;

  /// ok, or the first thing that was wrong, up to now.
  Status status() const { return reader_.status(); }
  const Reader& reader() const { return reader_; }
  const Table& root() const { return root_; }
  int32_t n_subgraphs() const { return subgraphs_.size; }
  Subgraph subgraph(int32_t i) const;
  /// The bytes of buffer `i`; empty when the buffer is. An index outside fails the reader.
  Bytes buffer(uint32_t i) const;

 private:
  friend class Subgraph;
  void open(Bytes bytes);

  Reader reader_;
  Table root_;
  Vector operator_codes_, subgraphs_, buffers_;
};

}  // namespace inkling
