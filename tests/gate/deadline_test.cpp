#include "plugin/gate/deadline.hpp"

#include <gtest/gtest.h>

namespace lockgate::gate {
namespace {

using namespace std::chrono;

UtcTime at(const char* text) { return *time_from_text(std::string(text) + ":00.000000Z"); }

Council council() {
  Council council;
  council.bank_holidays = {year(2026) / 12 / 25, year(2026) / 12 / 28};
  return council;
}

struct Case {
  const char* name;
  const char* opened;
  int days;
  const char* closes;
};

class ClosesAt : public testing::TestWithParam<Case> {};

INSTANTIATE_TEST_SUITE_P(
    Deadline, ClosesAt,
    testing::Values(Case{"NextDay", "2026-11-23T09:00", 1, "2026-11-24T17:00"},
                    Case{"OverAWeekend", "2026-11-26T09:00", 2, "2026-11-30T17:00"},
                    Case{"OpenedOnASaturday", "2026-11-28T09:00", 1, "2026-11-30T17:00"},
                    Case{"OverBankHolidays", "2026-12-24T09:00", 1, "2026-12-29T17:00"},
                    Case{"InSummerTime", "2026-07-01T09:00", 1, "2026-07-02T16:00"},
                    Case{"IntoSummerTime", "2026-03-27T12:00", 1, "2026-03-30T16:00"},
                    Case{"IntoWinterTime", "2026-10-23T09:00", 1, "2026-10-26T17:00"},
                    Case{"LateInTheEveningLocalDay", "2026-07-01T23:30", 1, "2026-07-03T16:00"}),
    [](const auto& about) { return about.param.name; });

TEST_P(ClosesAt, IsFiveInTheAfternoonOfTheWorkingDay) {
  EXPECT_EQ(to_text(*closes_at(at(GetParam().opened), GetParam().days, council())),
            to_text(at(GetParam().closes)));
}

TEST(Deadline, CountsTheWorkingDaysThatAreLeft) {
  EXPECT_EQ(*working_days_left(at("2026-11-23T09:00"), at("2026-11-23T17:00"), council()), 0);
  EXPECT_EQ(*working_days_left(at("2026-11-27T09:00"), at("2026-11-30T17:00"), council()), 1);
  EXPECT_EQ(*working_days_left(at("2026-12-24T09:00"), at("2026-12-29T17:00"), council()), 1);
  EXPECT_EQ(*working_days_left(at("2026-12-24T09:00"), at("2026-12-01T17:00"), council()), 0);
}

TEST(Deadline, ATimeZoneThatDoesNotExistIsNamed) {
  Council wrong = council();
  wrong.time_zone = "Europe/Camelot";
  const auto result = closes_at(at("2026-11-23T09:00"), 1, wrong);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::invalid);
  EXPECT_EQ(result.error().message, "there is no time zone `Europe/Camelot`");
}

}  // namespace
}  // namespace lockgate::gate
