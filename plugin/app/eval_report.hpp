// What `lockgate eval` prints.

#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rules/change.hpp"
#include "rules/explain.hpp"

namespace lockgate::app {

using Explained = std::pair<const rules::Rule*, rules::Explanation>;

struct EvalReport {
  const rules::RuleSet& rules;
  Check check;
  std::vector<Explained> why = {};      // of the findings, in their order; empty if not asked for
  std::vector<Explained> why_not = {};  // of the rules that do not apply, likewise
  std::optional<rules::ChangeSearch> change = {};
};

std::string in_json(const EvalReport& report);
std::string in_words(const EvalReport& report);

}  // namespace lockgate::app
