#include "plugin/web/layout.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/web/about.hpp"
#include "plugin/web/assets.hpp"
#include "plugin/web/problem.hpp"
#include "plugin/web/prose.hpp"

namespace lockgate::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Site kSite{.council = "Exampleshire <Council>", .rules = "a41f09c2e77b"};

std::size_t count(const std::string& text, std::string_view what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

TEST(Page, SaysWhereOneIs) {
  const std::string page =
      document(kSite, {.title = "Your tasks",
                       .body = page_heading("Your tasks"),
                       .account = Account{.name = "Ann Brook", .csrf = "token", .tasks = 3},
                       .section = Section::tasks})
          .markup();
  EXPECT_THAT(page, HasSubstr("<!DOCTYPE html><html lang=\"en-GB\""));
  EXPECT_THAT(page,
              HasSubstr("<title>Your tasks - Lockgate - Exampleshire &lt;Council&gt;</title>"));
  EXPECT_THAT(page, HasSubstr("name=\"viewport\""));
  EXPECT_THAT(page, HasSubstr("Your tasks (3)"));
  EXPECT_THAT(page, HasSubstr("aria-current=\"true\""));
  EXPECT_THAT(page, HasSubstr("Ann Brook"));
  EXPECT_THAT(page, HasSubstr("Rules a41f09c2e77b."));
  EXPECT_EQ(count(page, "<h1"), 1U);
  EXPECT_EQ(count(page, "<main"), 1U);
}

TEST(Page, SigningOutIsAFormWithTheTokenThatComesAfterThePagesOwn) {
  const std::string page =
      document(kSite, {.title = "Vote",
                       .body = post_form("/vote", "token", {}),
                       .account = Account{.name = "Ann Brook", .csrf = "token"}})
          .markup();
  const auto vote = page.find("action=\"/vote\"");
  const auto sign_out = page.find("action=\"/sign-out\"");
  ASSERT_NE(sign_out, std::string::npos);
  EXPECT_LT(vote, sign_out);
  EXPECT_EQ(count(page, R"(name="csrf" value="token")"), 2U);
}

TEST(Page, WithoutAnAccountOffersNothingToSignOutOf) {
  const std::string page = document(kSite, {.title = "Sign in"}).markup();
  EXPECT_THAT(page, Not(HasSubstr("/sign-out")));
  EXPECT_THAT(page, Not(HasSubstr("Your tasks")));
}

TEST(Page, WithMistakesSaysSoInTheTitleAndFirstInMain) {
  const std::string page = document(kSite, {.title = "Your vote",
                                            .errors = {{"#reasons", "Enter your reasons"}},
                                            .body = page_heading("Your vote")})
                               .markup();
  EXPECT_THAT(page, HasSubstr("<title>Error: Your vote"));
  EXPECT_THAT(page, HasSubstr(R"(<a href="#reasons">Enter your reasons</a>)"));
  EXPECT_LT(page.find("govuk-error-summary"), page.find("<h1"));
  EXPECT_THAT(page, HasSubstr(R"(tabindex="-1" autofocus)"));
}

TEST(Page, NeedsNothingThatItsPolicyForbids) {
  const std::string page =
      document(kSite, {.title = "Any", .account = Account{.name = "Ann", .csrf = "t"}}).markup();
  EXPECT_THAT(page, Not(HasSubstr(" style=")));
  EXPECT_THAT(page, Not(HasSubstr("<style")));
  EXPECT_THAT(page, Not(HasSubstr("<script>")));
  EXPECT_THAT(page, Not(HasSubstr(" onclick")));
  EXPECT_THAT(page, Not(HasSubstr("http://")));
  EXPECT_THAT(page, Not(HasSubstr("https://")));
}

std::string field(const net::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "none";
}

TEST(Page, O86_IsAnsweredWithAPolicyThatForbidsWhatItDoesNotUse) {
  for (const net::Response& response : {show(kSite, {.title = "Any"}, 404), see_other("/tasks")}) {
    EXPECT_EQ(field(response, "Content-Security-Policy"),
              "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
              "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    EXPECT_EQ(field(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(field(response, "Referrer-Policy"), "same-origin");
    EXPECT_EQ(field(response, "Cache-Control"), "no-store");
  }
  EXPECT_EQ(show(kSite, {.title = "Any"}, 404).status, 404U);
  EXPECT_EQ(see_other("/tasks").status, 303U);
  EXPECT_EQ(field(see_other("/tasks"), "Location"), "/tasks");
}

net::Response fetch(std::string_view path) {
  net::Response got;
  assets_handler()(net::Request{.method = "GET", .path = std::string(path)},
                   [&](net::Response response) { got = std::move(response); });
  return got;
}

TEST(Assets, AreServedUnderANameThatChangesWithTheirBytes) {
  for (const Asset& asset : assets()) {
    const net::Response response = fetch(asset.path);
    EXPECT_EQ(response.status, 200U) << asset.path;
    EXPECT_EQ(response.body, asset.bytes);
    EXPECT_EQ(response.content_type, asset.content_type);
    EXPECT_THAT(field(response, "Cache-Control"), HasSubstr("immutable"));
    EXPECT_EQ(field(response, "X-Content-Type-Options"), "nosniff");
  }
  EXPECT_THAT(std::string(asset_path("lockgate.css")),
              ::testing::MatchesRegex("/assets/lockgate\\.[0-9a-f]+\\.css"));
  EXPECT_EQ(fetch("/assets/lockgate.css").status, 404U);
}

net::Response look_at(const net::Router& router, std::string_view path) {
  const net::Router::Found found = router.find("GET", path);
  if (!found.route) return {.status = found.status};
  net::Response got;
  found.route->handler(net::Request{.method = "GET", .path = std::string(path), .args = found.args},
                       [&](net::Response response) { got = std::move(response); });
  return got;
}

TEST(About, EveryLinkOfTheFooterLeadsSomewhere) {
  const net::Router router(about_routes([] { return kSite; }));
  const std::string page = document(kSite, {.title = "Any"}).markup();
  const std::string footer = page.substr(page.find("<footer"));
  int links = 0;
  for (auto at = footer.find("href=\""); at != std::string::npos;
       at = footer.find("href=\"", at + 1)) {
    const std::string path = footer.substr(at + 6, footer.find('"', at + 6) - at - 6);
    if (!path.starts_with("/assets/")) {
      EXPECT_EQ(look_at(router, path).status, 200U) << path;
      ++links;
    }
  }
  EXPECT_EQ(links, 3);
}

TEST(About, EveryKindOfProblemHasAPageThatSaysWhatToDo) {
  const net::Router router(about_routes([] { return kSite; }));
  for (const ProblemKind& kind : problem_kinds()) {
    const net::Response page = look_at(router, "/problems/" + std::string(kind.slug));
    EXPECT_EQ(page.status, 200U) << kind.slug;
    EXPECT_THAT(page.body, HasSubstr(Html(kind.what_to_do).markup()));
  }
  EXPECT_EQ(look_at(router, "/problems/unheard-of").status, 404U);
}

}  // namespace
}  // namespace lockgate::web
