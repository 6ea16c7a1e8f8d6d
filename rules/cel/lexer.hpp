// Text -> tokens.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "rules/cel/program.hpp"

namespace lockgate::cel {

enum class Token : std::uint8_t {
  end,
  name,
  quoted_name,
  integer,
  uinteger,
  real,
  string,
  bytes,
  mark
};

struct Lexeme {
  Token token = Token::end;
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string text = {};  // a name, a mark ("&&"), a number as written, text without escapes
};

// Ends with Token::end.  The first mistake, if there is one.
tl::expected<std::vector<Lexeme>, Diagnostic> tokenize(std::string_view source);

bool is_reserved(std::string_view name);

}  // namespace lockgate::cel
