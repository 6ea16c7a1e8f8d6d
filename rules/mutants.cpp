#include "rules/mutants.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include "rules/cel/checker.hpp"
#include "rules/cel/lexer.hpp"
#include "rules/cel/parser.hpp"

namespace lockgate::rules {
namespace {

using cel::Lexeme;
using cel::Token;

constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kExchanged = {{{"==", "!="},
                                                                                       {"!=", "=="},
                                                                                       {"<", "<="},
                                                                                       {"<=", "<"},
                                                                                       {">", ">="},
                                                                                       {">=", ">"},
                                                                                       {"&&", "||"},
                                                                                       {"||", "&&"},
                                                                                       {"+", "-"},
                                                                                       {"-", "+"},
                                                                                       {"*", "/"},
                                                                                       {"/", "*"},
                                                                                       {"!", ""}}};

// `digits`, one more or one less; empty if there is no such number.
std::string neighbour(std::string_view digits, int base, bool more) {
  std::uint64_t number = 0;
  const char* end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, number, base);
  if (read.ec != std::errc() || read.ptr != end) return {};
  if (!more) return number == 0 ? "-1" : std::to_string(number - 1);
  if (number == std::numeric_limits<std::uint64_t>::max()) return {};
  return std::to_string(number + 1);
}

// "2.5e3" -> "2.6e3": the last place before an exponent.
std::string real_neighbour(std::string_view text, bool more) {
  const std::size_t end = std::min(text.find_first_of("eE"), text.size());
  const std::string_view mantissa = text.substr(0, end);
  const std::size_t dot = std::min(mantissa.find('.'), mantissa.size());
  const std::size_t places = dot == mantissa.size() ? 0 : mantissa.size() - dot - 1;
  std::string digits(mantissa);
  std::erase(digits, '.');
  std::string next = neighbour(digits, 10, more);
  if (next.empty()) return {};
  const bool negative = next.starts_with('-');
  if (negative) next.erase(0, 1);
  if (next.size() <= places) next.insert(0, places + 1 - next.size(), '0');
  if (places > 0) next.insert(next.size() - places, 1, '.');
  return (negative ? "-" : "") + next + std::string(text.substr(end));
}

class MutantMaker {
 public:
  MutantMaker(std::vector<Lexeme> tokens, const cel::Tree& tree, const cel::Checked& checked,
              const Vocabulary& vocabulary)
      : tokens_(std::move(tokens)), tree_(tree), checked_(checked), vocabulary_(vocabulary) {}

