// JSON written straight to text, members in the order given.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lockgate/facts.hpp"

namespace lockgate::adapters {

// Appends to a string.  Commas are its business; that what is opened is closed
// is the caller's.
class JsonText {
 public:
  explicit JsonText(std::string& out) : out_(out) {}

  JsonText& open(char bracket);   // '{' or '['
  JsonText& close(char bracket);  // '}' or ']'
  JsonText& key(std::string_view name);
  JsonText& null();
  JsonText& text(std::string_view value);  // must be UTF-8
  JsonText& number(std::int64_t value);
  // Doubles in the shortest form that reads back as the same.
  JsonText& fact(const FactValue& value);

  JsonText& member(std::string_view name, std::string_view value) { return key(name).text(value); }

 private:
  void separate();
  void quote(std::string_view text);

  std::string& out_;
  bool comma_ = false;  // the next token is preceded by one
};

}  // namespace lockgate::adapters
