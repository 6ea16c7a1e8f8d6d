// The name of a rule set: what its files hold, whatever order they came in.

#pragma once

#include <span>
#include <string>

#include "rules/rule_set.hpp"

namespace lockgate::rules {

// SHA-256 over path and bytes of each file, each with its length before it, in
// the order of `files`: sort them by path first.  64 hexadecimal digits.
std::string content_hash(std::span<const SourceFile> files);

}  // namespace lockgate::rules
