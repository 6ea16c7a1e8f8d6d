#include "plugin/gate/referral.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lockgate::gate {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

UtcTime at(const char* text) { return *time_from_text(std::string(text) + ":00.000000Z"); }

class CountingRandom final : public Random {
 public:
  void fill(std::span<std::byte> bytes) override {
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(next_++);
  }

 private:
  int next_ = 0;
};

Council council() {
  using namespace std::chrono;
  return {.name = "Council",
          .time_zone = "Europe/London",
          .bank_holidays = {2026y / December / 25, 2026y / December / 28, 2027y / January / 1},
          .boards = {
              {.id = {"people"},
               .name = "People board",
               .quorum = 2,
               .deadline_days = 5,
               .seats = {{{"chair"}, "Chair", {"ann"}, {"Board chair"}, true, false},
                         {{"dpo"}, "Data", {"bo"}, {"Data Protection Officer"}, false, true},
                         {{"lay"}, "Lay member", {"cy"}, {}, false, false}}},
              {.id = {"money"},
               .name = "Money board",
               .quorum = 1,
               .deadline_days = 2,
               .seats = {{{"s151"}, "Finance", {"di"}, {"Section 151 Officer"}, false, false}}}}};
}

Check check(std::vector<std::pair<std::string, std::string>> refers) {
  Check check;
  check.verdict = Verdict::refer;
  for (auto& [rule, role] : refers) {
    Finding finding;
    finding.rule = rule;
    finding.outcome = Outcome::refer;
    finding.to = role;
    check.findings.push_back(finding);
  }
  return check;
}

TEST(Referral, GoesToTheBoardWhoseSeatAnswersForTheRole) {
  CountingRandom random;
  const std::vector<MemberId> own = {{"cy"}};
  const auto drafts =
      referrals(check({{"dp-01", "Data Protection Officer"}, {"dp-12", "Data Protection Officer"}}),
                council(), own, true, at("2026-11-23T09:00"), random);
  ASSERT_TRUE(drafts);
  ASSERT_EQ(drafts->size(), 1u);
  const BallotTerms& terms = drafts->front().terms;
  EXPECT_EQ(terms.board.text, "people");
  EXPECT_EQ(terms.quorum, 2);
  EXPECT_TRUE(terms.proposer_known);
  EXPECT_EQ(terms.closes_at, at("2026-11-30T17:00"));
  EXPECT_EQ(terms.extended_to, at("2026-12-07T17:00"));
  ASSERT_EQ(terms.seats.size(), 3u);
  EXPECT_TRUE(terms.seats[0].required);  // as configured
  EXPECT_TRUE(terms.seats[1].required);  // because its role is named
  EXPECT_THAT(terms.seats[1].rules, ElementsAre("dp-01", "dp-12"));
  EXPECT_FALSE(terms.seats[2].required);
  EXPECT_TRUE(terms.seats[2].own);
}

TEST(Referral, OpensOneBallotForEachBoardThatIsNamed) {
  CountingRandom random;
  const auto drafts = referrals(check({{"fp-01", "Section 151 Officer"}, {"sg-09", "Board chair"}}),
                                council(), {}, false, at("2026-11-23T09:00"), random);
  ASSERT_TRUE(drafts);
  ASSERT_EQ(drafts->size(), 2u);
  EXPECT_NE((*drafts)[0].id, (*drafts)[1].id);
  EXPECT_EQ((*drafts)[1].terms.board.text, "money");
}

TEST(Referral, ARoleThatNobodyAnswersForIsNeverDropped) {
  CountingRandom random;
  const auto drafts = referrals(check({{"x", "Traffic Manager"}}), council(), {}, true,
                                at("2026-11-23T09:00"), random);
  ASSERT_FALSE(drafts);
  EXPECT_EQ(drafts.error().code, Errc::internal);
  const std::vector<std::string> roles = {"Board chair", "Traffic Manager"};
  EXPECT_THAT(unmapped_roles(roles, council()), ElementsAre("Traffic Manager"));
}

}  // namespace
}  // namespace lockgate::gate
