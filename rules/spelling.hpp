// "Did you mean" for everything in rule files and the configuration.

#pragma once

#include "rules/cel/spelling.hpp"

namespace lockgate::rules {

using cel::nearest;

}  // namespace lockgate::rules
