// The networks: small depthwise separable convolutional ones, as LibTorch module and as graph. Leaves out
// learning.
#pragma once
#include <torch/torch.h>

#include <string>
#include <vector>

#include "host/graph/graph.h"
#include "host/quantize/quantize.h"

namespace inkling::host {

/// One layer: a convolution (with everything that comes in, or depthwise), batch normalization, ReLU.
struct Layer {
  bool depthwise;
  int64_t channels;
  int64_t kernel_height, kernel_width;
  int64_t stride;
  bool padded;  ///< as TensorFlow's SAME; else VALID
};

/// A network for one kind of data: what comes in and the layers that it goes through.
struct NetworkPlan {
  std::string description;
  int64_t rows, columns, channels;  ///< of a window
  Quantization input;               ///< of its int8 features
  std::vector<Layer> layers;
  bool hides_parts;  ///< while it learns, some rows and columns of a window are hidden

  int64_t n_features() const { return rows * columns * channels; }
};

/// How much a network can learn, and what it costs.
enum class Size { tiny, small, medium };
/// The sizes by their names on the command line, the smallest first.
const std::vector<std::pair<std::string, Size>>& sizes();

/// For words: 49 rows of 40 features of the sound front end.
NetworkPlan word_network(Size size);
/// For motion: rows of sensor channels. A convolution over time alone.
NetworkPlan motion_network(int64_t rows, int64_t channels);

/// The layers on [batch, channels, rows, columns], then the mean over what is left of rows and columns, then
/// one fully connected layer: logits [batch, n_labels].
struct Network : torch::nn::Module {
  Network(NetworkPlan plan, int64_t n_labels);

  torch::Tensor forward(torch::Tensor x);

  /// As .tflite graph in float: [1, rows, columns, channels] -> [1, n_labels] probabilities, the batch
  /// normalization folded into the weights.
  graph::Graph to_graph();

 private:
  NetworkPlan plan_;
  std::vector<torch::nn::Conv2d> convolutions_;
  std::vector<torch::nn::BatchNorm2d> norms_;
  torch::nn::Linear last_{nullptr};
};

}  // namespace inkling::host
