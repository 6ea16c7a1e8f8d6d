#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/record/digest.hpp"
#include "tests/web/login_site.hpp"

namespace lockgate::web {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kWrong = "do not match";

TEST(SetPassword, LookingAtTheLinkDoesNotUseItUp) {
  LoginSite site;
  Browser browser(site);
  const std::string link = site.add("ann.brook", "Ann Brook");
  for (int look = 0; look < 3; ++look) {
    const net::Response page = browser.get(link);
    EXPECT_EQ(page.status, 200U);
    EXPECT_THAT(page.body, HasSubstr("ann.brook"));
    EXPECT_EQ(header_of(page, "Cache-Control"), "no-store");
  }
  EXPECT_EQ(browser.post(link, {{"password", kPassword}, {"again", kPassword}}).status, 303U);
}

TEST(SetPassword, ALinkWorksOnce) {
  LoginSite site;
  Browser browser(site);
  const std::string link = site.add("ann.brook", "Ann Brook");
  EXPECT_EQ(browser.post(link, {{"password", kPassword}, {"again", kPassword}}).status, 303U);
  EXPECT_EQ(browser.get(link).status, 404U);
  EXPECT_EQ(
      browser.post(link, {{"password", "another one, later"}, {"again", "another one, later"}})
          .status,
      404U);
  EXPECT_EQ(browser.sign_in("ann.brook", kPassword).status, 303U);
}

TEST(SetPassword, ALinkWorksForSevenDays) {
  LoginSite site;
  Browser browser(site);
  const std::string link = site.add("ann.brook", "Ann Brook");
  site.clock.at += hours(7 * 24);
  EXPECT_EQ(browser.get(link).status, 200U);
  site.clock.at += seconds(1);
  EXPECT_EQ(browser.get(link).status, 404U);
  EXPECT_EQ(browser.post(link, {{"password", kPassword}, {"again", kPassword}}).status, 404U);
}

TEST(SetPassword, AMistakeKeepsTheLink) {
  LoginSite site;
  Browser browser(site);
  const std::string link = site.add("ann.brook", "Ann Brook");
  const auto refused = [&](const char* one, const char* other, const char* why) {
    const net::Response page = browser.post(link, {{"password", one}, {"again", other}});
    EXPECT_EQ(page.status, 422U);
    EXPECT_THAT(page.body, HasSubstr("<title>Error: "));
    EXPECT_THAT(page.body, HasSubstr(why));
    EXPECT_THAT(page.body, Not(HasSubstr(kPassword)));
  };
  refused("", "", "Enter a password");
  refused("short", "short", "8 characters");
  refused("Password123!", "Password123!", "harder to guess");
  refused(kPassword, "something else", "same password twice");
  EXPECT_EQ(browser.post(link, {{"password", kPassword}, {"again", kPassword}}).status, 303U);
}

TEST(SetPassword, KeepsThePasswordAsArgon2idWithNineteenMebibytes) {
  LoginSite site;
  signed_in_as_ann(site);
  EXPECT_THAT(site.database->member({"ann.brook"})->password,
              ::testing::StartsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
}

TEST(SetPassword, O81_EndsEverySessionOfTheMember) {
  LoginSite site;
  Browser browser = signed_in_as_ann(site);
  const std::string link =
      "/set-password/" + *make_link(*site.database, site.clock, site.random, {"ann.brook"});
  EXPECT_EQ(browser.get("/tasks").status, 200U);
  Browser elsewhere(site);
  elsewhere.post(link, {{"password", "another one, later"}, {"again", "another one, later"}});
  EXPECT_EQ(browser.get("/tasks").status, 303U);
}

TEST(SignIn, OpensASessionOfWhichOnlyTheHashIsStored) {
  LoginSite site;
  Browser browser = signed_in_as_ann(site);
  const std::string value = browser.cookie.substr(browser.cookie.find('=') + 1);
  EXPECT_EQ(value.size(), 22U);
  EXPECT_TRUE(site.database->session(record::sha256_hex(value)).has_value());
  EXPECT_FALSE(site.database->session(value).has_value());
  EXPECT_THAT(browser.get("/tasks").body, HasSubstr("Hello Ann Brook"));
}

TEST(SignIn, TheCookieIsOutOfReachOfScriptsAndOtherSites) {
  LoginSite site;
  signed_in_as_ann(site);
  Browser browser(site);
  EXPECT_THAT(header_of(browser.sign_in("ann.brook", kPassword), "Set-Cookie"),
              ::testing::MatchesRegex("__Host-lockgate=[A-Za-z0-9_-]+; Path=/; HttpOnly; "
                                      "SameSite=Lax; Secure"));
}

TEST(SignIn, OnLoopbackTheCookieHasAPlainName) {
  LoginSite site("http://127.0.0.1:8080");
  Browser browser = signed_in_as_ann(site);
  EXPECT_THAT(browser.cookie, ::testing::StartsWith("lockgate="));
  EXPECT_EQ(browser.get("/tasks").status, 200U);
}

TEST(SignIn, O81_GivesANewSessionEachTimeAndEndsTheOneBefore) {
  LoginSite site;
  Browser browser = signed_in_as_ann(site);
  Browser before(site);
  before.cookie = browser.cookie;
  const std::string token = browser.csrf();
  EXPECT_EQ(browser.sign_in("ann.brook", kPassword).status, 303U);
  EXPECT_NE(browser.cookie, before.cookie);
  EXPECT_NE(browser.csrf(), token);
  EXPECT_EQ(before.get("/tasks").status, 303U);
}

TEST(SignIn, O81_DoesNotTakeASessionThatWasMadeUpBefore) {
  LoginSite site;
  signed_in_as_ann(site);
  Browser victim(site);
  const std::string fixed = "__Host-lockgate=AAAAAAAAAAAAAAAAAAAAAA";
  victim.cookie = fixed;
  EXPECT_EQ(victim.get("/tasks").status, 303U);
  victim.sign_in("ann.brook", kPassword);
  EXPECT_NE(victim.cookie, fixed);
  Browser attacker(site);
  attacker.cookie = fixed;
  EXPECT_EQ(attacker.get("/tasks").status, 303U);
}

TEST(SignIn, O83_SaysTheSameOfAnUnknownLoginAWrongPasswordAndNoPasswordYet) {
  LoginSite site;
  signed_in_as_ann(site);
  site.add("bo.new", "Bo New");
  Browser browser(site);
  std::vector<std::string> pages;
  for (const std::string login : {"ann.brook", "bo.new", "nobody.here"}) {
    const net::Response page = browser.sign_in(login, "wrong, wrong, wrong");
    EXPECT_EQ(page.status, 403U);
    EXPECT_THAT(page.body, HasSubstr(kWrong));
    std::string text = page.body;
    text.replace(text.find(login), login.size(), "LOGIN");
    pages.push_back(text);
  }
  EXPECT_EQ(pages[0], pages[1]);
  EXPECT_EQ(pages[0], pages[2]);
  EXPECT_EQ(browser.sign_in("bo.new", "").status, 422U);
}

TEST(SignIn, AMistakeKeepsTheLoginAndNeverThePassword) {
  LoginSite site;
  signed_in_as_ann(site);
  Browser browser(site);
  const net::Response page = browser.sign_in("ann.brook", "wrong, wrong, wrong");
  EXPECT_THAT(page.body, HasSubstr(R"(value="ann.brook")"));
  EXPECT_THAT(page.body, Not(HasSubstr("wrong, wrong")));
  EXPECT_THAT(page.body, HasSubstr("<title>Error: Sign in"));
  EXPECT_THAT(page.body, HasSubstr(R"(href="#login")"));
  EXPECT_THAT(browser.sign_in("", "").body, HasSubstr(R"(href="#password")"));
}

TEST(SignIn, TakesTheLoginInCapitalsAndWithSpacesAround) {
  LoginSite site;
  signed_in_as_ann(site);
  Browser browser(site);
  EXPECT_EQ(browser.sign_in(" Ann.Brook ", kPassword).status, 303U);
}

TEST(SignIn, GoesBackToThePageThatWasAskedForAndNowhereElse) {
  LoginSite site;
  signed_in_as_ann(site);
  Browser browser(site);
  EXPECT_EQ(header_of(browser.get("/tasks?page=2&q=a%20b"), "Location"),
            "/sign-in?to=%2Ftasks%3Fpage%3D2%26q%3Da%2520b");
  EXPECT_THAT(browser.get("/sign-in?to=%2Ftasks%3Fpage%3D2").body,
              HasSubstr(R"(name="to" value="/tasks?page=2")"));
  EXPECT_THAT(browser.get("/sign-in?to=%2F%2Fevil.example").body, Not(HasSubstr("evil")));
  const auto goes_to = [&](const char* to) {
    return header_of(
        browser.post("/sign-in", {{"login", "ann.brook"}, {"password", kPassword}, {"to", to}}),
        "Location");
  };
  EXPECT_EQ(goes_to("/p/PR-0001/review"), "/p/PR-0001/review");
  for (const char* to : {"https://evil.example/", "//evil.example", "/\\evil.example", "/a\r\nb",
                         "javascript:alert(1)", ""}) {
    EXPECT_EQ(goes_to(to), "/tasks") << to;
  }
}

TEST(SignIn, O82_FromAnotherSiteIsRefused) {
  LoginSite site;
  signed_in_as_ann(site);
  Browser browser(site);
  const Fields fields{{"login", "ann.brook"}, {"password", kPassword}};
  EXPECT_EQ(browser.post("/sign-in", fields, {{"Sec-Fetch-Site", "cross-site"}}).status, 403U);
  EXPECT_EQ(browser.post("/sign-in", fields, {{"Origin", "https://evil.example"}}).status, 403U);
  EXPECT_TRUE(browser.cookie.empty());
}

TEST(SignIn, O83_GuessesAtOneLoginAreSlowedDownAndItsOwnerElsewhereIsNot) {
  LoginSite site;
  signed_in_as_ann(site);
  Browser guesser(site, "198.51.100.7");
  unsigned looked_at = 0;
  unsigned refused = 0;
  for (int guess = 0; guess < 1000; ++guess) {
    const unsigned status =
        guesser.sign_in("ann.brook", "guess number " + std::to_string(guess)).status;
    if (status == 403) ++looked_at;
    if (status == 429) ++refused;
  }
  EXPECT_EQ(looked_at, 5U);
  EXPECT_EQ(refused, 995U);
  Browser owner(site, "192.0.2.1");
  EXPECT_EQ(owner.sign_in("ann.brook", kPassword).status, 303U);
  // Even where the guesses came from, not for ever.
  EXPECT_EQ(guesser.sign_in("ann.brook", kPassword).status, 429U);
  site.clock.at += seconds(30);
  EXPECT_EQ(guesser.sign_in("ann.brook", kPassword).status, 303U);
}

TEST(SignIn, ARefusalForTooManyTriesSaysWhenToTryAgain) {
  LoginSite site;
  Browser browser(site);
  for (int guess = 0; guess < 5; ++guess) browser.sign_in("ann.brook", "guess");
  const net::Response page = browser.sign_in("ann.brook", "guess");
  EXPECT_EQ(page.status, 429U);
  EXPECT_EQ(header_of(page, "Retry-After"), "30");
  EXPECT_THAT(page.body, HasSubstr("Wait 30 seconds"));
}

TEST(SignIn, O83_OneGuessAtEachOfManyLoginsIsSlowedDownToo) {
  LoginSite site;
  Browser browser(site);
  unsigned looked_at = 0;
  for (int account = 0; account < 200; ++account) {
    if (browser.sign_in("member" + std::to_string(account), "guess").status == 403) ++looked_at;
  }
  EXPECT_EQ(looked_at, 40U);
}

TEST(SignIn, BehindAProxyOnThisMachineTheProxysWordSaysWhoGuesses) {
  LoginSite site;
  const auto guess = [&](const std::string& forwarded) {
    Browser browser(site, "127.0.0.1");
    return browser
        .post("/sign-in", {{"login", "ann.brook"}, {"password", "guess"}},
              {{"X-Forwarded-For", forwarded}})
        .status;
  };
  for (int count = 0; count < 5; ++count) EXPECT_EQ(guess("10.9.9.9, 198.51.100.7"), 403U);
  EXPECT_EQ(guess("1.2.3.4, 198.51.100.7"), 429U);
  EXPECT_EQ(guess("198.51.100.8"), 403U);
}

TEST(SignIn, RightPasswordsAreNotCounted) {
  LoginSite site;
  Browser browser = signed_in_as_ann(site);
  for (int again = 0; again < 12; ++again) {
    EXPECT_EQ(browser.sign_in("ann.brook", kPassword).status, 303U);
  }
}

TEST(SignIn, NeitherPasswordsNorWhatWasTypedAsALoginAreLogged) {
  LoginSite site;
  Browser browser = signed_in_as_ann(site);
  browser.sign_in("typed-my-password-here", "canary-password");
  EXPECT_TRUE(site.log.contains("signed_in member=ann.brook"));
  EXPECT_TRUE(site.log.contains("sign_in_refused"));
  EXPECT_FALSE(site.log.contains("typed-my-password-here"));
  EXPECT_FALSE(site.log.contains("canary-password"));
  EXPECT_FALSE(site.log.contains(kPassword));
  EXPECT_FALSE(site.log.contains(browser.cookie.substr(browser.cookie.find('=') + 1)));
}

}  // namespace
}  // namespace lockgate::web
