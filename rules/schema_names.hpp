// What a JSON Schema says where facts, settings and rules of a rule set are named.

#pragma once

#include <boost/json.hpp>

#include "rules/rule_set.hpp"

namespace lockgate::rules {

std::vector<std::string> ids_of(const RuleSet& rules);
// With those that are switched off.
std::vector<std::string> all_ids_of(const RuleSet& rules);

// An outcome for each rule.
boost::json::object findings_of(const RuleSet& rules);

// The facts as TOML nests them under dotted keys, each with its type and question.
// Names in quotes, which have their dots within, may be anything.
boost::json::object facts_of(const Vocabulary& vocabulary);

// The settings, nested or in quotes.
boost::json::object settings_of(const RuleSet& rules);

}  // namespace lockgate::rules
