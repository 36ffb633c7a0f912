// A float graph as LibTorch module, so that somebody's model learns on. Leaves out graphs with operators that
// are not in the table in imported.cpp.
#pragma once
#include <torch/torch.h>

#include <vector>

#include "host/graph/graph.h"

namespace inkling::host {

/// The graph of a classifier up to its logits. Its float constants are the parameters.
class Imported : public torch::nn::Module {
 public:
  /// A float graph with one input and one output; softmaxes and what else comes behind operator `last` are
  /// left out. Throws an Error that names the operators that cannot learn.
  Imported(const graph::Graph& model, size_t last);

  /// [batch, elements of the model's input] -> [batch, n_labels].
  torch::Tensor forward(const torch::Tensor& inputs);
  /// The graph with the parameters as they are now.
  graph::Graph to_graph() const;

 private:
  torch::Tensor run(const graph::Operator& op, const torch::Tensor& x);
  const torch::Tensor& operand(const graph::Operator& op, size_t i) const;

  graph::Graph model_;
  size_t last_;
  std::vector<torch::Tensor> parameters_;  // by the tensors' indices; of constants only
  std::vector<torch::Tensor> values_;      // by the tensors' indices, while it runs
};

}  // namespace inkling::host
