// An entry as canonical bytes: JSON by RFC 8785, restricted to what we sign.

#pragma once

#include <string>

#include <boost/json.hpp>

namespace lockgate::record {

// Members sorted, no white space.  Only null, booleans, integers, strings,
// arrays and objects: a double in a signed record is a bug (assert).  Keys are
// ASCII, so that sorting by byte is sorting by UTF-16 unit.
std::string canonical(const boost::json::value& value);

}  // namespace lockgate::record
