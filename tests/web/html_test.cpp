#include "plugin/web/html.hpp"

#include <gtest/gtest.h>

#include "plugin/web/prose.hpp"

namespace lockgate::web {
namespace {

TEST(Html, TextIsEscaped) {
  EXPECT_EQ(Html("<script>alert(1)</script>").markup(), "&lt;script&gt;alert(1)&lt;/script&gt;");
  EXPECT_EQ(Html(std::string(R"(Tom & "Jerry's" ü {{7*7}})")).markup(),
            "Tom &amp; &quot;Jerry&#39;s&quot; ü {{7*7}}");
}

TEST(Html, TextIsEscapedOnceHoweverOftenItIsPutTogether) {
  Html html = element("p", Html("a < b") + " & " + element("b", "c"));
  html += "'";
  EXPECT_EQ(html.markup(), "<p>a &lt; b &amp; <b>c</b></p>&#39;");
}

TEST(Html, AttributeValuesCannotLeaveTheirQuotes) {
  EXPECT_EQ(void_element("input", {{"value", R"("><img onerror=alert(1)>)"}}).markup(),
            R"(<input value="&quot;&gt;&lt;img onerror=alert(1)&gt;">)");
}

TEST(Html, WhatCouldTurnTheTextAroundItIsReplaced) {
  EXPECT_EQ(Html("a\u202Eb\u2066c\u200Fd").markup(), "a\uFFFDb\uFFFDc\u200Fd");
  EXPECT_EQ(Html(std::string("a\0b\x1b[31m\x7f\n", 10)).markup(), "a\uFFFDb\uFFFD[31m\uFFFD\n");
}

TEST(Html, AttributesKeepTheirOrderAndLeaveOutWhatIsEmpty) {
  Attributes attributes{{"type", "radio"}};
  attributes.add_some("id", "").add_flag("checked", false).add_flag("disabled").add("value", "");
  EXPECT_EQ(element("i", attributes, {}).markup(), R"(<i type="radio" disabled value=""></i>)");
}

TEST(Html, JoinLeavesOutEmptyParts) {
  EXPECT_EQ(join({"a", Html(), "b"}, own_markup("<br>")).markup(), "a<br>b");
}

// A std::string is never taken for markup or a name.
static_assert(!std::is_constructible_v<Literal, std::string>);
static_assert(!std::is_constructible_v<Literal, std::string_view>);
static_assert(!std::is_constructible_v<Literal, const char*>);

TEST(Link, LeadsOnlyToWhereALinkMayLead) {
  EXPECT_EQ(link("/p/PR-0001", "PR-0001").markup(),
            R"(<a class="govuk-link" href="/p/PR-0001">PR-0001</a>)");
  for (const char* href : {"javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)",
                           "data:text/html,x", "vbscript:x", ""}) {
    EXPECT_EQ(link(href, "here").markup(), "here") << href;
  }
}

}  // namespace
}  // namespace lockgate::web
