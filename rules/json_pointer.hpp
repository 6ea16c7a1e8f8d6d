// A step of a JSON Pointer (RFC 6901).

#pragma once

#include <string>
#include <string_view>

namespace lockgate::rules {

inline std::string pointer_token(std::string_view key) {
  std::string text;
  for (const char c : key) {
    if (c == '~') {
      text += "~0";
    } else if (c == '/') {
      text += "~1";
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace lockgate::rules
