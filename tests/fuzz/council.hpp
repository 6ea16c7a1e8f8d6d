// A vocabulary with a fact of every type, and random facts for it.

#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "rules/facts.hpp"
#include "rules/rule_set.hpp"
#include "tests/fuzz/finding.hpp"

namespace lockgate::fuzz {

inline const std::string kCouncil = R"(roles = ["Board", "Proposer"]

[[fact]]
name = "data.personal"
type = "bool"
meaning = "personal data is used"
question = "Will you use information about people?"

[[fact]]
name = "data.dpia"
type = "enum"
values = ["none", "draft", "signed_off"]
meaning = "how far the impact assessment is"
question = "How far is your impact assessment?"
changeable = true

[[fact]]
name = "people.count"
type = "int"
meaning = "people who take part"
question = "How many people will take part?"
min = 0
max = 100000

[[fact]]
name = "people.seats"
type = "uint"
meaning = "seats"
question = "How many seats are there?"

[[fact]]
name = "people.children"
type = "bool"
meaning = "children take part"
question = "Will any child take part?"
default = false
always_ask = true

[[fact]]
name = "money.cost_gbp"
type = "money"
meaning = "what it costs"
question = "What will it cost in all?"

[[fact]]
name = "risk.ratio"
type = "double"
meaning = "how likely harm is"
question = "How likely is harm?"

[[fact]]
name = "title"
type = "string"
meaning = "what it is called"
question = "What is it called?"

[[fact]]
name = "when.day"
type = "date"
meaning = "the first day"
question = "On which day does it begin?"

[[fact]]
name = "when.moment"
type = "timestamp"
meaning = "the moment it begins"
question = "When does it begin?"

[[fact]]
name = "when.length"
type = "duration"
meaning = "how long it takes"
question = "How long does it take?"

[[fact]]
name = "tags"
type = "list"
of = "string"
meaning = "words for it"
question = "Which words describe it?"
max_items = 20

[[fact]]
name = "scores"
type = "map"
of = "int"
meaning = "points by subject"
question = "How many points has each subject?"
max_items = 20

[[fact]]
name = "team"
type = "list"
meaning = "who works on it"
question = "Who works on it?"
max_items = 20
[fact.of]
type = "record"
[fact.of.fields]
role = { type = "enum", values = ["lead", "helper"] }
hours = { type = "int", min = 0 }
paid = { type = "bool", optional = true }

[[fact]]
name = "proposal.stage"
type = "enum"
values = ["submit", "decide", "run", "close"]
meaning = "the gate that is asked"
question = "Which gate is asked?"
from = "lockgate"

[[setting]]
name = "cfg.limit_gbp"
type = "money"
value = 25000
meaning = "most that an officer may approve"

[[expression]]
name = "calc.many"
meaning = "many people"
is = 'people.count > 100'
)";

inline rules::Loaded load_beside_council(std::string_view text) {
  return rules::load({{"packs/council.toml", kCouncil}, {"packs/fuzzed.toml", std::string(text)}},
                     {.advise = true,
                      .today = std::chrono::year_month_day(
                          std::chrono::year(2026), std::chrono::November, std::chrono::day(27))});
}

// A value that mostly fits.
inline FactValue random_fact(const rules::FactDeclaration& fact, Dice& dice) {
  using rules::FactType;
  if (dice.one_in(40)) return {};
  switch (fact.type) {
    case FactType::boolean:
      return dice.one_in(2);
    case FactType::integer:
      return dice.one_in(8) ? static_cast<std::int64_t>(dice.bits())
                            : static_cast<std::int64_t>(dice.below(200));
    case FactType::uinteger:
      return dice.one_in(8) ? dice.bits() : std::uint64_t{dice.below(200)};
    case FactType::real:
    case FactType::money:
      return static_cast<double>(dice.below(100000)) / (dice.one_in(2) ? 100 : 1);
    case FactType::choice:
      return fact.values.empty() ? std::string() : dice.any_of(fact.values);
    case FactType::date:
      return "2026-" + std::string(dice.one_in(2) ? "02" : "12") + "-2" +
             std::to_string(dice.below(9));
    case FactType::timestamp:
      return "2026-11-2" + std::to_string(dice.below(9)) + "T12:00:00Z";
    case FactType::duration:
      return std::to_string(dice.below(100)) + (dice.one_in(2) ? "h" : "s");
    case FactType::string:
      return std::string(dice.below(40), static_cast<char>('a' + dice.below(3)));
    case FactType::list: {
      FactList list;
      for (std::size_t n = dice.below(4); n > 0; --n) list.push_back(random_fact(*fact.of, dice));
      return list;
    }
    case FactType::map: {
      FactMap map;
      for (std::size_t n = dice.below(4); n > 0; --n) {
        map.emplace_back("k" + std::to_string(n), random_fact(*fact.of, dice));
      }
      return map;
    }
    case FactType::record: {
      FactMap map;
      for (const auto& field : fact.fields) {
        if (field.optional && dice.one_in(2)) continue;
        map.emplace_back(field.name, random_fact(field, dice));
      }
      return map;
    }
  }
  return {};
}

// Facts that fit: those of the random ones that do.
inline rules::Facts random_facts(const rules::Vocabulary& vocabulary, Dice& dice) {
  std::vector<GivenFact> given;
  for (const auto& fact : vocabulary.facts()) {
    if (fact.from_lockgate || dice.one_in(4)) continue;
    FactValue value = random_fact(fact, dice);
    if (rules::to_cel(fact, value)) given.push_back({fact.name, "/" + fact.name, value});
  }
  auto facts = rules::read_facts(vocabulary, given);
  require(facts.has_value(), "facts that fit one by one do not fit together");
  return *std::move(facts);
}

}  // namespace lockgate::fuzz
