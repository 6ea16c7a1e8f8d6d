// How people and programs are told what became of the tests.

#include "rules/test_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

namespace lockgate::rules {
namespace {

using testing::HasSubstr;
using testing::Not;

TestReport good() {
  TestReport report;
  report.tests = {{"a.test.toml", 1, "one"}, {"a.test.toml", 9, "two"}};
  report.passed = 2;
  report.rules = 3;
  report.never_true = {"dp-01"};
  report.never_false = {"dp-01", "dp-02"};
  return report;
}

TestReport bad() {
  TestReport report = good();
  report.passed = 1;
  report.failed = {{"a.test.toml",
                    9,
                    "two",
                    {{"refer by dp-01",
                      "nothing by dp-01",
                      "dp-01",
                      "did not apply",
                      {{"data.personal", "true", "data.personal is true"},
                       {"data.dpia == \"draft\"", "false", "data.dpia is \"none\""}},
                      "look again"},
                     {.expected = "verdict refer", .got = "verdict approve"}}}};
  report.tests.push_back({"b.test.toml", 3, "three"});
  report.tests.push_back({"b.test.toml", 7, "four"});
  report.skipped = {{"b.test.toml", 3, "three", "waits for legal", false},
                    {"b.test.toml", 7, "four", "ask the DPO", true}};
  report.rows = 4;
  report.never_hit = {{"fees", 2}};
  report.mutation =
      MutationReport{.caught = 9,
                     .survivors = {{"a.toml", 4, 8, "dp-02", "!", "", "data.a &&\n  data.b", 12}},
                     .not_tried = 0};
  report.shortfalls = {"coverage is 33%, below the 80% that are asked for"};
  return report;
}

TEST(TestReportForPeople, IsShortWhenAllIsWell) {
  EXPECT_EQ(human_report(good()),
            "2 passed, 0 failed, coverage 1 of 3 rules (33%)\n"
            "never true in a test: dp-01\n"
            "never false in a test: dp-01, dp-02\n");
  EXPECT_EQ(human_report({}), "0 passed, 0 failed, coverage 0 of 0 rules (100%)\n");
}

TEST(TestReportForPeople, SaysWhyAndWhatIsMissing) {
  EXPECT_EQ(human_report(bad()),
            "FAIL a.test.toml:9 two\n"
            "     expected  refer by dp-01\n"
            "     got       nothing by dp-01\n"
            "     dp-01 did not apply because:\n"
            "       data.personal         true   (data.personal is true)\n"
            "       data.dpia == \"draft\"  false  (data.dpia is \"none\")\n"
            "     help: look again\n"
            "     expected  verdict refer\n"
            "     got       verdict approve\n"
            "\n"
            "skip b.test.toml:3 three: waits for legal\n"
            "todo b.test.toml:7 four: ask the DPO\n"
            "survived a.toml:4:8 dp-02: `!` taken out\n"
            "     data.b\n"
            "1 passed, 1 failed, 2 skipped (1 todo), coverage 1 of 3 rules (33%), "
            "3 of 4 table rows (75%)\n"
            "never true in a test: dp-01\n"
            "never false in a test: dp-01, dp-02\n"
            "never reached by a test: fees row 2\n"
            "mutants: 9 of 10 caught (90%)\n"
            "coverage is 33%, below the 80% that are asked for\n");
}

TEST(TestReportForPeople, ShowsOfALongLineWhatIsAroundTheChange) {
  TestReport report;
  const std::string left = "a" + std::string(80, 'b');
  const std::string right = std::string(80, 'c') + "d";
  report.mutation.emplace();
  report.mutation->survivors = {{"a.toml", 1, 1, "x", ">", ">=", left + ">=" + right, left.size()}};
  EXPECT_THAT(human_report(report), HasSubstr("\n     ... " + std::string(60, 'b') +
                                              ">=" + std::string(58, 'c') + " ...\n"));
}

TEST(TestReportInPlain, ReadsWellAloud) {
  const std::string text = plain_report(bad());
  EXPECT_THAT(text, HasSubstr("a.test.toml, line 9: failed. two. Expected refer by dp-01. Got "
                              "nothing by dp-01. dp-01 did not apply because: data.personal is "
                              "true, as data.personal is true; data.dpia == \"draft\" is false, "
                              "as data.dpia is \"none\". Help: look again. Expected verdict"));
  EXPECT_THAT(text, HasSubstr("b.test.toml, line 7: to do. four: ask the DPO.\n"));
  EXPECT_THAT(text, HasSubstr("no test notices a change. dp-02: ! taken out.\n"));
  EXPECT_THAT(text, Not(HasSubstr("`")));
}

TEST(TestReportInJson, HoldsAllOfIt) {
  const boost::json::value report = boost::json::parse(json_report(bad()));
  EXPECT_EQ(report.at("schema"), "lockgate.test/1");
  EXPECT_EQ(report.at("passed"), 1);
  const boost::json::value& why = report.at("failed").at(0).at("why").at(0);
  EXPECT_EQ(why.at("expected"), "refer by dp-01");
  EXPECT_EQ(why.at("parts").at(1).at("because"), "data.dpia is \"none\"");
  EXPECT_EQ(report.at("skipped").at(1).at("todo"), true);
  EXPECT_EQ(report.at("coverage").at("covered"), 1);
  EXPECT_EQ(report.at("coverage").at("never_hit").at(0).at("row"), 2);
  EXPECT_EQ(report.at("mutation").at("tried"), 10);
  EXPECT_EQ(report.at("mutation").at("survivors").at(0).at("column"), 8);
  EXPECT_EQ(report.at("shortfalls").as_array().size(), 1u);
  EXPECT_FALSE(boost::json::parse(json_report(good())).as_object().contains("mutation"));
}

TEST(TestReportInJunit, IsASuiteForEachFileAndOneForDemands) {
  EXPECT_EQ(
      junit_report(bad()),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"lockgate test\" tests=\"6\" failures=\"2\" errors=\"0\" skipped=\"3\">\n"
      "  <testsuite name=\"a.test.toml\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\">\n"
      "    <testcase classname=\"a.test.toml\" name=\"one\" file=\"a.test.toml\" line=\"1\"/>\n"
      "    <testcase classname=\"a.test.toml\" name=\"two\" file=\"a.test.toml\" line=\"9\">"
      "<failure message=\"expected refer by dp-01, got nothing by dp-01\">"
      "expected  refer by dp-01&#10;got       nothing by dp-01&#10;"
      "dp-01 did not apply because:&#10;"
      "  data.personal         true   (data.personal is true)&#10;"
      "  data.dpia == &quot;draft&quot;  false  (data.dpia is &quot;none&quot;)&#10;"
      "help: look again&#10;expected  verdict refer&#10;got       verdict approve&#10;"
      "</failure></testcase>\n"
      "  </testsuite>\n"
      "  <testsuite name=\"b.test.toml\" tests=\"2\" failures=\"0\" errors=\"0\" skipped=\"2\">\n"
      "    <testcase classname=\"b.test.toml\" name=\"three\" file=\"b.test.toml\" line=\"3\">"
      "<skipped message=\"waits for legal\"/></testcase>\n"
      "    <testcase classname=\"b.test.toml\" name=\"four\" file=\"b.test.toml\" line=\"7\">"
      "<skipped message=\"ask the DPO\"/></testcase>\n"
      "  </testsuite>\n"
      "  <testsuite name=\"survivors\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\">\n"
      "    <testcase classname=\"survivors\" name=\"dp-02: data.a &amp;&amp;&#10;  data.b\" "
      "file=\"a.toml\" line=\"4\"><skipped message=\"no test notices `!` taken out\"/>"
      "</testcase>\n"
      "  </testsuite>\n"
      "  <testsuite name=\"demands\" tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\">\n"
      "    <testcase classname=\"demands\" name=\"coverage is 33%, below the 80% that are asked "
      "for\"><failure message=\"coverage is 33%, below the 80% that are asked for\">coverage is "
      "33%, below the 80% that are asked for</failure></testcase>\n"
      "  </testsuite>\n"
      "</testsuites>\n");
}

TEST(TestReportInJunit, HoldsNothingThatXmlCannot) {
  TestReport report;
  report.tests = {{"a.test.toml", 1, "<&>\"\x01\x1B\t \xEF\xBF\xBF \xC3\xA9 ]]>"}};
  EXPECT_THAT(junit_report(report),
              HasSubstr("name=\"&lt;&amp;&gt;&quot;\xEF\xBF\xBD\xEF\xBF\xBD&#9; \xEF\xBF\xBD "
                        "\xC3\xA9 ]]&gt;\""));
}

}  // namespace
}  // namespace lockgate::rules
