// The sentences behind the numbers of boards: all of them are in the table, and no two have the same number.
#include "host/engine/reasons.h"

#include <map>
#include <set>

#include "inkling/core/status.h"
#include "tests/engine_test.h"

namespace inkling::host {
namespace {

// What the compiler makes of a sentence on a board.
constexpr uint32_t number_on_board() {
  return hash_reason<0>("the arena is too small (bytes)", 2166136261u);
}

TEST(Reasons, HaveTheNumbersThatBoardsGive) {
  EXPECT_EQ(reason_number("the arena is too small (bytes)"), number_on_board());
  EXPECT_EQ(reason_text(number_on_board()), "the arena is too small (bytes)");
}

TEST(Reasons, HaveDifferentNumbers) {
  std::map<uint16_t, std::string> sentences;
  EXPECT_GT(all_reasons.size, 200);
  for (const char* sentence : all_reasons) {
    const auto [other, is_new] = sentences.emplace(reason_number(sentence), sentence);
    EXPECT_TRUE(is_new) << "reword one of: " << other->second << " / " << sentence;
  }
}

TEST(Reasons, OfARefusalAreInTheTable) {
  const std::set<std::string> known(all_reasons.begin(), all_reasons.end());
  EXPECT_TRUE(known.count(Net({1, 2, 3})->failure().why.text));
  EXPECT_TRUE(
      known.count("operators that this program does not carry (got: how many; want: the first one's code)"));
  EXPECT_TRUE(known.count("the arena is too small even to plan in (bytes; at least)"));
}

TEST(Reasons, TakeTheirNumbersPlaceInWhatABoardPrints) {
  const std::string number = std::to_string(number_on_board());
  EXPECT_EQ(with_reasons("error: status 6, reason " + number + ", got 1\nno reason at all, reason 77777\n"),
            "error: status 6, the arena is too small (bytes), got 1\nno reason at all, reason 77777\n");
  EXPECT_EQ(with_reasons(""), "");
}

}  // namespace
}  // namespace inkling::host
