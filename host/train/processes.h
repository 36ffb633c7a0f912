// The processes that learn together, started by mpirun: what one of them knows becomes the sum of what all
// know. Alone it costs nothing. Leaves out what is summed.
#pragma once
#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace inkling::host::processes {

/// Joins the others if mpirun started this process. The other functions work from then on, and without it as
/// for a single process.
void begin();
/// Says goodbye to the others, who wait for it.
void end();
/// Ends all processes at once, for when one has failed and the others would wait for it. Returns when there
/// are no others.
void abort_all();

/// While one lives, this process works as if it were the only one.
class Alone {
 public:
  Alone();
  Alone(const Alone&) = delete;
  Alone& operator=(const Alone&) = delete;
  ~Alone();

 private:
  int n_processes_, rank_;
};

/// How many there are, and which one this is, from 0.
int32_t size();
int32_t rank();

/// Replaces the values (contiguous floats or doubles) by the sums over all processes, which have the same
/// number of them. The sums are the same bits in all processes.
void sum(torch::Tensor values);
/// The same for the gradients of several tensors, in one go.
void sum_gradients(const std::vector<torch::Tensor>& parameters);

/// Batch normalization of a batch that is spread over all processes, as the module would do it with the whole
/// batch (Ioffe and Szegedy, 2015); just the module when there is one process or it does not learn.
torch::Tensor normalized(torch::nn::BatchNorm2d& norm, const torch::Tensor& x);

}  // namespace inkling::host::processes
