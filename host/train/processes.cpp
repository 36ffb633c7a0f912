// Open MPI, and the one layer that looks at a whole batch.
#include "host/train/processes.h"

#define OMPI_SKIP_MPICXX 1  // its C++ interface is not needed and does not compile without warnings
#include <mpi.h>

#include <cstdlib>

namespace inkling::host::processes {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using Tensors = torch::autograd::variable_list;

int n_processes = 1, own_rank = 0;

/// The sum over all but the channels.
Tensor per_channel(const Tensor& x) {
  return x.sum({0, 2, 3});
}
Tensor spread(const Tensor& channels) {
  return channels.reshape({1, -1, 1, 1});
}

struct SharedNorm : torch::autograd::Function<SharedNorm> {
  static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& weight, const Tensor& bias,
                        Tensor mean_so_far, Tensor variance_so_far, double momentum, double epsilon) {
    const double n = static_cast<double>(x.numel() / x.size(1)) * size();
    const Tensor mean = per_channel(x) / n;
    processes::sum(mean);
    const Tensor variance = per_channel((x - spread(mean)).square()) / n;
    processes::sum(variance);
    const Tensor scale = (variance + epsilon).rsqrt();
    const Tensor normal = (x - spread(mean)) * spread(scale);
    mean_so_far.mul_(1 - momentum).add_(mean, momentum);
    variance_so_far.mul_(1 - momentum).add_(variance, momentum * n / (n - 1));
    context->save_for_backward({normal, scale, weight});
    return normal * spread(weight) + spread(bias);
  }

  /// The gradients of weight and bias are this process' share, like those of all other parameters.
  static Tensors backward(AutogradContext* context, Tensors gradients) {
    const Tensors saved = context->get_saved_variables();
    const Tensor &normal = saved[0], &scale = saved[1], &weight = saved[2], &of_output = gradients[0];
    const double n = static_cast<double>(normal.numel() / normal.size(1)) * size();
    const Tensor of_bias = per_channel(of_output), of_weight = per_channel(of_output * normal);
    const Tensor all = torch::stack({of_bias, of_weight});
    processes::sum(all);
    const Tensor of_input =
        spread(scale * weight) * (of_output - spread(all[0] / n) - normal * spread(all[1] / n));
    return {of_input, of_weight, of_bias, Tensor(), Tensor(), Tensor(), Tensor()};
  }
};

}  // namespace

void begin() {
  if (std::getenv("OMPI_COMM_WORLD_SIZE") == nullptr && std::getenv("PMI_SIZE") == nullptr) return;
  MPI_Init(nullptr, nullptr);
  MPI_Comm_size(MPI_COMM_WORLD, &n_processes);
  MPI_Comm_rank(MPI_COMM_WORLD, &own_rank);
}

void end() {
  int is_begun = 0;
  MPI_Initialized(&is_begun);
  if (is_begun != 0) MPI_Finalize();
}

void abort_all() {
  if (n_processes > 1) MPI_Abort(MPI_COMM_WORLD, 1);
}

Alone::Alone() : n_processes_(n_processes), rank_(own_rank) {
  n_processes = 1;
  own_rank = 0;
}

Alone::~Alone() {
  n_processes = n_processes_;
  own_rank = rank_;
}

int32_t size() {
  return n_processes;
}

int32_t rank() {
  return own_rank;
}

void sum(Tensor values) {
  if (n_processes == 1) return;
  TORCH_CHECK(values.is_contiguous());
  const bool is_double = values.scalar_type() == torch::kFloat64;
  MPI_Allreduce(MPI_IN_PLACE, values.data_ptr(), static_cast<int>(values.numel()),
                is_double ? MPI_DOUBLE : MPI_FLOAT, MPI_SUM, MPI_COMM_WORLD);
}

void sum_gradients(const std::vector<Tensor>& parameters) {
  if (n_processes == 1) return;
  std::vector<Tensor> flat;
  for (const Tensor& parameter : parameters) flat.push_back(parameter.grad().reshape(-1));
  Tensor all = torch::cat(flat);
  processes::sum(all);
  int64_t first = 0;
  for (const Tensor& parameter : parameters) {
    parameter.mutable_grad().copy_(all.narrow(0, first, parameter.numel()).view_as(parameter));
    first += parameter.numel();
  }
}

Tensor normalized(torch::nn::BatchNorm2d& norm, const Tensor& x) {
  if (n_processes == 1 || !norm->is_training()) return norm(x);
  norm->num_batches_tracked += 1;
  return SharedNorm::apply(x, norm->weight, norm->bias, norm->running_mean, norm->running_var,
                           norm->options.momentum().value(), norm->options.eps());
}

}  // namespace inkling::host::processes
