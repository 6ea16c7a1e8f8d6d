// What a request asks for: the path and the query of its target, decoded.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace lockgate::net {

struct Target {
  std::string path;                          // begins with '/'; valid UTF-8
  std::map<std::string, std::string> query;  // the last of a repeated name
};

// Reads a request target in origin form ("/p/PR-0001?page=2"); nullopt for any
// other form, and for a path whose decoded segments hold what could mean
// something else further on: a control character, '/', '\', "." or "..", or
// what is not UTF-8.  The query is read likewise, but may hold any UTF-8
// without U+0000; '+' stands for a space.
std::optional<Target> read_target(std::string_view target);

// Whether these bytes are UTF-8: no overlong form, no surrogate.
bool is_utf8(std::string_view text);

}  // namespace lockgate::net
