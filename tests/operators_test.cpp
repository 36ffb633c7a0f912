// Every operator against its naive definition, over random cases, through the graph writer and the
// interpreter. The operators' files are in tests/naive. Every operator has a definition there, or a test of
// its own (those that run other subgraphs), or this fails.
#include <filesystem>
#include <set>

#include "host/data/files.h"
#include "tests/operator_case.h"

namespace inkling::naive {
namespace {

constexpr int32_t kCases = 1000;

class Operators : public testing::TestWithParam<Definition> {};

// Compares one output with what the definition says.
void expect_equal(const Case& c, const Operand& want, const std::vector<double>& got) {
  ASSERT_EQ(got.size(), want.v.size());
  for (size_t i = 0; i < got.size(); ++i) {
    const double allowed =
        want.type == Type::float32 ? c.tolerance * std::abs(want.v[i]) + c.absolute_tolerance + 1e-37 : 0;
    ASSERT_LE(std::abs(got[i] - want.v[i]), allowed)
        << "element " << i << ": got " << got[i] << ", want " << want.v[i];
  }
}

void run(const Definition& definition, uint32_t seed) {
  Random random(seed);
  Case c = definition.draw(random);
  host::Net net(model_of(definition.name, c));
  ASSERT_EQ(net->status(), Status::ok) << host::text(net->failure(), host::view(net.model()));
  for (int32_t k = 0; k < c.invocations; ++k) {
    int32_t n_fed = 0;
    for (Operand& input : c.inputs) {
      if (input.role != Role::fed) continue;
      if (k > 0) fill(random, input);
      net.feed(n_fed++, encode(input));
    }
    definition.define(c);
    ASSERT_EQ(net->invoke(), Status::ok);
    for (size_t i = 0; i < c.outputs.size(); ++i)
      expect_equal(c, c.outputs[i], decode(c.outputs[i].type, net.output(static_cast<int32_t>(i))));
  }
}

TEST_P(Operators, EqualTheirDefinition) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    run(GetParam(), seed);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Operators, testing::ValuesIn(definitions()),
                         [](const auto& info) { return info.param.name; });

// Whether a file of tests/ names the operator in quotes.
bool has_own_test(const std::string& name) {
  for (const auto& entry : std::filesystem::directory_iterator(INKLING_REPO_DIR "/tests")) {
    if (!entry.is_regular_file()) continue;
    const std::vector<uint8_t> text = host::read_file(entry.path());
    if (std::string(text.begin(), text.end()).find('"' + name + '"') != std::string::npos) return true;
  }
  return false;
}

TEST(NaiveDefinitions, CoverAllOperators) {
  std::set<std::string> defined;
  for (const Definition& definition : definitions())
    EXPECT_TRUE(defined.insert(definition.name).second) << definition.name << " is defined twice";
  for (const Op* op : host::all_ops())
    EXPECT_TRUE(defined.count(op->name) || has_own_test(op->name))
        << op->name << " has no file in tests/naive that registers it";
}

}  // namespace
}  // namespace inkling::naive
