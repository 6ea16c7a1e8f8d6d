// Values as people read them: "£8,400", "30 days", "Yes", "12 March 2026".

#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "rules/facts.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::rules {

// What a name stands for: a fact, a setting or a named expression.
struct Meaning {
  std::string label;  // "planned length"; the name itself where nothing declares it
  std::string unit = {};
  std::optional<FactType> type = {};
};
Meaning meaning_of(std::string_view name, const RuleSet& rules);

std::string in_words(const FactValue& value, const Meaning& meaning);
// As a condition sees it; "not known" for what is unknown or an error.
std::string in_words(const cel::Value& value, const Meaning& meaning);

std::string date_in_words(const std::chrono::year_month_day& date);  // "27 March 2026"

}  // namespace lockgate::rules
