#include "plugin/gate/referral.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/gate/deadline.hpp"
#include "plugin/gate/retry.hpp"

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

struct DeadlineCase {
  const char* name;
  const char* opened;
  int days;
  const char* closes;
};

class Deadline : public ::testing::TestWithParam<DeadlineCase> {};

TEST_P(Deadline, IsFiveInTheAfternoonOfTheNthWorkingDay) {
  const DeadlineCase& each = GetParam();
  EXPECT_EQ(closes_at(at(each.opened), each.days, council()).value(), at(each.closes));
}

INSTANTIATE_TEST_SUITE_P(
    Table, Deadline,
    ::testing::Values(DeadlineCase{"next_day", "2026-11-23T09:00", 1, "2026-11-24T17:00"},
                      DeadlineCase{"over_a_weekend", "2026-11-20T09:00", 1, "2026-11-23T17:00"},
                      DeadlineCase{"opened_on_a_sunday", "2026-11-22T09:00", 1, "2026-11-23T17:00"},
                      DeadlineCase{"over_christmas", "2026-12-24T09:00", 1, "2026-12-29T17:00"},
                      DeadlineCase{"into_summer_time", "2026-03-27T12:00", 1, "2026-03-30T16:00"},
                      DeadlineCase{"out_of_summer_time", "2026-10-23T12:00", 1, "2026-10-26T17:00"},
                      DeadlineCase{"late_evening_is_the_next_local_day", "2026-06-29T23:30", 1,
                                   "2026-07-01T16:00"}),
    [](const auto& each) { return each.param.name; });

TEST(DeadlineZone, AnUnknownTimeZoneIsAnError) {
  Council nowhere = council();
  nowhere.time_zone = "Europe/Nowhere";
  EXPECT_EQ(closes_at(at("2026-11-23T09:00"), 1, nowhere).error().code, Errc::invalid);
}

TEST(DeadlineLeft, CountsWorkingDaysAlone) {
  EXPECT_EQ(working_days_left(at("2026-12-24T09:00"), at("2026-12-29T17:00"), council()).value(),
            1);
  EXPECT_EQ(working_days_left(at("2026-11-23T09:00"), at("2026-11-23T17:00"), council()).value(),
            0);
  EXPECT_EQ(working_days_left(at("2026-11-25T09:00"), at("2026-11-23T17:00"), council()).value(),
            0);
}

TEST(Retry, O63_FollowsTheScheduleToItsEnd) {
  const UtcTime now = at("2026-11-23T09:00");
  const std::vector<std::chrono::seconds> expected = {5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    for (const int status : {0, 301, 404, 500, 503}) {
      const Again again = next_attempt(static_cast<int>(i), status, "", 0.5, now, {});
      EXPECT_EQ(again.conclude, Conclude::again);
      EXPECT_EQ(again.next, now + expected[i]) << i << ' ' << status;
    }
    EXPECT_EQ(next_attempt(static_cast<int>(i), 500, "", 0.0, now, {}).next,
              now + std::chrono::microseconds(expected[i]) * 9 / 10);
  }
  EXPECT_EQ(next_attempt(9, 500, "", 0.5, now, {}).conclude, Conclude::dead);
}

TEST(Retry, O63_HonoursRetryAfterStopsAt410AndEndsAt2xx) {
  const UtcTime now = at("2026-11-23T09:00");
  EXPECT_EQ(next_attempt(0, 429, "120", 0.5, now, {}).next, now + 120s);
  EXPECT_EQ(next_attempt(0, 503, "1", 0.5, now, {}).next, now + 5s);
  EXPECT_EQ(next_attempt(0, 500, "120", 0.5, now, {}).next, now + 5s);
  EXPECT_EQ(next_attempt(0, 429, "99999999999", 0.5, now, {}).next, now + 24h);
  EXPECT_EQ(next_attempt(0, 429, "soon", 0.5, now, {}).next, now + 5s);
  EXPECT_EQ(next_attempt(0, 410, "", 0.5, now, {}).conclude, Conclude::dead);
  EXPECT_EQ(next_attempt(0, 200, "", 0.5, now, {}).conclude, Conclude::delivered);
  EXPECT_EQ(next_attempt(0, 204, "", 0.5, now, {}).conclude, Conclude::delivered);
}

TEST(Retry, ASourceMayHaveItsOwnWaits) {
  const UtcTime now = at("2026-11-23T09:00");
  const std::vector<std::chrono::seconds> waits = {1s};
  EXPECT_EQ(next_attempt(0, 500, "", 0.5, now, waits).next, now + 1s);
  EXPECT_EQ(next_attempt(1, 500, "", 0.5, now, waits).conclude, Conclude::dead);
}

}  // namespace
}  // namespace lockgate::gate
