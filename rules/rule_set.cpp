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

std::vector<std::string> RuleSet::referred_roles() const {
  std::vector<std::string> roles;
  for (const Rule& rule : rules_) {
    if (rule.to != "Proposer" && std::find(roles.begin(), roles.end(), rule.to) == roles.end()) {
      roles.push_back(rule.to);
    }
  }
  return roles;
}

}  // namespace lockgate::rules
