#include <charconv>
#include <cstdlib>

#include "rules/cel/parser.hpp"

namespace lockgate::cel {

std::optional<Value> number_value(const Lexeme& number, bool negative) {
  std::string text = (negative ? "-" : "") + number.text;
  if (number.token == Token::real) return Value::real(std::strtod(text.c_str(), nullptr));
  int base = 10;
  if (number.text.starts_with("0x") || number.text.starts_with("0X")) {
    base = 16;
    text.erase(negative ? 1 : 0, 2);
  }
  const char* end = text.data() + text.size();
  std::int64_t i = 0;
  std::uint64_t u = 0;
  const auto read = number.token == Token::integer ? std::from_chars(text.data(), end, i, base)
                                                   : std::from_chars(text.data(), end, u, base);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return number.token == Token::integer ? Value::integer(i) : Value::uinteger(u);
}

}  // namespace lockgate::cel
