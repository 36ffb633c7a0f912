// Field ids of the .tflite schema's tables, in the schema's order. Options of operators are in the operators'
// files.
#pragma once
#include <stdint.h>

namespace inkling::schema {

constexpr uint32_t kVersion = 3;

namespace model {
enum Field : int32_t { version, operator_codes, subgraphs, description, buffers, metadata_buffer, metadata };
}
namespace operator_code {
enum Field : int32_t { deprecated_builtin_code, custom_code, version, builtin_code };
}
namespace subgraph {
enum Field : int32_t { tensors, inputs, outputs, operators, name };
}
namespace op {
enum Field : int32_t {
  opcode_index,
  inputs,
  outputs,
  builtin_options_type,
  builtin_options,
  custom_options,
  custom_options_format,
  mutating_variable_inputs,
  intermediates,
  large_custom_options_offset,
  large_custom_options_size,
  builtin_options_2_type,
  builtin_options_2
};
}
namespace tensor {
enum Field : int32_t { shape, type, buffer, name, quantization, is_variable, sparsity };
}
namespace quantization {
enum Field : int32_t { min, max, scale, zero_point, details_type, details, quantized_dimension };
}
namespace buffer {
enum Field : int32_t { data, offset, size };
}
namespace metadata {
enum Field : int32_t { name, buffer };
}

/// Padding and ActivationFunctionType, as many options tables have them.
enum class Padding : uint8_t { same, valid };
enum class Activation : uint8_t { none, relu, relu_n1_to_1, relu6, tanh, sign_bit };

}  // namespace inkling::schema
