#include "plugin/web/throttle.hpp"

#include <gtest/gtest.h>

namespace lockgate::web {
namespace {

using std::chrono::seconds;

const UtcTime kStart{};

TEST(Throttle, TriesComeBackOneByOne) {
  Throttle throttle({.tries = 2, .each = seconds(10)});
  EXPECT_EQ(throttle.take("a", kStart), std::nullopt);
  EXPECT_EQ(throttle.take("a", kStart), std::nullopt);
  EXPECT_EQ(throttle.take("a", kStart), seconds(10));
  EXPECT_EQ(throttle.take("a", kStart + seconds(4)), seconds(6));
  EXPECT_EQ(throttle.take("a", kStart + seconds(10)), std::nullopt);
  EXPECT_EQ(throttle.take("a", kStart + seconds(10)), seconds(10));
}

TEST(Throttle, ADayOfNothingBringsNoMoreThanAllTries) {
  Throttle throttle({.tries = 2, .each = seconds(10)});
  throttle.take("a", kStart);
  const UtcTime later = kStart + std::chrono::hours(24);
  EXPECT_EQ(throttle.take("a", later), std::nullopt);
  EXPECT_EQ(throttle.take("a", later), std::nullopt);
  EXPECT_NE(throttle.take("a", later), std::nullopt);
}

TEST(Throttle, KeysDoNotShareTries) {
  Throttle throttle({.tries = 1, .each = seconds(10)});
  EXPECT_EQ(throttle.take("a", kStart), std::nullopt);
  EXPECT_EQ(throttle.take("b", kStart), std::nullopt);
  EXPECT_NE(throttle.take("a", kStart), std::nullopt);
}

TEST(Throttle, WhatIsGivenBackCanBeTakenAgain) {
  Throttle throttle({.tries = 1, .each = seconds(10)});
  throttle.take("a", kStart);
  throttle.give_back("a");
  throttle.give_back("a");
  throttle.give_back("never seen");
  EXPECT_EQ(throttle.take("a", kStart), std::nullopt);
  EXPECT_NE(throttle.take("a", kStart), std::nullopt);
}

TEST(Throttle, AClockSetBackNeitherGivesNorKeepsTries) {
  Throttle throttle({.tries = 1, .each = seconds(10)});
  throttle.take("a", kStart + seconds(100));
  EXPECT_EQ(throttle.take("a", kStart), seconds(10));
  EXPECT_EQ(throttle.take("a", kStart + seconds(10)), std::nullopt);
}

TEST(Throttle, ForgetsTheKeysNotUsedForLongestWhenThereAreTooMany) {
  Throttle throttle({.tries = 1, .each = seconds(10)}, 3);
  throttle.take("watched", kStart);
  for (int other = 0; other < 100; ++other) {
    throttle.take("other" + std::to_string(other), kStart);
    EXPECT_NE(throttle.take("watched", kStart), std::nullopt);
  }
  EXPECT_EQ(throttle.take("other1", kStart), std::nullopt);
}

}  // namespace
}  // namespace lockgate::web
