// Lists, maps and records: declared in TOML, sent as JSON, seen by conditions.

#include <gmock/gmock.h>

#include "rules/json_facts.hpp"
#include "tests/rules/small_council.hpp"

namespace lockgate::rules {
namespace {

using testing::HasSubstr;

const std::string kTeam = R"(
[[fact]]
name = "team"
type = "list"
meaning = "who does the work"
question = "Who does the work?"
max_items = 3
[fact.of]
type = "record"
[fact.of.fields]
name = "string"
role = { type = "enum", values = ["lead", "developer"] }
days = { type = "double", min = 0, max = 5 }
email = { type = "string", optional = true }

[[fact]]
name = "limits"
type = "map"
of = "int"
meaning = "limits"
question = "Which limits?"

[[fact]]
name = "lead"
type = "record"
meaning = "who leads"
question = "Who leads?"
[fact.fields]
since = "date"
budget = "money"
wards = { type = "list", of = "string" }
number = "uint"
)";

const RuleSet& rules() {
  static const auto set = council(kTeam);
  return *set;
}

// A condition over what was sent: what it gives, or the problems with what was sent.
std::string given(std::string_view json, std::string_view condition) {
  JsonFacts reader(rules().vocabulary());
  const Result<Facts> facts = reader.read(json);
  std::vector<cel::Value> values;
  EXPECT_EQ(reader.read_values(json, values), facts.has_value()) << json;
  if (!facts) {
    std::string text = facts.error().message;
    for (const Problem& each : facts.error().problems) {
      text += '\n' + each.pointer + ": " + each.detail + " -> " + each.fix;
    }
    return text;
  }
  for (std::size_t slot = 0; slot < values.size(); ++slot) {
    EXPECT_TRUE(values[slot].identical(facts->values[slot])) << json << values[slot].text();
  }
  const auto program = cel::compile(condition, rules().declarations());
  if (!program) return program.error().front().message + " -> " + program.error().front().help;
  return program->evaluate(facts->values).text();
}

struct Case {
  std::string json;
  std::string condition;
  std::string result;
};

TEST(TypedFacts, AreSeenByConditions) {
  const std::string team =
      R"({"team": [{"name": "Ann", "role": "lead", "days": 2.5, "email": "ann@x.example"},
                   {"role": "developer", "name": "Bo", "days": 5}]})";
  const Case cases[] = {
      {team, "team.exists_one(m, m.role == 'lead')", "true"},
      {team, "team.map(m, m.name)", "['Ann', 'Bo']"},
      {team, "size(team.filter(m, m.days > 2.5))", "1"},
      {team, "team.filter(m, has(m.email)).map(m, m.name)", "['Ann']"},
      {team, "team.all(m, !has(m.email) || m.email.endsWith('.example'))", "true"},
      {team, "team[1].email", "error: no such key `email`"},
      {team, "'role' in team[0]", "true"},
      {team, "team[0] == {'name': 'Ann', 'role': 'lead', 'days': 2.5, 'email': 'ann@x.example'}",
       "true"},
      {team, "size(team[1])", "3"},
      {R"({"team": []})", "team == []", "true"},
      {R"({"limits": {"alpha": 20, "beta": 200}})", "limits['beta'] - limits.alpha", "180"},
      {R"({"limits": {}})", "'alpha' in limits", "false"},
      {R"({"lead": {"since": "2026-11-23", "budget": 12.34, "wards": ["n", "s"], "number": 3}})",
       "lead.since == timestamp('2026-11-23T00:00:00Z') && lead.budget == 12.34 && "
       "'s' in lead.wards && lead.number == 3u",
       "true"},
      {R"({"lead": {"since": "2026-11-23", "budget": 12, "wards": [], "number": 3}})",
       "lead.budget", "12"},
      {"{}", "team.exists(m, m.role == 'lead')", "unknown"},
      {team, "team[0].rol == 'lead'", "the record has no `rol` -> did you mean `role`?"},
      {team, "team[0].days == 'x'", "`==` does not take a decimal number and text -> "},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(given(c.json, c.condition), c.result) << c.json << ' ' << c.condition;
  }
}

