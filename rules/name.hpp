// What may be called what.

#pragma once

#include <string_view>

namespace lockgate::rules {

// Lower case, with dots or without, written in CEL as it stands: "people.participants".
// Behind a dot a hyphen is allowed too; CEL wants backticks there: people.`over-18`.
bool is_fact_name(std::string_view name);        // not cfg.*, calc.* or now.*
bool is_setting_name(std::string_view name);     // cfg.*
bool is_expression_name(std::string_view name);  // calc.*
bool is_field_name(std::string_view name);       // of a record: "days_per_week"
bool is_rule_id(std::string_view id);            // "fp-03"

}  // namespace lockgate::rules
