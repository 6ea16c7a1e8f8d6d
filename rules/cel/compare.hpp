// Keys of maps: which values may be one, and their order.  == and < stand in value.hpp.

#pragma once

#include "rules/cel/value.hpp"

namespace lockgate::cel {

// Whether `v` may be a key: a bool, int, uint or string.
bool is_key(const Value& v);
// Two keys.
Order compare_keys(const Value& a, const Value& b);

}  // namespace lockgate::cel
