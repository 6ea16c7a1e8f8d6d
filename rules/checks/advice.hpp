// What is worth a look in rules that are valid: LG201 to LG229.

#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <vector>

#include "rules/claims.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::rules {

// Warnings, sorted.  `files` are those that `rules` was made of; parts of them
// that have a mistake may be missing in `rules`.  `today` is needed to tell which rules are past
// their `review_by`.  Silent where it cannot tell or where telling would take too long; never
// wrong.
std::vector<Issue> advise(const RuleSet& rules, std::span<const RankedFile> files,
                          std::optional<std::chrono::year_month_day> today);

// Its parts.
std::vector<Issue> advise_on_use(const RuleSet& rules, std::span<const RankedFile> files);
std::vector<Issue> advise_on_conditions(const RuleSet& rules, std::span<const RankedFile> files);

Issue warning(const Origin& at, std::string_view code, std::string message, std::string help);

}  // namespace lockgate::rules
