// A small vocabulary and rule set that tests of the rules are built on.

#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "rules/evaluate.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::rules {

inline const std::string kCore = R"(roles = ["Board", "Data Protection Officer", "Proposer"]

[[fact]]
name = "data.personal"
type = "bool"
meaning = "personal data is used"
question = "Will you use information about identifiable people?"

[[fact]]
name = "data.dpia"
type = "enum"
values = ["none", "screened_out", "draft", "signed_off"]
meaning = "how far the impact assessment is"
question = "How far is your data protection impact assessment?"

[[fact]]
name = "people.participants"
type = "int"
unit = "people"
meaning = "people who take part"
question = "How many people will take part?"
min = 0
max = 100000

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
unit = "GBP"
meaning = "what it costs"
question = "What will it cost in all?"

[[fact]]
name = "risk.likelihood"
type = "int"
meaning = "how likely harm is, 1 to 5"
question = "How likely is harm, from 1 to 5?"

[[fact]]
name = "risk.impact"
type = "int"
meaning = "how bad harm would be, 1 to 5"
question = "How bad would harm be, from 1 to 5?"

[[fact]]
name = "proposal.stage"
type = "enum"
values = ["submit", "decide", "run", "close"]
meaning = "the gate that is asked"
question = "Which gate is asked?"
from = "lockgate"

[[setting]]
name = "cfg.officer_limit_gbp"
type = "money"
value = 25000
unit = "GBP"
meaning = "most that an officer may approve alone"

[[setting]]
name = "cfg.risk_high"
type = "int"
value = 13
meaning = "score from which somebody must look"

[[expression]]
name = "calc.score"
meaning = "residual risk"
is = 'risk.likelihood * risk.impact'
)";

// A [[rule]] with everything that a rule needs; `when` must hold no single quote.
inline std::string rule(const std::string& id, const std::string& when, const std::string& at,
                        const std::string& to = "Board") {
  return "[[rule]]\nid = \"" + id + "\"\nquestion = \"Does " + id + " apply?\"\nwhen = '" + when +
         "'\nat = { " + at + " }\nto = \"" + to + "\"\nsay = \"What " + id +
         " says.\"\nbasis = \"our default\"\nsource = [\"Standing orders\"]\n"
         "checked_on = 2026-11-23\nreview_by = 2027-12-31\n\n";
}

inline Loaded load_with(const std::string& rules, bool advise = false) {
  return load({{"packs/core.toml", kCore}, {"packs/rules.toml", rules}}, {.advise = advise});
}

// The core and some rules, which must be right.
inline std::shared_ptr<const RuleSet> council(const std::string& rules) {
  Loaded loaded = load_with(rules);
  EXPECT_EQ(in_plain(loaded.issues).substr(0, 2000), in_plain({}));
  return loaded.rules;
}

using Given = std::vector<std::pair<std::string, FactValue>>;

inline Result<Facts> facts_of(const RuleSet& rules, const Given& given, bool strict = false) {
  std::vector<GivenFact> facts;
  for (const auto& [path, value] : given) facts.push_back({path, "/" + path, value});
  return read_facts(rules.vocabulary(), facts, strict);
}

inline const UtcTime kNoon = *time_from_text("2026-11-23T12:00:00.000000Z");

inline Check check(const RuleSet& rules, const Given& given, Gate gate = Gate::submit,
                   UtcTime at = kNoon) {
  const Result<Facts> facts = facts_of(rules, given);
  EXPECT_TRUE(facts.has_value());
  return facts ? evaluate(rules, *facts, gate, at) : Check{};
}

}  // namespace lockgate::rules
