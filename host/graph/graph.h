// Graph: a model as plain structs that can be looked at, changed and written again; .tflite in and out.
// Leaves out running (host/engine) and the FlatBuffers library, which stays inside graph.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "inkling/core/span.h"
#include "inkling/core/types.h"

namespace inkling::host::graph {

/// The fields of a table of the file that the structs below do not name, as the file has them. Written back
/// unchanged.
using Rest = std::vector<uint8_t>;

/// An operator's options, by the names of the schema:
/// `Options("Conv2DOptions").set("stride_w", 2).set("padding", 1)`.
class Options {
 public:
  /// No options.
  Options() = default;
  /// The options table of that name with the schema's defaults. Throws an Error when there is no such table.
  explicit Options(const std::string& table);

  /// The name of the options table, "" when there is none.
  std::string table() const;
  /// Sets a number, an enum or a bool (1). Throws an Error when the table has no such field.
  Options& set(const std::string& field, double value);
  /// Sets a text. Throws an Error when the table has none of that name.
  Options& set_text(const std::string& field, const std::string& value);
  /// The names of all numbers, enums and bools.
  std::vector<std::string> names() const;
  /// The value of a number, an enum or a bool. Throws an Error when the table has no such field.
  double get(const std::string& field) const;

 private:
  friend class OperatorTable;
  Rest operator_;  // an Operator table without operands
};

struct Tensor {
  std::string name;
  Type type = Type::float32;
  std::vector<int32_t> shape;
  std::vector<uint8_t> data;  ///< of a constant, little endian; empty when the tensor is not one
  std::vector<float> scales;  ///< empty: not quantized; several: one per slice along `axis`
  std::vector<int64_t> zero_points;
  int32_t axis = 0;
  bool is_variable = false;
  Rest rest;
};

struct Operator {
  int32_t code = 0;         ///< BuiltinOperator
  std::string custom_name;  ///< for CUSTOM
  int32_t version = 1;
  std::vector<int32_t> inputs, outputs;  ///< tensor indices, -1 where an optional input is left out
  Options options;
  std::vector<uint8_t> custom_options;

  Operator() = default;
  /// `name` is the schema's ("CONV_2D"); one that the schema does not have makes a custom operator.
  Operator(const std::string& name, std::vector<int32_t> inputs, std::vector<int32_t> outputs,
           Options options = {});
};

struct Subgraph {
  std::string name;
  std::vector<Tensor> tensors;
  std::vector<Operator> operators;  ///< in the order in which they run
  std::vector<int32_t> inputs, outputs;
  Rest rest;

  /// Appends a tensor; returns its index.
  int32_t add(Tensor tensor);
  int32_t add_input(Tensor tensor);
  int32_t add_output(Tensor tensor);
};

struct Graph {
  std::string description;
  std::vector<Subgraph> subgraphs;
  std::vector<std::pair<std::string, std::vector<uint8_t>>> metadata;  ///< name, bytes
  Rest rest;  ///< among others the signatures, which name tensors by index
};

/// Reads a .tflite file. Throws an Error when it is not one.
Graph read(Bytes bytes);

/// The bytes of a .tflite file. Equal graphs give equal bytes; constants start at multiples of 16 bytes, and
/// equal ones are stored once.
std::vector<uint8_t> write(const Graph& graph);

}  // namespace inkling::host::graph
