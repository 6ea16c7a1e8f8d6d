// A bare word of TOML, one that stands for a value without quotes.

#pragma once

#include <string_view>

namespace lockgate::rules {

// Whether it has the shape of true, false, a number, a date or a time.  Whether
// there is such a day is another matter.
bool is_toml_word(std::string_view word);

}  // namespace lockgate::rules
