#include "rules/trial.hpp"

#include <algorithm>

namespace lockgate::rules {

Trial::Trial(const RuleSet& rules, const Facts& facts, Gate gate, UtcTime at)
    : rules_(rules),
      gate_(gate),
      values_(slot_values(rules, facts, gate, at)),
      looks_at_(rules.rules().size()),
      expressions_of_(rules.vocabulary().facts().size()),
      rules_of_(rules.vocabulary().facts().size()),
      standings_(rules.rules().size()) {
  for (std::size_t i = 0; i < rules.expressions().size(); ++i) {
    expression_facts_.push_back(facts_of(rules.expressions()[i].program));
    for (const std::size_t fact : expression_facts_.back()) expressions_of_[fact].push_back(i);
  }
  for (std::size_t i = 0; i < rules.rules().size(); ++i) {
    if (!rules.rules()[i].outcome_at(gate)) continue;
    looks_at_[i] = facts_of(rules.rules()[i].when);
    for (const std::size_t fact : looks_at_[i]) rules_of_[fact].push_back(i);
    ask(i);
  }
}

std::set<std::size_t> Trial::facts_of(const cel::Program& program) const {
  std::set<std::size_t> facts;
  for (const std::size_t slot : program.slots()) {
    if (slot < rules_.first_setting()) facts.insert(slot);
    const std::size_t expression = slot - rules_.first_expression();
    if (slot >= rules_.first_expression() && expression < expression_facts_.size()) {
      facts.insert(expression_facts_[expression].begin(), expression_facts_[expression].end());
    }
  }
  return facts;
}

cel::Value Trial::computed(const cel::Program& program) {
  ++evaluations_;
  return program.evaluate(values_, {.finite = true});
}

void Trial::ask(std::size_t rule) {
  const cel::Value value = computed(rules_.rules()[rule].when);
  const Verdict full = verdict_of(*rules_.rules()[rule].outcome_at(gate_));
  Standing& standing = standings_[rule];
  standing = {};
  if (value.is_unknown()) {
    standing.waits = full;
  } else if (!value.is_false()) {
    standing.known = value.is_true() ? full : Verdict::refer;
  }
}

void Trial::set(std::size_t slot, cel::Value value) {
  values_[slot] = std::move(value);
  for (const std::size_t i : expressions_of_[slot]) {
    values_[rules_.first_expression() + i] = computed(rules_.expressions()[i].program);
  }
  for (const std::size_t rule : rules_of_[slot]) ask(rule);
}

Verdict Trial::known() const {
  Verdict known = Verdict::approve;
  for (const Standing& standing : standings_) known = std::max(known, standing.known);
  return known;
}

Verdict Trial::verdict() const {
  const Verdict strongest = known();
  const bool waits =
      std::any_of(standings_.begin(), standings_.end(),
                  [&](const Standing& standing) { return standing.waits > strongest; });
  return waits ? std::max(strongest, Verdict::ask_for_info) : strongest;
}

std::vector<std::size_t> Trial::in_the_way(Verdict target) const {
  const Verdict strongest = known();
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < standings_.size(); ++i) {
    const bool holds_up = target < Verdict::ask_for_info && standings_[i].waits > strongest;
    if (standings_[i].known > target || holds_up) found.push_back(i);
  }
  return found;
}

}  // namespace lockgate::rules
