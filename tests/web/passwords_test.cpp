#include "plugin/web/passwords.hpp"

#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <sodium.h>

namespace lockgate::web {
namespace {

struct Case {
  const char* name;
  std::string password;
  bool taken;
};
class NewPassword : public ::testing::TestWithParam<Case> {};
TEST_P(NewPassword, IsTakenOrNot) {
  EXPECT_EQ(!refusal_of(GetParam().password, "ann.brook").has_value(), GetParam().taken);
}
std::string repeated(const char* text, int times) {
  std::string all;
  for (int time = 0; time < times; ++time) all += text;
  return all;
}
INSTANTIATE_TEST_SUITE_P(
    All, NewPassword,
    ::testing::Values(Case{"Empty", "", false}, Case{"SevenCharacters", "kTw93vq", false},
                      Case{"EightCharacters", "kTw93vqz", true},
                      Case{"SevenCharactersInFourteenBytes", repeated("é", 6) + "ü", false},
                      Case{"EightCharactersInSixteenBytes", "éüäöñçßø", true},
                      Case{"Longest", repeated("abz ", 32), true},
                      Case{"TooLong", repeated("abz ", 32) + "k", false},
                      Case{"LongestInManyBytes", repeated("éaü ", 32), true},
                      Case{"ThreeWords", "narrow boat, early morning", true},
                      Case{"NoCapitalsOrDigitsNeeded", "kettle violin harbour", true},
                      Case{"Common", "password", false},
                      Case{"CommonInCapitals", "PASSWORD", false},
                      Case{"CommonWithDigits", "Liverpool2024!", false},
                      Case{"CommonWithDigitsBefore", "123qwerty", false},
                      Case{"Digits", "123456789", false}, Case{"OneCharacter", "aaaaaaaaaa", false},
                      Case{"TwoCharacters", "abababab", false}, Case{"Upwards", "cdefghijk", false},
                      Case{"Downwards", "98765432", false}, Case{"TheLogin", "ann.brook", false},
                      Case{"TheLoginWithDigits", "Ann.Brook2026", false},
                      Case{"ACommonWordAmongOthers", "password of the canal", true}),
    [](const auto& each) { return each.param.name; });

TEST(Passwords, AreRightOnlyForTheirOwnHash) {
  Passwords passwords;
  const std::string encoded = *passwords.hash("narrow boat");
  EXPECT_TRUE(*passwords.is_right(encoded, "narrow boat"));
  EXPECT_FALSE(*passwords.is_right(encoded, "narrow boat "));
  EXPECT_FALSE(*passwords.is_right(encoded, ""));
  EXPECT_NE(encoded, *passwords.hash("narrow boat"));
  EXPECT_EQ(crypto_pwhash_str_needs_rehash(encoded.c_str(), 2, 19U << 20), 0);
}

TEST(Passwords, NobodysTakesTheSameWorkAndIsNeverRight) {
  Passwords passwords;
  const auto time_of = [&](const std::string& encoded) {
    auto least = std::chrono::steady_clock::duration::max();
    for (int time = 0; time < 5; ++time) {
      const auto start = std::chrono::steady_clock::now();
      EXPECT_FALSE(*passwords.is_right(encoded, "wrong"));
      least = std::min(least, std::chrono::steady_clock::now() - start);
    }
    return std::chrono::duration<double, std::milli>(least).count();
  };
  const double known = time_of(*passwords.hash("right"));
  const double nobody = time_of("");
  EXPECT_GT(nobody, known * 0.5);
  EXPECT_LT(nobody, known * 2);
}

TEST(Passwords, MoreThanAreAllowedToWaitAreSentAwayAndTheOthersServed) {
  Passwords passwords({.at_once = 1, .waiting = 1});
  std::vector<std::thread> threads;
  std::atomic<int> served = 0;
  std::atomic<int> sent_away = 0;
  std::atomic<bool> go = false;
  for (int thread = 0; thread < 12; ++thread) {
    threads.emplace_back([&] {
      while (!go) std::this_thread::yield();
      const auto right = passwords.is_right("", "guess");
      if (right) {
        ++served;
      } else {
        EXPECT_EQ(right.error().code, Errc::unavailable);
        ++sent_away;
      }
    });
  }
  go = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_GE(served, 2);
  EXPECT_EQ(served + sent_away, 12);
  EXPECT_TRUE(passwords.is_right("", "guess").has_value());
}

}  // namespace
}  // namespace lockgate::web
