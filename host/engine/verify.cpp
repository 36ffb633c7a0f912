// The judge of cases, and the desk as an engine.
#include "host/engine/verify.h"

#include <fmt/format.h>

#include <cstring>
#include <map>

#include "apps/runner/records.h"
#include "host/data/files.h"
#include "host/engine/execution.h"
#include "host/engine/program.h"
#include "host/error.h"
#include "inkling/format/model.h"

namespace inkling::host {
namespace {

// Copies the first invocation's wanted tensors as their steps write them.
struct Recorder {
  const std::map<int32_t, size_t>* wanted;  // tensor index -> position among the intermediates
  Subgraph graph;
  std::vector<std::vector<uint8_t>>* records;

  static bool observe(void* context, const StepEvent& event) {
    auto* self = static_cast<Recorder*>(context);
    if (event.subgraph != 0) return true;
    const Operator op = self->graph.op(event.op);
    for (int32_t i = 0; i < op.outputs.size; ++i)
      if (event.done) self->record(op.output(i), event.io->slots[event.io->n_inputs + i]);
    for (int32_t i = 0; i < op.inputs.size; ++i) self->record_input(op.input(i), event.io->slots[i]);
    return true;
  }
  // Graph inputs and variables are nobody's output: they are taken where a step reads them.
  void record_input(int32_t tensor, const void* data) {
    const auto found = wanted->find(tensor);
    if (found == wanted->end()) return;
    const Tensor t = graph.tensor(tensor);
    if (t.is_variable || (*records)[found->second].empty()) record(tensor, data);
  }
  void record(int32_t tensor, const void* data) {
    const auto found = wanted->find(tensor);
    if (found == wanted->end() || data == nullptr) return;
    const auto* bytes = static_cast<const uint8_t*>(data);
    (*records)[found->second].assign(bytes, bytes + graph.tensor(tensor).n_bytes);
  }
};

void feed(Interpreter& net, const std::vector<std::vector<uint8_t>>& inputs) {
  if (static_cast<int32_t>(inputs.size()) != net.n_inputs())
    throw Error(fmt::format("the case has {} inputs, the model {}", inputs.size(), net.n_inputs()));
  for (int32_t i = 0; i < net.n_inputs(); ++i) {
    const std::vector<uint8_t>& bytes = inputs[static_cast<size_t>(i)];
    const Tensor tensor = net.input(i);
    if (bytes.empty() && tensor.n_bytes > 0) continue;
    if (static_cast<int32_t>(bytes.size()) != tensor.n_bytes)
      throw Error(fmt::format("input {} has {} bytes, the model takes {}", i, bytes.size(), tensor.n_bytes));
    if (!bytes.empty()) std::memcpy(tensor.data, bytes.data(), bytes.size());
  }
}

bool count_down(void* steps_left, const StepEvent&) {
  return --*static_cast<int32_t*>(steps_left) > 0;
}

// Runs a model on whatever bytes. It may go round for ever, so its steps are counted.
void run_untrusted(Interpreter& net, int32_t n_invokes) {
  InputGenerator generator(1);
  for (int32_t k = 0; k < n_invokes; ++k) {
    int32_t steps_left = runner::kMaxUntrustedSteps;
    net.observe(count_down, &steps_left);
    for (int32_t i = 0; i < net.n_inputs(); ++i) {
      const Tensor input = net.input(i);
      const std::vector<uint8_t> bytes = generator.bytes(input.type, input.n_elements, input.n_bytes);
      if (!bytes.empty()) std::memcpy(input.data, bytes.data(), bytes.size());
    }
    if (net.invoke() != Status::ok) throw Error("invoke failed");
  }
}

CaseResult failed(const std::string& reason) {
  return {Verdict::failed, reason};
}

// The first output of one invocation that differs, or nothing.
std::string compare_outputs(const Case& c, const CaseRun& run, int32_t k) {
  const auto& outputs = run.outputs[static_cast<size_t>(k)];
  for (size_t i = 0; i < c.outputs.size(); ++i) {
    const CaseTensor& want = c.outputs[i];
    const std::filesystem::path& file = want.files[static_cast<size_t>(k)];
    if (file.empty()) continue;
    if (i >= outputs.size()) return fmt::format("output {} is missing", i);
    const auto difference = compare(want.type, outputs[i], read_file(file), c.tolerance,
                                    c.undefined_bytes(static_cast<int32_t>(i), k));
    if (difference) return fmt::format("output {} of invocation {}, {}", i, k, difference->text());
  }
  return {};
}

}  // namespace

std::vector<std::vector<std::vector<uint8_t>>> read_inputs(const Case& c) {
  std::vector<std::vector<std::vector<uint8_t>>> all(static_cast<size_t>(c.invokes));
  for (size_t k = 0; k < all.size(); ++k)
    for (const CaseTensor& input : c.inputs)
      all[k].push_back(input.files[k].empty() ? std::vector<uint8_t>() : read_file(input.files[k]));
  return all;
}

CaseRun run_on_desk(const Case& c) {
  CaseRun run;
  const ModelFile file(c.model);
  std::unique_ptr<Program> program;
  try {
    program = std::make_unique<Program>(file);
  } catch (const Error& error) {
    run.error = error.what();
    return run;
  }
  Interpreter& net = program->net();
  if (c.untrusted) {
    run_untrusted(net, c.invokes);
    return run;
  }
  run.intermediates.resize(c.intermediates.size());
  std::map<int32_t, size_t> wanted;
  for (size_t i = 0; i < c.intermediates.size(); ++i) wanted[c.intermediates[i].tensor] = i;
  Failure failure;
  const Model model(file.bytes(), &failure);
  Recorder recorder{&wanted, model.subgraph(0), &run.intermediates};
  const auto inputs = read_inputs(c);
  for (int32_t k = 0; k < c.invokes; ++k) {
    if (c.resets_before(k)) net.reset();
    feed(net, inputs[static_cast<size_t>(k)]);
    net.observe(k == 0 && !wanted.empty() ? Recorder::observe : nullptr, &recorder);
    if (net.invoke() != Status::ok) throw Error("invoke failed");
    run.stopped.push_back(net.stopped());
    auto& outputs = run.outputs.emplace_back();
    for (int32_t i = 0; i < net.n_outputs(); ++i) {
      const Tensor tensor = net.output(i);
      const auto* bytes = tensor.as<uint8_t>();
      outputs.emplace_back(bytes, bytes + tensor.n_bytes);
    }
  }
  return run;
}

CaseResult judge(const Case& c, const CaseRun& run) {
  if (!run.skipped.empty()) return {Verdict::skipped, run.skipped};
  if (!run.error.empty()) {
    if (c.expect == Expect::ok) return failed("refused: " + run.error);
    return {Verdict::passed, ""};
  }
  if (c.untrusted) return {Verdict::passed, ""};
  if (c.expect == Expect::error && c.error_at == ErrorAt::prepare)
    return failed("accepted, but it must be refused");
  for (int32_t k = 0; k < c.invokes; ++k) {
    if (c.aborts_in(k) != run.stopped[static_cast<size_t>(k)])
      return failed(fmt::format("invocation {} {}", k, c.aborts_in(k) ? "must end early" : "ended early"));
    if (c.aborts_in(k)) continue;
    if (const std::string difference = compare_outputs(c, run, k); !difference.empty())
      return failed(difference);
  }
  for (size_t i = 0; i < run.intermediates.size(); ++i) {
    const Intermediate& want = c.intermediates[i];
    const auto difference = compare(want.type, run.intermediates[i], read_file(want.file), c.tolerance);
    if (difference) return failed(fmt::format("tensor {}, {}", want.tensor, difference->text()));
  }
  return {Verdict::passed, ""};
}

}  // namespace inkling::host