TEST(TypedFacts, AreRefusedWithThePlaceAndWhatToSend) {
  const Case cases[] = {
      {R"({"team": {}})", "", "/team: team is an object -> send a list"},
      {R"({"team": [1]})", "", "/team/0: team/0 is the number 1 -> send an object"},
      {R"({"team": [{"name": "Ann", "role": "boss", "days": 1.0}]})", "",
       "/team/0/role: team/0/role is the text \"boss\" -> send one of \"lead\", \"developer\""},
      {R"({"team": [{"name": "Ann", "role": "lead", "days": 5.5}]})", "",
       "/team/0/days: team/0/days is the number 5.5 -> send at most 5"},
      {R"({"team": [{"name": "Ann", "days": 5}]})", "",
       "/team/0: team/0 has no role -> give it: send one of \"lead\", \"developer\""},
      {R"({"team": [{"name": "Ann", "role": "lead", "days": 1, "dayz": 2}]})", "",
       "/team/0/dayz: team/0 has no field dayz -> did you mean `days`?"},
      {R"({"team": [{"name": "Ann", "name": "Bo", "role": "lead", "days": 1}]})", "",
       "/team/0/name: team/0/name is given twice -> keep one of them"},
      {R"({"team": [{"name": null, "role": "lead", "days": 1}]})", "",
       "/team/0/name: team/0/name is null -> send text"},
      {R"({"limits": {"a/b": "x"}})", "",
       "/limits/a~1b: limits/a/b is the text \"x\" -> send a whole number: 40"},
      {R"({"limits": {"a": 1, "a": 2}})", "",
       "/limits: limits has a name twice -> keep one of them"},
      {R"({"lead": {"since": "23/11/2026", "budget": 1.234, "wards": ["n", 1], "number": -1}})", "",
       "4 facts need changing"},
      {R"({"team": [{}, {}, {}, {}]})", "", "/team: team has 4 entries -> send at most 3"},
      {R"({"limits": {"a": 1.0}})", "",
       "/limits/a: limits/a is the number 1.0 -> send a whole number: 40"},
      {R"({"limits": {"a": 9223372036854775808}})", "",
       "/limits/a: limits/a is the number 9223372036854775808 -> send a whole number: 40"},
      {R"({"limitz": {"a": 1}})", "",
       "/limitz: there is no fact called limitz -> did you mean `limits`?"},
      {"[]", "", ": the facts are a list -> send an object with facts"},
      {"{", "", "the facts cannot be read"},
      {"{\"limits\": {\"\xff\": 1}}", "", "the facts cannot be read"},
      {R"({"team": [], "team": []})", "", "/team: team is given twice"},
  };
  for (const Case& c : cases) EXPECT_THAT(given(c.json, "true"), HasSubstr(c.result)) << c.json;
}

TEST(TypedFacts, AreBoundedInBytesAndDepth) {
  EXPECT_THAT(given(std::string(65, '[') + std::string(65, ']'), "true"),
              HasSubstr("the facts cannot be read"));
  EXPECT_THAT(given("{\"x\": \"" + std::string(kMostJsonBytes, 'x') + "\"}", "true"),
              HasSubstr("the facts cannot be read"));
}

struct Mistake {
  std::string fact;
  std::string code;
  std::string said;
};

TEST(TypedFacts, AreDeclaredWithOneMessageForEachMistake) {
  const Mistake mistakes[] = {
      {"type = \"list\"\n", "LG103", "`of` is missing"},
      {"type = \"record\"\n", "LG103", "`fields` is missing"},
      {"type = \"list\"\nof = \"strng\"\n", "LG105", "`strng` is not a type of fact"},
      {"type = \"list\"\nof = \"enum\"\n", "LG103", "`enum` says too little"},
      {"type = \"list\"\nof = 3\n", "LG104", "`of` must be a type"},
      {"type = \"int\"\nof = \"int\"\n", "LG106", "only a `list` or `map` has `of`"},
      {"type = \"int\"\nfields = { a = \"int\" }\n", "LG106", "only a `record` has `fields`"},
      {"type = \"record\"\nfields = {}\n", "LG106", "the record has no field"},
      {"type = \"record\"\nfields = { \"a b\" = \"int\" }\n", "LG106",
       "`a b` is not a name for a field"},
      {"type = \"record\"\nfields = { a = { type = \"int\", mn = 1 } }\n", "LG102",
       "unknown key `mn`"},
      {"type = \"list\"\nof = { type = \"string\", min = 1 }\n", "LG106", "only a number has a"},
      {"type = \"list\"\nmax_items = 0\nof = \"int\"\n", "LG108", "`max_items`"},
      {"type = \"list\"\nof = { type = \"list\", of = { type = \"list\", of = { type = \"list\", "
       "of "
       "= { type = \"list\", of = { type = \"list\", of = { type = \"list\", of = { type = "
       "\"list\", of = \"int\" } } } } } } }\n",
       "LG100", "within each other"},
      {"type = \"list\"\nof = \"int\"\ndefault = [\"x\"]\n", "LG108", "`default` does not fit"},
  };
  for (const Mistake& mistake : mistakes) {
    const Loaded loaded =
        load_with("[[fact]]\nname = \"x.y\"\nmeaning = \"m\"\nquestion = \"q?\"\n" + mistake.fact);
    ASSERT_EQ(loaded.issues.size(), 1u) << mistake.fact << in_plain(loaded.issues);
    EXPECT_EQ(loaded.issues[0].code, mistake.code) << in_plain(loaded.issues);
    EXPECT_THAT(loaded.issues[0].message, HasSubstr(mistake.said));
  }
}

}  // namespace
}  // namespace lockgate::rules
