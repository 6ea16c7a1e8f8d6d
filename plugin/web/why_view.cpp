#include "plugin/web/why_view.hpp"

#include <optional>

#include "plugin/record/json_codec.hpp"
#include "plugin/web/fact_words.hpp"
#include "rules/change.hpp"
#include "rules/explain.hpp"

namespace lockgate::web {
namespace {

constexpr std::uint64_t kMostEvaluations = 20'000;  // a page must not take long

std::optional<rules::Facts> facts_of(const Check& check, const rules::RuleSet& in_force,
                                     const Texts& texts) {
  std::vector<GivenFact> given;
  for (const KeptFact& fact : check.facts) {
    FactValue value = fact.value;
    if (!fact.text.empty()) {
      const std::string* text = texts.find(fact.text);
      if (!text) return std::nullopt;
      auto read = record::fact_value_from_json(*text);
      if (!read) return std::nullopt;
      value = *std::move(read);
    }
    given.push_back({fact.path, {}, std::move(value)});
  }
  auto facts = rules::read_facts(in_force.vocabulary(), given, check.strict);
  if (!facts) return std::nullopt;
  return *std::move(facts);
}

}  // namespace

WhyView why_view(const Check& check, const rules::RuleSet& in_force, const Texts& texts) {
  WhyView view;
  if (in_force.hash() != check.rule_set) return view;
  const auto facts = facts_of(check, in_force, texts);
  if (!facts) return view;
  const rules::ChangeSearch search = rules::smallest_change(in_force, *facts, check.gate, check.at,
                                                            std::nullopt, kMostEvaluations);
  if (search.now != check.verdict) return view;
  for (const Finding& finding : check.findings) {
    const rules::Rule* rule = in_force.find(finding.rule);
    if (!rule) continue;
    for (const rules::Part& part :
         rules::explain(in_force, *facts, check.gate, check.at, *rule).parts) {
      std::vector<std::string>& lines = view.decided[finding.rule];
      lines.push_back(capitalised(part.words));
      for (const rules::Part& inner : part.because) lines.push_back(capitalised(inner.words));
    }
  }
  for (const rules::Suggestion& suggestion : search.suggestions) {
    ChangeView change{.verdict = suggestion.verdict, .changes = {}};
    for (const rules::Change& each : suggestion.changes) {
      change.changes.push_back(capitalised(rules::in_words(in_force, each)));
    }
    view.changes.push_back(std::move(change));
  }
  return view;
}

}  // namespace lockgate::web
