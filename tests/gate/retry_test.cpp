#include "plugin/gate/retry.hpp"

#include <gtest/gtest.h>

namespace lockgate::gate {
namespace {

using namespace std::chrono_literals;

const UtcTime kAt = *time_from_text("2026-11-23T09:00:00.000000Z");
constexpr double kMiddle = 0.5;

TEST(Retry, O63_FollowsTheScheduleOfStandardWebhooks) {
  const std::vector<std::chrono::seconds> expected{5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const Again again = next_attempt(static_cast<int>(i), 500, "", kMiddle, kAt, {});
    EXPECT_EQ(again.conclude, Conclude::again);
    EXPECT_EQ(again.next, kAt + expected[i]) << i;
  }
  EXPECT_EQ(next_attempt(9, 500, "", kMiddle, kAt, {}).conclude, Conclude::dead);
}

TEST(Retry, JitterSpreadsTheWaitByATenthEitherWay) {
  EXPECT_EQ(next_attempt(1, 500, "", 0.0, kAt, {}).next, kAt + 270s);
  EXPECT_GT(next_attempt(1, 500, "", 0.999, kAt, {}).next, kAt + 329s);
  EXPECT_LT(next_attempt(1, 500, "", 0.999, kAt, {}).next, kAt + 330s);
}

TEST(Retry, O63_WhatAnAnswerMeans) {
  for (const int status : {200, 201, 202, 204, 299}) {
    EXPECT_EQ(next_attempt(0, status, "", kMiddle, kAt, {}).conclude, Conclude::delivered)
        << status;
  }
  for (const int status : {0, 101, 300, 301, 302, 307, 308, 400, 401, 404, 409, 429, 500, 503}) {
    EXPECT_EQ(next_attempt(0, status, "", kMiddle, kAt, {}).conclude, Conclude::again) << status;
  }
  EXPECT_EQ(next_attempt(0, 410, "", kMiddle, kAt, {}).conclude, Conclude::dead);
}

TEST(Retry, O63_RetryAfterIsHonouredOn429And503ForADayAtMost) {
  const auto next = [](int status, std::string_view field) {
    return next_attempt(0, status, field, kMiddle, kAt, {}).next - kAt;
  };
  EXPECT_EQ(next(429, "120"), 120s);
  EXPECT_EQ(next(503, "120"), 120s);
  EXPECT_EQ(next(500, "120"), 5s);
  EXPECT_EQ(next(503, "1"), 5s);  // never sooner than the schedule
  EXPECT_EQ(next(503, "99999999999999999999"), 5s);
  EXPECT_EQ(next(503, "1000000"), 24h);
  EXPECT_EQ(next(503, "Mon, 23 Nov 2026 09:10:00 GMT"), 10min);
  EXPECT_EQ(next(503, "Mon, 23 Nov 2020 09:10:00 GMT"), 5s);
  EXPECT_EQ(next(503, "Sat, 23 Nov 2999 09:10:00 GMT"), 24h);
  for (const char* nonsense : {"soon", "-5", "12s", "", "Mon, 31 Feb 2026 09:10:00 GMT"}) {
    EXPECT_EQ(next(503, nonsense), 5s) << nonsense;
  }
}

TEST(Retry, ASourcesOwnWaitsReplaceTheStandardOnes) {
  const std::vector<std::chrono::seconds> own{1s, 2s};
  EXPECT_EQ(next_attempt(1, 500, "", kMiddle, kAt, own).next, kAt + 2s);
  EXPECT_EQ(next_attempt(2, 500, "", kMiddle, kAt, own).conclude, Conclude::dead);
}

}  // namespace
}  // namespace lockgate::gate
