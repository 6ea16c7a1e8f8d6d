#include "rules/filled_text.hpp"

#include <algorithm>

#include "rules/fact_words.hpp"

namespace lockgate::rules {
namespace {

bool may_be_in_a_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

std::string value_words(const cel::Value& value, const Meaning& meaning) {
  if (value.is(cel::Kind::boolean)) return value.as_bool() ? "yes" : "no";
  return in_words(value, meaning);
}

}  // namespace

std::vector<TextPiece> pieces(std::string_view text) {
  using Is = TextPiece::Is;
  std::vector<TextPiece> found;
  std::size_t from = 0;
  const auto words_until = [&](std::size_t end) {
    if (end > from) found.push_back({Is::words, text.substr(from, end - from), from, end - from});
  };
  for (std::size_t at = text.find_first_of("{}"); at != text.npos;
       at = text.find_first_of("{}", from)) {
    if (text.substr(at, 2) == "{{" || text.substr(at, 2) == "}}") {
      words_until(at + 1);
      from = at + 2;
    } else if (text[at] == '}') {
      words_until(at + 1);
      from = at + 1;
    } else {
      words_until(at);
      const auto begin = text.begin() + static_cast<std::ptrdiff_t>(at) + 1;
      const auto end = std::find_if_not(begin, text.end(), may_be_in_a_name);
      const auto length = static_cast<std::size_t>(end - begin);
      const bool closed = end != text.end() && *end == '}' && length > 0;
      from = at + 1 + length + (closed ? 1 : 0);
      found.push_back({closed ? Is::name : Is::broken, text.substr(at + 1, length), at, from - at});
    }
  }
  words_until(text.size());
  return found;
}

std::string filled(const std::string& text, const RuleSet& rules,
                   std::span<const cel::Value> values) {
  if (text.find_first_of("{}") == text.npos) return text;
  std::string out;
  for (const TextPiece& piece : pieces(text)) {
    const auto slot =
        piece.is == TextPiece::Is::name ? rules.declarations().find(piece.text) : std::nullopt;
    out += slot && *slot < values.size() ? value_words(values[*slot], meaning_of(piece.text, rules))
                                         : std::string(piece.text);
  }
  return out;
}

}  // namespace lockgate::rules
