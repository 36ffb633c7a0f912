// Generated from the files of inkling/ops by tools/list_ops.cmake. Do not edit.
// ops::conv_2d carries every kernel of CONV_2D; ops::int8::conv_2d those for int8 activations only.
#pragma once
#include "inkling/core/op.h"

namespace inkling::ops {
extern const Op add;
extern const Op assign_variable;
extern const Op average_pool_2d;
extern const Op call_once;
extern const Op conv_2d;
extern const Op depthwise_conv_2d;
extern const Op dequantize;
extern const Op fully_connected;
extern const Op if_;
extern const Op logistic;
extern const Op max_pool_2d;
extern const Op quantize;
extern const Op read_variable;
extern const Op relu;
extern const Op relu6;
extern const Op reshape;
extern const Op softmax;
extern const Op svdf;
extern const Op var_handle;
extern const Op while_;

namespace int8 {
extern const Op add;
extern const Op assign_variable;
extern const Op average_pool_2d;
extern const Op call_once;
extern const Op conv_2d;
extern const Op depthwise_conv_2d;
extern const Op dequantize;
extern const Op fully_connected;
extern const Op if_;
extern const Op logistic;
extern const Op max_pool_2d;
extern const Op quantize;
extern const Op read_variable;
extern const Op relu;
extern const Op relu6;
extern const Op reshape;
extern const Op softmax;
extern const Op svdf;
extern const Op var_handle;
extern const Op while_;
}  // namespace int8

namespace int16 {
extern const Op add;
extern const Op assign_variable;
extern const Op average_pool_2d;
extern const Op call_once;
extern const Op conv_2d;
extern const Op depthwise_conv_2d;
extern const Op dequantize;
extern const Op fully_connected;
extern const Op if_;
extern const Op logistic;
extern const Op max_pool_2d;
extern const Op quantize;
extern const Op read_variable;
extern const Op relu;
extern const Op relu6;
extern const Op reshape;
extern const Op softmax;
extern const Op svdf;
extern const Op var_handle;
extern const Op while_;
}  // namespace int16

namespace float32 {
extern const Op add;
extern const Op assign_variable;
extern const Op average_pool_2d;
extern const Op call_once;
extern const Op conv_2d;
extern const Op depthwise_conv_2d;
extern const Op dequantize;
extern const Op fully_connected;
extern const Op if_;
extern const Op logistic;
extern const Op max_pool_2d;
extern const Op quantize;
extern const Op read_variable;
extern const Op relu;
extern const Op relu6;
extern const Op reshape;
extern const Op softmax;
extern const Op svdf;
extern const Op var_handle;
extern const Op while_;
}  // namespace float32
}  // namespace inkling::ops
