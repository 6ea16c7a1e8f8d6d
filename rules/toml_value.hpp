// A TOML value as the value of a fact or setting.

#pragma once

#include <toml++/toml.h>

#include "lockgate/facts.hpp"

namespace lockgate::rules {

// Dates and times become text as JSON would have them; a table or an array
// becomes a map or a list.
FactValue to_fact_value(const toml::node& node);

}  // namespace lockgate::rules
