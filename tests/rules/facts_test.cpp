// Facts as they arrive, held to the vocabulary: every problem at once, each with
// its place and what to send instead.

#include "tests/rules/small_council.hpp"

#include <gmock/gmock.h>

namespace lockgate::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kMore = R"(
[[fact]]
name = "x.ratio"
type = "double"
meaning = "m"
question = "q?"
[[fact]]
name = "x.text"
type = "string"
meaning = "m"
question = "q?"
[[fact]]
name = "x.day"
type = "date"
meaning = "m"
question = "q?"
default = 2026-11-23
[[fact]]
name = "x.moment"
type = "timestamp"
meaning = "m"
question = "q?"
[[fact]]
name = "x.length"
type = "duration"
meaning = "m"
question = "q?"
)";

const RuleSet& rules() {
  static const auto set = council(kMore);
  return *set;
}

// What CEL sees of a fact, or what is wrong with it.
std::string seen(const std::string& name, const FactValue& value) {
  const Result<Facts> facts = facts_of(rules(), {{name, value}});
  if (!facts) {
    const Problem& problem = facts.error().problems.front();
    return problem.pointer + ": " + problem.detail + " -> " + problem.fix;
  }
  return facts->values[*rules().vocabulary().index(name)].text();
}

struct Sent {
  const char* name;
  FactValue value;
  const char* seen;
};

TEST(ReadFacts, TakesWhatFitsAndSaysWhatToSendInstead) {
  const std::int64_t big = 9'007'199'254'740'993;
  for (const Sent& c : std::vector<Sent>{
           {"data.personal", true, "true"},
           {"data.personal", "true",
            "/data.personal: data.personal is the text \"true\" -> send true or false"},
           {"data.personal", std::int64_t{1},
            "/data.personal: data.personal is the number 1 -> send true or false"},
           {"people.participants", std::int64_t{40}, "40"},
           {"people.participants", 40.0,
            "/people.participants: people.participants is the number 40.0 -> "
            "send a whole number: 40"},
           {"people.participants", "40",
            "/people.participants: people.participants is the text \"40\" -> "
            "send a whole number: 40"},
           {"people.participants", std::int64_t{-1},
            "/people.participants: people.participants is the number -1 -> send at least 0"},
           {"people.participants", std::int64_t{100001},
            "/people.participants: people.participants is the number 100001 -> "
            "send at most 100000"},
           {"people.participants", std::uint64_t{18'446'744'073'709'551'615u},
            "/people.participants: people.participants is the number 18446744073709551615 -> "
            "send a whole number: 40"},
           {"risk.impact", big, "9007199254740993"},
           {"x.ratio", 0.5, "0.5"},
           {"x.ratio", std::int64_t{2}, "2"},
           {"money.cost_gbp", std::int64_t{8400}, "8400"},
           {"money.cost_gbp", 8400.5, "8400.5"},
           {"money.cost_gbp", 0.1, "0.1"},
           {"money.cost_gbp", 0.125,
            "/money.cost_gbp: money.cost_gbp is the number 0.125 -> "
            "send pounds as a number with at most two decimals: 8400.50"},
           {"money.cost_gbp", 1e14,
            "/money.cost_gbp: money.cost_gbp is the number 100000000000000.0 -> "
            "send pounds as a number with at most two decimals: 8400.50"},
           {"data.dpia", "draft", "'draft'"},
           {"data.dpia", "drafft",
            "/data.dpia: data.dpia is the text \"drafft\" -> "
            "send one of \"none\", \"screened_out\", \"draft\", \"signed_off\""},
           {"x.text", "", "''"},
           {"x.text", FactList{}, "/x.text: x.text is a list -> send text"},
           {"x.text", FactMap{}, "/x.text: x.text is an object -> send text"},
           {"x.day", "2026-11-23", "2026-11-23T00:00:00Z"},
           {"x.day", "2026-02-30",
            "/x.day: x.day is the text \"2026-02-30\" -> send a date: \"2026-11-23\""},
           {"x.day", "2026-11-23T00:00:00Z",
            "/x.day: x.day is the text \"2026-11-23T00:00:00Z\" -> send a date: \"2026-11-23\""},
           {"x.moment", "2026-11-23T10:00:00+01:00", "2026-11-23T09:00:00Z"},
           {"x.moment", "yesterday') || true || timestamp('",
            "/x.moment: x.moment is the text \"yesterday') || true || timestamp('\" -> "
            "send a moment: \"2026-11-23T09:00:00Z\""},
           {"x.length", "36h", "129600s"},
           {"x.length", "2 days",
            "/x.length: x.length is the text \"2 days\" -> send a length of time: \"36h\""},
           {"x.text", FactValue(), "null"},
           {"data.personl", true,
            "/data.personl: there is no fact called data.personl -> "
            "did you mean `data.personal`?"},
           {"nonsense", true,
            "/nonsense: there is no fact called nonsense -> "
            "leave it out, or declare it in the vocabulary"},
       }) {
    EXPECT_EQ(seen(c.name, c.value), c.seen);
  }
}

