// The pieces of a JSON Schema, and its text.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include <boost/json.hpp>

namespace lockgate::rules {

boost::json::object one_of_words(std::span<const std::string> words);

// The value with a description in front.
boost::json::object described(std::string_view description, boost::json::object value);

// A table with no keys but these.  Editors complain of each other key at its place.
boost::json::object closed(boost::json::object properties);

// With two spaces for each level, and a line's end.
std::string indented(const boost::json::value& value);

}  // namespace lockgate::rules
