#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/web/login_site.hpp"

namespace lockgate::web {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;

constexpr unsigned kShown = 200;
constexpr unsigned kSentToSignIn = 303;

TEST(Session, O81_EndsAtOnceWhenItIsSignedOut) {
  LoginSite site;
  Browser browser = signed_in_as_ann(site);
  Browser copy(site);
  copy.cookie = browser.cookie;
  const std::string token = browser.csrf();
  const net::Response out = browser.post("/sign-out", {{"csrf", token}});
  EXPECT_EQ(out.status, 303U);
  EXPECT_EQ(header_of(out, "Location"), "/sign-in");
  EXPECT_TRUE(browser.cookie.empty());
  EXPECT_EQ(copy.get("/tasks").status, kSentToSignIn);
  EXPECT_EQ(copy.post("/act", {{"csrf", token}}).status, 403U);
  EXPECT_EQ(site.acted, 0);
}

TEST(Session, SigningOutNeedsTheToken) {
  LoginSite site;
  Browser browser = signed_in_as_ann(site);
  EXPECT_EQ(browser.post("/sign-out", {}).status, 403U);
  EXPECT_EQ(browser.get("/sign-out").status, 405U);
  EXPECT_EQ(browser.get("/tasks").status, kShown);
}

TEST(Session, O81_EndsAfterHalfAnHourOfNothing) {
  LoginSite site;
  Browser browser = signed_in_as_ann(site);
  site.clock.at += minutes(30) - seconds(1);
  EXPECT_EQ(browser.get("/tasks").status, kShown);
  site.clock.at += minutes(30);
  EXPECT_EQ(browser.get("/tasks").status, kSentToSignIn);
  // And not only while it idles: the clock does not bring it back.
  site.clock.at -= minutes(30);
  EXPECT_EQ(browser.get("/tasks").status, kSentToSignIn);
}

TEST(Session, O81_EndsAfterEightHoursHoweverBusy) {
  LoginSite site;
  Browser browser = signed_in_as_ann(site);
  for (int step = 0; step < 23; ++step) {
    site.clock.at += minutes(20);
    EXPECT_EQ(browser.get("/tasks").status, kShown) << step;
  }
  site.clock.at += minutes(20) - seconds(1);
  EXPECT_EQ(browser.get("/tasks").status, kShown);
  site.clock.at += seconds(1);
  EXPECT_EQ(browser.get("/tasks").status, kSentToSignIn);
}

TEST(Session, O81_FollowsItsMemberAtOnce) {
  LoginSite site;
  Browser browser = signed_in_as_ann(site);
  site.save(*site.database->member({"ann.brook"}), "Ann Brook-Hill");
  EXPECT_THAT(browser.get("/tasks").body, HasSubstr("Ann Brook-Hill"));
}

struct Forged {
  const char* name;
  const char* cookie;
};
class SessionForged : public ::testing::TestWithParam<Forged> {};
TEST_P(SessionForged, IsNobodys) {
  LoginSite site;
  signed_in_as_ann(site);
  Browser browser(site);
  browser.cookie = GetParam().cookie;
  EXPECT_EQ(browser.get("/tasks").status, kSentToSignIn);
  EXPECT_EQ(browser.post("/act", {{"csrf", ""}}).status, 403U);
  EXPECT_EQ(site.acted, 0);
}
INSTANTIATE_TEST_SUITE_P(
    All, SessionForged,
    ::testing::Values(Forged{"None", ""}, Forged{"Empty", "__Host-lockgate="},
                      Forged{"MadeUp", "__Host-lockgate=AAAAAAAAAAAAAAAAAAAAAA"},
                      Forged{"NoValue", "__Host-lockgate"}, Forged{"OtherName", "lockgate=x"},
                      Forged{"Injection", "__Host-lockgate=' OR 1=1 --           "}),
    [](const auto& each) { return each.param.name; });

TEST(Guard, AFormWithTheSessionsTokenIsCarriedOut) {
  LoginSite site;
  Browser browser = signed_in_as_ann(site);
  EXPECT_EQ(browser.post("/act", {{"csrf", browser.csrf()}}).status, 303U);
  EXPECT_EQ(site.acted, 1);
}

struct Attack {
  const char* name;
  bool with_token = true;
  Headers headers = {};
};
class GuardAttacked : public ::testing::TestWithParam<Attack> {};
TEST_P(GuardAttacked, O82_ChangesNothing) {
  LoginSite site;
  Browser browser = signed_in_as_ann(site);
  const Attack& attack = GetParam();
  const Fields fields = attack.with_token ? Fields{{"csrf", browser.csrf()}} : Fields{};
  EXPECT_EQ(browser.post("/act", fields, attack.headers).status, 403U);
  EXPECT_EQ(site.acted, 0);
}
INSTANTIATE_TEST_SUITE_P(
    All, GuardAttacked,
    ::testing::Values(
        Attack{"WithoutToken", false},
        Attack{"FromAnotherOrigin", true, {{"Origin", "https://evil.example"}}},
        Attack{"FromNoOrigin", true, {{"Origin", "null"}}},
        Attack{"FromTwoOrigins",
               true,
               {{"Origin", "https://evil.example"}, {"Origin", "https://lockgate.example.gov.uk"}}},
        Attack{"FromAnotherPort", true, {{"Origin", "https://lockgate.example.gov.uk:8443"}}},
        Attack{"FromAnotherSite", true, {{"Sec-Fetch-Site", "cross-site"}}},
        Attack{"FromASiteBeside", true, {{"sec-fetch-site", "same-site"}}}),
    [](const auto& each) { return each.param.name; });

TEST(Guard, O82_TheTokenOfAnotherSessionIsWrong) {
  LoginSite site;
  Browser ann = signed_in_as_ann(site);
  Browser bo(site);
  const std::string link = site.add("bo.reed", "Bo Reed");
  bo.post(link, {{"password", kPassword}, {"again", kPassword}});
  bo.sign_in("bo.reed", kPassword);
  EXPECT_EQ(ann.post("/act", {{"csrf", bo.csrf()}}).status, 403U);
  EXPECT_EQ(site.acted, 0);
}

TEST(Guard, O82_WhatIsNoFormIsRefused) {
  LoginSite site;
  Browser browser = signed_in_as_ann(site);
  const std::string body = "csrf=" + browser.csrf();
  for (const char* type : {"text/plain", "application/json", "multipart/form-data; boundary=x"}) {
    EXPECT_EQ(browser.send("POST", "/act", body, {{"Content-Type", type}}).status, 403U) << type;
  }
  EXPECT_EQ(browser.send("POST", "/act", body, {}).status, 403U);
  EXPECT_EQ(site.acted, 0);
}

TEST(Guard, LetsTheBrowsersOwnWordsThrough) {
  LoginSite site;
  Browser browser = signed_in_as_ann(site);
  const Headers own{{"Sec-Fetch-Site", "same-origin"},
                    {"Origin", "https://lockgate.example.gov.uk"}};
  EXPECT_EQ(browser.post("/act", {{"csrf", browser.csrf()}}, own).status, 303U);
  EXPECT_EQ(browser
                .send("POST", "/act", "csrf=" + browser.csrf(),
                      {{"Content-Type", "Application/X-WWW-Form-Urlencoded; charset=UTF-8"}})
                .status,
            303U);
}

}  // namespace
}  // namespace lockgate::web
