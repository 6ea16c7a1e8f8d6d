#include "plugin/web/form_body.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/web/local_path.hpp"

namespace lockgate::web {
namespace {

net::Request form(std::string body) {
  return {.method = "POST",
          .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
          .body = std::move(body)};
}

TEST(FormBody, ReadsWhatABrowserSends) {
  const FormBody body =
      *read_form(form("choice=yes&reasons=It+is+small%2C%0D%0Aand+%C3%BC%26&"
                      "conditions=+one+&conditions=&conditions=two&empty"));
  EXPECT_EQ(body.text("choice"), "yes");
  EXPECT_EQ(body.text("reasons"), "It is small,\nand ü&");
  EXPECT_EQ(body.raw("reasons"), "It is small,\r\nand ü&");
  EXPECT_THAT(body.texts("conditions"), ::testing::ElementsAre("one", "two"));
  EXPECT_TRUE(body.has("empty"));
  EXPECT_EQ(body.text("empty"), "");
  EXPECT_FALSE(body.has("absent"));
  EXPECT_EQ(body.text("absent"), "");
}

TEST(FormBody, OfARepeatedNameTheLastCounts) {
  EXPECT_EQ(read_form(form("a=1&a=2"))->text("a"), "2");
}

TEST(FormBody, OnlySpacesAreNothing) { EXPECT_EQ(read_form(form("a=+%0D%0A+"))->text("a"), ""); }

class FormBodyRefused : public ::testing::TestWithParam<const char*> {};
TEST_P(FormBodyRefused, IsUnreadable) {
  const auto read = read_form(form(GetParam()));
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, Errc::unreadable);
}
INSTANTIATE_TEST_SUITE_P(All, FormBodyRefused,
                         ::testing::Values("a=%", "a=%4", "a=%zz", "a=%00", "a=%FF", "%C3=1"));

TEST(FormBody, TooManyFieldsAreUnreadable) {
  std::string body;
  for (int field = 0; field < 1001; ++field) body += "a&";
  EXPECT_FALSE(read_form(form(body)).has_value());
}

TEST(LocalPath, KeepsTheTargetOfARequest) {
  net::Request request{.method = "GET", .path = "/p/ü b/x", .query = {{"a", "1&2"}, {"q", "ä"}}};
  EXPECT_EQ(target_of(request), "/p/%C3%BC%20b/x?a=1%262&q=%C3%A4");
  EXPECT_TRUE(is_local_path(target_of(request)));
}

TEST(LocalPath, IsNotWhatABrowserTakesForAnotherSite) {
  for (const char* path : {"/", "/tasks", "/p/PR-0001?page=2#vote"}) {
    EXPECT_TRUE(is_local_path(path)) << path;
  }
  for (const char* path : {"", "tasks", "//evil.example", "/\\evil.example", "https://evil.example",
                           "/a b", "/a\nb", "/\t/evil.example", "javascript:alert(1)", "/ü"}) {
    EXPECT_FALSE(is_local_path(path)) << path;
  }
  EXPECT_FALSE(is_local_path("/" + std::string(500, 'a')));
}

}  // namespace
}  // namespace lockgate::web
