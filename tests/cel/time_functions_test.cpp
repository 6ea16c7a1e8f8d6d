// The clock of a place: zones by name come from the system's tz data.

#include "tests/cel/yields.hpp"

namespace lockgate::cel {
namespace {

TEST(TimeZones, FollowTheClockOfThePlace) {
  constexpr Yields cases[] = {
      {"timestamp('2026-01-15T12:00:00Z').getHours('Europe/London')", "12"},
      {"timestamp('2026-07-15T12:00:00Z').getHours('Europe/London')", "13"},
      {"timestamp('2026-03-29T00:59:59Z').getHours('Europe/London')", "0"},
      {"timestamp('2026-03-29T01:00:00Z').getHours('Europe/London')", "2"},
      {"timestamp('2026-10-25T00:59:59Z').getHours('Europe/London')", "1"},
      {"timestamp('2026-10-25T01:00:00Z').getHours('Europe/London')", "1"},
      {"timestamp('2026-10-25T02:00:00Z').getHours('Europe/London')", "2"},
      // Summer time all through the winter.
      {"timestamp('1970-01-01T00:00:00Z').getHours('Europe/London')", "1"},
      {"timestamp('2026-06-30T23:30:00Z').getDate('Europe/London')", "1"},
      {"timestamp('2026-06-30T23:30:00Z').getMonth('Europe/London')", "6"},
      {"timestamp('2026-06-30T23:30:00Z').getDayOfMonth('Europe/London')", "0"},
      {"timestamp('2026-06-30T23:30:00Z').getDayOfWeek('Europe/London')", "3"},
      {"timestamp('2026-12-31T18:30:00Z').getFullYear('Asia/Kathmandu')", "2027"},
      {"timestamp('2026-12-31T18:30:00Z').getDayOfYear('Asia/Kathmandu')", "0"},
      {"timestamp('2026-12-31T18:30:00Z').getMinutes('Asia/Kathmandu')", "15"},
      {"timestamp('2026-01-01T00:00:00Z').getMinutes('America/St_Johns')", "30"},
      {"timestamp('2026-01-01T00:00:00Z').getHours('Australia/Sydney')", "11"},
      {"timestamp('2026-07-01T00:00:00Z').getHours('Australia/Sydney')", "10"},
      {"timestamp('2026-07-01T00:00:00Z').getHours('Etc/GMT+5')", "19"},
      {"timestamp('2026-07-01T00:00:00Z').getHours('UTC')", "0"},
      {"timestamp('2026-07-01T00:00:07.25Z').getSeconds('Europe/London')", "7"},
      {"timestamp('2026-07-01T00:00:07.25Z').getMilliseconds('Europe/London')", "250"},
      {"timestamp('9999-12-31T23:30:00Z').getFullYear('Pacific/Auckland')", "10000"},
      {"timestamp('0001-01-01T00:00:00Z').getFullYear('-00:01')", "0"},
      {"timestamp('2026-07-01T00:00:00Z').getHours('+23:59')", "23"},
      {"timestamp('2026-07-01T00:00:00Z').getHours('02:00')", "2"},
  };
  expect_all(cases);
}

TEST(TimeZones, AreRefusedIfThereIsNoSuchPlace) {
  for (const char* zone : {"Europe/Londn",
                           "europe/london",
                           "Europe",
                           "London",
                           " Europe/London",
                           "Europe/London ",
                           "Europe/London\\u0000",
                           "/Europe/London",
                           "../Europe/London",
                           "../../../etc/passwd",
                           "/etc/localtime",
                           "+24:00",
                           "+1:00",
                           "+01:60",
                           "+01",
                           "+0100",
                           "+-1:00",
                           "++1:00",
                           "BST",
                           "Mars/Olympus_Mons"}) {
    EXPECT_EQ(text_of("timestamp(0).getHours('" + std::string(zone) + "')"),
              "error: no such time zone")
        << zone;
  }
  EXPECT_EQ(text_of("timestamp(0).getHours('" + std::string(3000, 'x') + "')"),
            "error: no such time zone");
  EXPECT_EQ(text_of("timestamp(0).getHours(1)"),
            "mistake: `getHours` does not take a date and time and a whole number");
  EXPECT_EQ(text_of("duration('1h').getHours(dyn('UTC'))"),
            "mistake: `getHours` does not take a length of time and anything");
}

}  // namespace
}  // namespace lockgate::cel