TEST(ReadFacts, ReadsAWholeTreeAndPointsIntoIt) {
  const FactValue tree =
      FactMap{{"people", FactMap{{"participants", std::int64_t{3}}, {"children", "no"}}},
              {"data.personal", true},
              {"odd/na~me", std::int64_t{1}}};
  const std::vector<GivenFact> given = {{"", "/data/facts", tree}};
  const Result<Facts> facts = read_facts(rules().vocabulary(), given);
  ASSERT_FALSE(facts.has_value());
  EXPECT_EQ(facts.error().code, Errc::invalid);
  EXPECT_EQ(facts.error().message, "2 facts need changing");
  std::vector<std::string> pointers;
  for (const Problem& problem : facts.error().problems) pointers.push_back(problem.pointer);
  EXPECT_THAT(pointers, ElementsAre("/data/facts/people/children", "/data/facts/odd~1na~0me"));
}

TEST(ReadFacts, KeepsWhatWasGivenSortedAndNothingElse) {
  const Result<Facts> facts =
      facts_of(rules(), {{"x.text", "b"}, {"data.personal", true}, {"people.children", {}}});
  ASSERT_TRUE(facts.has_value());
  EXPECT_THAT(facts->given,
              ElementsAre(KeptFact{"data.personal", true, {}}, KeptFact{"people.children", {}, {}},
                          KeptFact{"x.text", "b", {}}));
}

TEST(ReadFacts, FillsInDefaultsAndLeavesTheRestUnknown) {
  const Result<Facts> facts = facts_of(rules(), {});
  ASSERT_TRUE(facts.has_value());
  EXPECT_THAT(facts->given, IsEmpty());
  ASSERT_EQ(facts->values.size(), rules().vocabulary().facts().size());
  for (std::size_t slot = 0; slot < facts->values.size(); ++slot) {
    const FactDeclaration& fact = rules().vocabulary().facts()[slot];
    EXPECT_EQ(facts->values[slot].is_unknown(), !fact.fallback.has_value()) << fact.name;
  }
  EXPECT_EQ(facts->values[*rules().vocabulary().index("x.day")].text(), "2026-11-23T00:00:00Z");
}

TEST(ReadFacts, LeavesDefaultsOutWhereAStrictSourceMustAnswer) {
  const std::size_t slot = *rules().vocabulary().index("people.children");
  EXPECT_TRUE(facts_of(rules(), {}, false)->values[slot].is_false());
  EXPECT_TRUE(facts_of(rules(), {}, true)->values[slot].is_unknown());
  EXPECT_TRUE(facts_of(rules(), {{"people.children", true}}, true)->values[slot].is_true());
  EXPECT_FALSE(
      facts_of(rules(), {}, true)->values[*rules().vocabulary().index("x.day")].is_unknown());
}

TEST(ReadFacts, RefusesAFactGivenTwice) {
  const std::vector<GivenFact> given = {
      {"data.personal", "/a", true}, {"", "/b", FactMap{{"data", FactMap{{"personal", false}}}}}};
  const Result<Facts> facts = read_facts(rules().vocabulary(), given);
  ASSERT_FALSE(facts.has_value());
  ASSERT_EQ(facts.error().problems.size(), 1u);
  EXPECT_EQ(facts.error().problems[0].pointer, "/b/data/personal");
  EXPECT_EQ(facts.error().problems[0].detail, "data.personal is given twice");
  EXPECT_EQ(facts.error().problems[0].fix, "keep one of them; the other is at /a");
}

TEST(ReadFacts, ShowsNoMoreThanTheBeginningOfALongText) {
  const std::string said = seen("people.participants", std::string(1000, 'x'));
  EXPECT_LT(said.size(), 200u);
}

}  // namespace
}  // namespace lockgate::rules
