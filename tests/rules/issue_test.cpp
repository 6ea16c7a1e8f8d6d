// What an author sees: on a terminal, read aloud, and as JSON.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "rules/rule_set.hpp"
#include "rules/sarif.hpp"

namespace lockgate::rules {
namespace {

std::string five_mistakes() {
  std::ostringstream bytes;
  bytes << std::ifstream("tests/rules/five_mistakes.toml", std::ios::binary).rdbuf();
  return std::move(bytes).str();
}

std::string human(const std::string& text) {
  return in_human(load({{"bad.toml", text}}).issues,
                  [&](std::string_view) -> std::string_view { return text; });
}

TEST(Issues, OfFiveMistakesAreFiveMessagesWithCarets) {
  EXPECT_EQ(human(five_mistakes()), R"(error[LG111]: unknown name `people.particpants`
  --> bad.toml:21:9
   |
21 | when = 'people.particpants > 20'
   |         ^^^^^^^^^^^^^^^^^^
   = help: did you mean `people.participants`?

error[LG104]: `say` must be text
  --> bad.toml:24:7
   |
24 | say = 2026.03
   |       ^^^^^^^ this is a number
   = help: put it in quotes: `say = "2026.03"`

error[LG113]: `signd_off` is not a value of `data.dpia`
  --> bad.toml:33:22
   |
33 | when = 'data.dpia != "signd_off"'
   |                      ^^^^^^^^^^^
   = help: did you mean `signed_off`? The values are `none`, `draft` and `signed_off`

error[LG105]: `blok` is not an outcome
  --> bad.toml:34:17
   |
34 | at = { submit = "blok" }
   |                 ^^^^^^
   = help: did you mean `block`? It may be `block`, `ask`, `refer`, `condition` or `note`

error[LG102]: unknown key `fixx` in rule `dp-14`
  --> bad.toml:37:1
   |
37 | fixx = "Ask the Data Protection Officer."
   | ^^^^
   = help: did you mean `fix`?

5 errors in 1 file. Nothing was loaded.
)");
}

TEST(Issues, InPlainWordsReadWellAloud) {
  EXPECT_EQ(
      in_plain(load({{"bad.toml", five_mistakes()}}).issues),
      R"(bad.toml, line 21, column 9: error LG111. unknown name people.particpants. Did you mean people.participants?
bad.toml, line 24, column 7: error LG104. say must be text, this is a number. Put it in quotes: say = "2026.03".
bad.toml, line 33, column 22: error LG113. signd_off is not a value of data.dpia. Did you mean signed_off? The values are none, draft and signed_off.
bad.toml, line 34, column 17: error LG105. blok is not an outcome. Did you mean block? It may be block, ask, refer, condition or note.
bad.toml, line 37, column 1: error LG102. unknown key fixx in rule dp-14. Did you mean fix?
5 errors in 1 file. Nothing was loaded.
)");
}

TEST(Issues, AsJsonAreStable) {
  EXPECT_EQ(
      in_json(load({{"bad.toml", five_mistakes()}}).issues),
      R"({"schema":"lockgate.diagnostics/1","errors":5,"warnings":0,"diagnostics":[{"severity":"error","code":"LG111","message":"unknown name `people.particpants`","label":"","file":"bad.toml","line":21,"column":9,"length":18,"help":"did you mean `people.participants`?"},)"
      R"({"severity":"error","code":"LG104","message":"`say` must be text","label":"this is a number","file":"bad.toml","line":24,"column":7,"length":7,"help":"put it in quotes: `say = \"2026.03\"`"},)"
      R"({"severity":"error","code":"LG113","message":"`signd_off` is not a value of `data.dpia`","label":"","file":"bad.toml","line":33,"column":22,"length":11,"help":"did you mean `signed_off`? The values are `none`, `draft` and `signed_off`"},)"
      R"({"severity":"error","code":"LG105","message":"`blok` is not an outcome","label":"","file":"bad.toml","line":34,"column":17,"length":6,"help":"did you mean `block`? It may be `block`, `ask`, `refer`, `condition` or `note`"},)"
      R"({"severity":"error","code":"LG102","message":"unknown key `fixx` in rule `dp-14`","label":"","file":"bad.toml","line":37,"column":1,"length":4,"help":"did you mean `fix`?"}]})"
      "\n");
}

Issue warning_at(std::size_t line) {
  Issue issue{.code = "LG207", .file = "a b.toml", .line = line, .column = 9, .length = 3};
  issue.message = "no rule uses it";
  issue.severity = Severity::warning;
  return issue;
}

TEST(Issues, ThatAreWarningsSayAndCountThemselvesSo) {
  std::vector<Issue> issues = {warning_at(0), warning_at(0)};
  EXPECT_EQ(
      in_plain(issues),
      "a b.toml: warning LG207. no rule uses it.\na b.toml: warning LG207. no rule uses it.\n");
  EXPECT_EQ(in_human({warning_at(0)}, [](std::string_view) { return std::string_view(); }),
            "warning[LG207]: no rule uses it\n --> a b.toml\n\n");
  EXPECT_EQ(counts(issues), "2 warnings");
  issues.front().severity = Severity::error;
  EXPECT_NE(in_plain(issues).find("1 error and 1 warning in 1 file. Nothing was loaded.\n"),
            std::string::npos);
  EXPECT_NE(in_json(issues).find(R"("errors":1,"warnings":1,)"), std::string::npos);
}

TEST(Issues, AsSarifHaveTheirRegionInCharacters) {
  const std::string text = "title = \"\xC3\xA9\" x\n";
  Issue issue = warning_at(1);
  issue.column = 14;
  issue.length = 1;
  const std::string log =
      in_sarif({issue}, [&](std::string_view) -> std::string_view { return text; });
  EXPECT_NE(log.find(R"("uri":"a%20b.toml")"), std::string::npos) << log;
  EXPECT_NE(log.find(R"("region":{"startLine":1,"startColumn":13,"endColumn":14})"),
            std::string::npos)
      << log;
  EXPECT_NE(log.find(R"("ruleId":"LG207","ruleIndex":0,"level":"warning")"), std::string::npos);
  EXPECT_NE(
      in_sarif({}, [](std::string_view) { return std::string_view(); }).find(R"("results":[])"),
      std::string::npos);
}

TEST(Issues, BeyondTheTenthAreCounted) {
  std::string text;
  for (int i = 0; i < 24; ++i) text += "colour" + std::to_string(i) + " = 1\n";
  const std::string shown = human(text);
  EXPECT_NE(shown.find("colour9`"), std::string::npos);
  EXPECT_EQ(shown.find("colour10`"), std::string::npos);
  EXPECT_NE(shown.find("and 14 more\n\n24 errors in 1 file. Nothing was loaded.\n"),
            std::string::npos);
}

TEST(Issues, HaveTheirCaretUnderTheRightCharacterWhateverTheAlphabet) {
  EXPECT_EQ(human("title = \"caf\xC3\xA9 \xE2\x82\xAC\"   fel\n"),
            "error[LG101]: this does not belong on this line\n"
            " --> bad.toml:1:23\n"
            "  |\n"
            "1 | title = \"caf\xC3\xA9 \xE2\x82\xAC\"   fel\n"
            "  |                    ^^^\n"
            "  = help: begin a new line; text stands in quotes\n"
            "\n"
            "1 error in 1 file. Nothing was loaded.\n");
}

TEST(Issues, InAFileWithAByteOrderMarkAndCrLfHaveTheSamePlaces) {
  const std::string shown = human(
      "\xEF\xBB\xBF"
      "colour = 1\r\nheight = 2\r\n");
  EXPECT_NE(shown.find("bad.toml:1:1\n  |\n1 | colour = 1\n  | ^^^^^^\n"), std::string::npos)
      << shown;
  EXPECT_NE(shown.find("bad.toml:2:1\n  |\n2 | height = 2\n  | ^^^^^^\n"), std::string::npos)
      << shown;
}

}  // namespace
}  // namespace lockgate::rules
