// Numbers of things, in words for people.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lockgate::app {

// "1 rule", "2 rules"; `many` is the word for any other number than one, that
// with an s if it is empty.
inline std::string counted(std::int64_t count, std::string_view one, std::string_view many = {}) {
  std::string word(count == 1 || many.empty() ? one : many);
  if (count != 1 && many.empty()) word += 's';
  return std::to_string(count) + ' ' + word;
}

}  // namespace lockgate::app
