#include <gtest/gtest.h>

#include "lockgate/adapter.hpp"
#include "lockgate/event.hpp"

namespace lockgate {
namespace {

TEST(Words, GoThereAndBack) {
  for (const Gate gate : {Gate::submit, Gate::decide, Gate::run, Gate::close}) {
    EXPECT_EQ(gate_from_text(to_text(gate)), gate);
  }
  for (const Verdict verdict : {Verdict::approve, Verdict::approve_with_conditions, Verdict::refer,
                                Verdict::ask_for_info, Verdict::block}) {
    EXPECT_EQ(verdict_from_text(to_text(verdict)), verdict);
  }
  EXPECT_FALSE(outcome_from_text("blok"));
  EXPECT_LT(Outcome::refer, Outcome::ask);
  EXPECT_LT(Outcome::ask, Outcome::block);
}

TEST(Words, DisplayNumbersHaveAtLeastFourDigits) {
  EXPECT_EQ(display_number(7), "PR-0007");
  EXPECT_EQ(display_number(12345), "PR-12345");
  EXPECT_EQ(number_from_display("PR-0231"), 231);
  for (const char* bad : {"PR-231", "PR-00231", "pr-0231", "PR-02x1", "0231", "PR-", ""}) {
    EXPECT_FALSE(number_from_display(bad)) << bad;
  }
}

TEST(Time, IsTextOfFixedWidthThatGoesThereAndBack) {
  for (const char* text : {"2026-11-23T09:00:00.000000Z", "0001-01-01T00:00:00.000000Z",
                           "9999-12-31T23:59:59.999999Z", "2024-02-29T12:34:56.000001Z"}) {
    const auto time = time_from_text(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(to_text(*time), text);
  }
  for (const char* bad : {"2026-11-23T09:00:00Z", "2025-02-29T12:34:56.000001Z",
                          "2026-13-01T00:00:00.000000Z", "2026-11-23 09:00:00.000000Z",
                          "2026-11-23T24:00:00.000000Z", "0000-01-01T00:00:00.000000Z"}) {
    EXPECT_FALSE(time_from_text(bad)) << bad;
  }
}

class CountingRandom final : public Random {
 public:
  void fill(std::span<std::byte> bytes) override {
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(next_ += 37);
  }

 private:
  int next_ = 0;
};

TEST(Ids, AreAPrefixAndTwentySixCharacters) {
  CountingRandom random;
  const std::string one = new_id("chk", random);
  EXPECT_EQ(one.size(), 4u + 26u);
  EXPECT_TRUE(one.starts_with("chk_"));
  EXPECT_NE(one, new_id("chk", random));
}

TEST(Headers, AFieldThatStandsTwiceIsNoField) {
  const Headers headers = {{"Webhook-Id", "a"}, {"X", "1"}, {"x", "2"}};
  EXPECT_EQ(only_header(headers, "webhook-id"), "a");
  EXPECT_FALSE(only_header(headers, "X"));
  EXPECT_FALSE(only_header(headers, "missing"));
}

}  // namespace
}  // namespace lockgate