  std::vector<Mutant> run() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) change_token(i);
    for (const cel::Node& node : tree_.nodes) change_words(node);
    std::stable_sort(made_.begin(), made_.end(),
                     [](const Mutant& a, const Mutant& b) { return a.offset < b.offset; });
    return std::move(made_);
  }

 private:
  void make(std::size_t offset, std::size_t length, std::string by) {
    made_.push_back({offset, length, std::move(by)});
  }

  void change_token(std::size_t i) {
    const Lexeme& token = tokens_[i];
    switch (token.token) {
      case Token::mark:
        if (token.text == "-" && !stands_between(i)) return;
        for (const auto& [mark, other] : kExchanged) {
          if (token.text == mark) make(token.offset, token.length, std::string(other));
        }
        return;
      case Token::name:
        if (i > 0 && tokens_[i - 1].text == ".") return;
        if (token.text == "true") make(token.offset, token.length, "false");
        if (token.text == "false") make(token.offset, token.length, "true");
        return;
      case Token::integer:
      case Token::uinteger:
        return change_integer(token);
      case Token::real:
        for (const bool more : {true, false}) {
          if (std::string by = real_neighbour(token.text, more); !by.empty()) {
            make(token.offset, token.length, std::move(by));
          }
        }
        return;
      default:
        return;
    }
  }

  // Whether the mark has something on its left: a - b, not -b.
  bool stands_between(std::size_t i) const {
    if (i == 0) return false;
    const Lexeme& before = tokens_[i - 1];
    if (before.token == Token::name) return before.text != "in";
    if (before.token != Token::mark) return true;
    return before.text == ")" || before.text == "]" || before.text == "}";
  }

  void change_integer(const Lexeme& token) {
    const bool is_unsigned = token.token == Token::uinteger;
    std::string_view written = token.text;
    const bool hex = written.starts_with("0x") || written.starts_with("0X");
    if (hex) written.remove_prefix(2);
    for (const bool more : {true, false}) {
      std::string by = neighbour(written, hex ? 16 : 10, more);
      if (by.empty() || (is_unsigned && by.starts_with('-'))) continue;
      make(token.offset, token.length, by + (is_unsigned ? "u" : ""));
    }
  }

  void change_words(const cel::Node& node) {
    if (node.form != cel::Form::call || node.children.size() != 2) return;
    if (node.text == "==" || node.text == "!=") {
      replace(node.children[0], node.children[1]);
      replace(node.children[1], node.children[0]);
    } else if (node.text == "in") {
      const cel::Node& list = tree_.nodes[node.children[1]];
      if (list.form != cel::Form::list) return;
      for (const cel::NodeId element : list.children) {
        if (list.children.size() == 1) {
          replace(node.children[0], element);
        } else if (is_word(element)) {
          take_out(element);
        }
      }
    }
  }

  bool is_word(cel::NodeId id) const {
    const cel::Node& node = tree_.nodes[id];
    return node.form == cel::Form::literal && node.value.is(cel::Kind::string);
  }

  // The token that the literal was read from.
  std::optional<std::size_t> token_at(std::size_t offset) const {
    const auto found = std::lower_bound(
        tokens_.begin(), tokens_.end(), offset,
        [](const Lexeme& token, std::size_t wanted) { return token.offset < wanted; });
    if (found == tokens_.end() || found->offset != offset || found->token != Token::string) {
      return std::nullopt;
    }
    return static_cast<std::size_t>(found - tokens_.begin());
  }

  void replace(cel::NodeId fact_id, cel::NodeId word_id) {
    const cel::Finding& meaning = checked_.nodes[fact_id];
    if (meaning.meaning != cel::Meaning::slot || meaning.number >= vocabulary_.facts().size() ||
        !is_word(word_id)) {
      return;
    }
    const std::vector<std::string>& values = vocabulary_.facts()[meaning.number].values;
    const std::string_view word = tree_.nodes[word_id].value.as_string();
    const auto here = std::find(values.begin(), values.end(), word);
    const auto at = token_at(tree_.nodes[word_id].offset);
    if (here == values.end() || values.size() < 2 || !at) return;
    const std::string& next = here + 1 == values.end() ? values.front() : *(here + 1);
    if (next.find_first_of("\"\\\n\r") != next.npos) return;
    make(tokens_[*at].offset, tokens_[*at].length, '"' + next + '"');
  }

  // With the comma behind it, or before it if it is the last.
  void take_out(cel::NodeId element) {
    const auto at = token_at(tree_.nodes[element].offset);
    if (!at || *at == 0) return;
    const Lexeme& word = tokens_[*at];
    const Lexeme& before = tokens_[*at - 1];
    const Lexeme& after = tokens_[*at + 1];  // the list's end at the latest
    if (after.text == ",") {
      const Lexeme& next = tokens_[*at + 2];
      make(word.offset, next.offset - word.offset, {});
    } else if (before.text == ",") {
      make(before.offset, word.offset + word.length - before.offset, {});
    }
  }

  const std::vector<Lexeme> tokens_;
  const cel::Tree& tree_;
  const cel::Checked& checked_;
  const Vocabulary& vocabulary_;
  std::vector<Mutant> made_;
};

}  // namespace

std::vector<Mutant> mutants_of(std::string_view expression, const cel::Declarations& declarations,
                               const Vocabulary& vocabulary) {
  const cel::CompileOptions options;
  const auto tree = cel::parse(expression, options);
  auto tokens = cel::tokenize(expression);
  if (!tree || !tokens) return {};
  std::vector<cel::Diagnostic> mistakes;
  const cel::Checked checked = cel::check(*tree, declarations, options, mistakes);
  return MutantMaker(*std::move(tokens), *tree, checked, vocabulary).run();
}

std::string changed(std::string_view expression, const Mutant& mutant) {
  std::string text(expression);
  return text.replace(mutant.offset, mutant.length, mutant.by);
}

}  // namespace lockgate::rules
