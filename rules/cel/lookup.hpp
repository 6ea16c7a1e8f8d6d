// What stands at a key or an index of a value.

#pragma once

#include <string_view>

#include "rules/cel/value.hpp"

namespace lockgate::cel {

// Null if nothing stands there; then `mistake` is an error if nothing of `of`'s
// kind could have such a key or index.  What is pointed to lives in `of`.
const Value* field_of(const Value& of, std::string_view key, Value& mistake);
const Value* element_of(const Value& of, const Value& at, Value& mistake);

// The errors that say what is missing from a map or a list.
Value no_such_key(std::string_view key);
Value no_such_element(const Value& of, const Value& at);

}  // namespace lockgate::cel
