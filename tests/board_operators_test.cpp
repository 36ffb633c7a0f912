// The int8 kernels of each machine against the operators' naive definitions: random cases in bundles on the
// virtual boards. Leaves out the desk's own machine (operators_test.cpp) and other types, whose kernels are
// the same everywhere.
#include <algorithm>

#include "host/bench/board_verify.h"
#include "host/data/files.h"
#include "tests/host_test.h"
#include "tests/operator_case.h"

namespace inkling::host {
namespace {

constexpr uint32_t kSeeds = 600;

CaseTensor describe(const naive::Operand& t) {
  return {name_of(t.type), t.shape, {}};
}

std::filesystem::path keep(const TemporaryFolder& folder, const std::string& name,
                           const std::vector<uint8_t>& bytes) {
  write_atomically(folder / name, bytes);
  return folder / name;
}

// One use of the operator with what its definition says, as files in the folder.
Case record(const TemporaryFolder& folder, const naive::Definition& definition, uint32_t seed,
            naive::Case use) {
  const std::string id = definition.name + "_" + std::to_string(seed);
  Random random(seed);
  Case c;
  c.id = id;
  c.op = definition.name;
  c.model = keep(folder, id + ".tflite", naive::model_of(definition.name, use));
  c.invokes = use.invocations;
  for (const naive::Operand& input : use.inputs)
    if (input.role == naive::Role::fed) c.inputs.push_back(describe(input));
  for (const naive::Operand& output : use.outputs) c.outputs.push_back(describe(output));
  for (int32_t k = 0; k < use.invocations; ++k) {
    const std::string stem = id + "_" + std::to_string(k) + "_";
    size_t n_fed = 0;
    for (naive::Operand& input : use.inputs) {
      if (input.role != naive::Role::fed) continue;
      if (k > 0) naive::fill(random, input);
      const std::string name = stem + "in" + std::to_string(n_fed);
      c.inputs[n_fed++].files.push_back(keep(folder, name, naive::encode(input)));
    }
    definition.define(use);
    for (size_t i = 0; i < use.outputs.size(); ++i)
      c.outputs[i].files.push_back(
          keep(folder, stem + "out" + std::to_string(i), naive::encode(use.outputs[i])));
  }
  return c;
}

std::vector<Case> int8_cases(const TemporaryFolder& folder) {
  std::vector<Case> cases;
  for (const naive::Definition& definition : naive::definitions())
    for (const char* name : {"CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "SVDF", "AVERAGE_POOL_2D",
                             "MAX_POOL_2D", "ADD", "MUL"}) {
      if (definition.name != name) continue;
      for (uint32_t seed = 0; seed < kSeeds; ++seed) {
        Random random(seed);
        naive::Case use = definition.draw(random);
        if (use.inputs[0].type == Type::int8)
          cases.push_back(record(folder, definition, seed, std::move(use)));
      }
    }
  return cases;
}

class BoardOperators : public testing::TestWithParam<const char*> {};

TEST_P(BoardOperators, EqualTheirDefinition) {
  const TemporaryFolder folder;
  const std::vector<Case> cases = int8_cases(folder);
  ASSERT_GT(cases.size(), kSeeds);
  verify_on_board(GetParam(), cases, [](const Case& c, const CaseResult& result) {
    EXPECT_EQ(result.verdict, Verdict::passed) << c.id << ": " << result.reason;
  });
}

// One board of each machine.
INSTANTIATE_TEST_SUITE_P(All, BoardOperators,
                         testing::Values("cortex-m0", "cortex-m3", "cortex-m4", "cortex-m55", "rv32"),
                         [](const auto& info) {
                           std::string name = info.param;
                           name.erase(std::remove(name.begin(), name.end(), '-'), name.end());
                           return name;
                         });

}  // namespace
}  // namespace inkling::host
