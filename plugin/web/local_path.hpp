// Paths of this site, as they stand in links and in Location.

#pragma once

#include <string>
#include <string_view>

#include "plugin/net/message.hpp"

namespace lockgate::web {

// Percent-encoded; all but letters, digits and - . _ ~ are.
std::string encoded(std::string_view text);

// path + "?name=value", or "&name=value" where there is a query already.
std::string with_query(std::string path, std::string_view name, std::string_view value);

// The target of a request, encoded again.
std::string target_of(const net::Request& request);

// Whether a browser that is sent there stays here: "/p/PR-0001?page=2", but not
// "//elsewhere.example" or "/\elsewhere.example".  At most 500 bytes.
bool is_local_path(std::string_view target);

}  // namespace lockgate::web
