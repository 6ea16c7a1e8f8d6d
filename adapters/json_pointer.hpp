// JSON Pointer (RFC 6901) over FactValue.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lockgate/facts.hpp"

namespace lockgate::adapters {

class JsonPointer {
 public:
  // nullopt if `text` neither is empty nor begins with '/', or holds a '~'
  // that is not "~0" or "~1".
  static std::optional<JsonPointer> parse(std::string_view text);

  const std::string& text() const { return text_; }

  // What it points to; nullptr if there is nothing.  Borrowed from `root`.
  const FactValue* find(const FactValue& root) const;
  FactValue* find(FactValue& root) const;

 private:
  std::string text_;
  std::vector<std::string> tokens_;
};

// A key as a token of a pointer: '~' and '/' escaped.
std::string pointer_token(std::string_view key);

}  // namespace lockgate::adapters
