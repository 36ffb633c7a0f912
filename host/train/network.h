// The network that hears words: a small depthwise separable convolutional one, as LibTorch module and as
// graph. Leaves out learning.
#pragma once
#include <torch/torch.h>

#include <vector>

#include "host/graph/graph.h"

namespace inkling::host {

/// One layer: a convolution (with everything that comes in, or depthwise), batch normalization, ReLU.
struct Layer {
  bool depthwise;
  int64_t channels;
  int64_t kernel_height, kernel_width;
  int64_t stride;
  bool padded;  ///< as TensorFlow's SAME; else VALID
};

/// Layers on [batch, 1, rows, features], then the mean over what is left of time and frequency, then one
/// fully connected layer: logits [batch, n_labels].
struct WordNetwork : torch::nn::Module {
  explicit WordNetwork(int64_t n_labels);

  torch::Tensor forward(torch::Tensor x);

  /// As .tflite graph in float: [1, rows, features, 1] -> [1, n_labels] probabilities, the batch
  /// normalization folded into the weights.
  graph::Graph to_graph();

 private:
  std::vector<torch::nn::Conv2d> convolutions_;
  std::vector<torch::nn::BatchNorm2d> norms_;
  torch::nn::Linear last_{nullptr};
};

}  // namespace inkling::host
