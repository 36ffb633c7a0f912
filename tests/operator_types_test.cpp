// Every type that an operator's prepare takes is among the cases that are drawn of it, so that no kernel runs
// that nobody has tried, and the page of the operators names them all.
#include "tests/operator_types.h"

namespace inkling::naive {
namespace {

class OperatorTypes : public testing::TestWithParam<Definition> {};

TEST_P(OperatorTypes, ThatPrepareTakesAreDrawn) {
  const std::map<Signature, Case> drawn = drawn_signatures(GetParam());
  for (const Signature& signature : further_signatures(GetParam(), drawn))
    ADD_FAILURE() << text(signature) << " is taken, but not drawn";
}

INSTANTIATE_TEST_SUITE_P(All, OperatorTypes, testing::ValuesIn(definitions()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace inkling::naive
