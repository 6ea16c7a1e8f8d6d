#include "rules/rule_set.hpp"

#include <algorithm>

namespace lockgate::rules {

std::optional<Outcome> Rule::outcome_at(Gate gate) const {
  for (const auto& [each, outcome] : at) {
    if (each == gate) return outcome;
  }
  return std::nullopt;
}

const Rule* RuleSet::find(std::string_view id) const {
  const auto found =
      std::lower_bound(rules_.begin(), rules_.end(), id,
                       [](const Rule& rule, std::string_view wanted) { return rule.id < wanted; });
  return found != rules_.end() && found->id == id ? &*found : nullptr;
}

cel::Program RuleSet::exchange_condition(std::size_t rule, cel::Program when) {
  conditions_.replace(rule, when);
  return std::exchange(rules_[rule].when, std::move(when));
}

cel::Program RuleSet::exchange_expression(std::size_t expression, cel::Program program) {
  return std::exchange(expressions_[expression].program, std::move(program));
}

std::vector<std::string> RuleSet::referred_roles() const {
  std::vector<std::string> roles;
  for (const Rule& rule : rules_) {
    const std::string_view role = rule.to == kProposer ? instead_of_proposer() : rule.to;
    if (std::find(roles.begin(), roles.end(), role) == roles.end()) roles.emplace_back(role);
  }
  return roles;
}

std::string_view RuleSet::instead_of_proposer() const {
  constexpr std::string_view kChair = "Board chair";
  if (std::find(roles_.begin(), roles_.end(), kChair) != roles_.end()) return kChair;
  for (const Rule& rule : rules_) {
    if (rule.to != kProposer) return rule.to;
  }
  for (const std::string& role : roles_) {
    if (role != kProposer) return role;
  }
  return kProposer;
}

}  // namespace lockgate::rules
