// What a rule says, with the facts of the case filled in: `{people.participants}`
// stands for "40 people".  `{{` and `}}` are braces themselves.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/program.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::rules {

// A piece of such a text: words, or the name between braces.
struct TextPiece {
  enum class Is { words, name, broken } is = Is::words;
  std::string_view text;   // a name without its braces; broken: what cannot be read
  std::size_t offset = 0;  // of the piece, braces included, in bytes
  std::size_t length = 0;
};

// `text` must outlive the pieces.
std::vector<TextPiece> pieces(std::string_view text);

// `values` by slot; what is not known is "not known".
std::string filled(const std::string& text, const RuleSet& rules,
                   std::span<const cel::Value> values);

}  // namespace lockgate::rules
