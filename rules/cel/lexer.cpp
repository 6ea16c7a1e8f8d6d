#include "rules/cel/lexer.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace lockgate::cel {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool starts_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool in_name(char c) { return starts_name(c) || is_digit(c); }

void append_utf8(std::uint32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

class Lexer {
 public:
  explicit Lexer(std::string_view source) : source_(source) {}

  tl::expected<std::vector<Lexeme>, Diagnostic> run() {
    for (skip(); at_ < source_.size() && !mistake_; skip()) next();
    if (mistake_) return tl::unexpected(*mistake_);
    tokens_.push_back({Token::end, source_.size(), 0});
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }

  void fail(std::size_t offset, std::size_t length, std::string message, std::string help = {}) {
    if (!mistake_) mistake_ = Diagnostic{offset, length, std::move(message), {}, std::move(help)};
    at_ = source_.size();
  }

  void skip() {
    while (at_ < source_.size()) {
      const char c = source_[at_];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
        ++at_;
      } else if (c == '/' && peek(1) == '/') {
        at_ = std::min(source_.find('\n', at_), source_.size());
      } else {
        return;
      }
    }
  }

  void push(Token token, std::size_t from, std::string text) {
    tokens_.push_back({token, from, at_ - from, std::move(text)});
  }

  void next() {
    const std::size_t from = at_;
    const char c = peek();
    if (starts_name(c)) {
      if (prefixed_text()) return;
      while (in_name(peek())) ++at_;
      push(Token::name, from, std::string(source_.substr(from, at_ - from)));
    } else if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
      number();
    } else if (c == '"' || c == '\'') {
      text(from, false, false);
    } else if (c == '`') {
      const std::size_t close = source_.find('`', at_ + 1);
      if (close == std::string_view::npos) return fail(from, 1, "a backtick is never closed");
      std::string name(source_.substr(at_ + 1, close - at_ - 1));
      const bool sound = !name.empty() && std::all_of(name.begin(), name.end(), [](char n) {
        return in_name(n) || n == '-' || n == '.' || n == '/' || n == ' ';
      });
      if (!sound) {
        return fail(from, close - from + 1,
                    "a name in backticks holds letters, digits, and any of `_-./ ` only");
      }
      at_ = close + 1;
      push(Token::quoted_name, from, std::move(name));
    } else {
      mark();
    }
  }

  void mark() {
    static constexpr std::array<std::string_view, 6> two = {"&&", "||", "==", "!=", "<=", ">="};
    const std::size_t from = at_;
    const std::string_view pair = source_.substr(at_, 2);
    if (std::find(two.begin(), two.end(), pair) != two.end()) {
      at_ += 2;
      return push(Token::mark, from, std::string(pair));
    }
    const char c = peek();
    if (std::string_view("+-*/%<>!?:.,()[]{}").find(c) != std::string_view::npos) {
      ++at_;
      return push(Token::mark, from, std::string(1, c));
    }
    std::string help;
    if (c == '=') help = "write `==` to compare";
    if (c == '&') help = "write `&&` for and";
    if (c == '|') help = "write `||` for or";
    std::size_t length = 1;
    while ((peek(length) & 0xC0) == 0x80) ++length;
    fail(from, length, "`" + std::string(source_.substr(from, length)) + "` has no meaning here",
         std::move(help));
  }

  void number() {
    const std::size_t from = at_;
    Token token = Token::integer;
    if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X') && is_hex(peek(2))) {
      at_ += 2;
      while (is_hex(peek())) ++at_;
    } else {
      while (is_digit(peek())) ++at_;
      if (peek() == '.' && is_digit(peek(1))) {
        token = Token::real;
        ++at_;
        while (is_digit(peek())) ++at_;
      }
      const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
      if ((peek() == 'e' || peek() == 'E') && is_digit(peek(1 + sign))) {
        token = Token::real;
        at_ += 1 + sign;
        while (is_digit(peek())) ++at_;
      }
    }
    std::string digits(source_.substr(from, at_ - from));
    if (token == Token::integer && (peek() == 'u' || peek() == 'U')) {
      token = Token::uinteger;
      ++at_;
    }
    if (in_name(peek())) {
      return fail(from, at_ - from + 1, "a number runs into a name", "put a space between them");
    }
    push(token, from, std::move(digits));
  }

  // r'..', b'..', br'..' and their capitals.
  bool prefixed_text() {
    const std::size_t from = at_;
    std::size_t length = 0;
    const bool bytes = peek() == 'b' || peek() == 'B';
    if (bytes) ++length;
    const bool raw = peek(length) == 'r' || peek(length) == 'R';
    if (raw) ++length;
    if (length == 0 || (peek(length) != '"' && peek(length) != '\'')) return false;
    at_ += length;
    text(from, raw, bytes);
    return true;
  }

  void text(std::size_t from, bool raw, bool bytes) {
    const char quote = peek();
    const bool triple = peek(1) == quote && peek(2) == quote;
    const std::size_t width = triple ? 3 : 1;
    at_ += width;
    std::string out;
    while (true) {
      if (at_ >= source_.size() || (!triple && (peek() == '\n' || peek() == '\r'))) {
        return fail(from, width, "a quotation is never closed");
      }
      if (peek() == quote && (!triple || (peek(1) == quote && peek(2) == quote))) break;
      if (peek() != '\\') {
        out += source_[at_++];
      } else if (raw) {
        out += source_[at_++];
        if (at_ < source_.size()) out += source_[at_++];
      } else {
        escape(bytes, out);
        if (mistake_) return;
      }
    }
    at_ += width;
    push(bytes ? Token::bytes : Token::string, from, std::move(out));
  }

  void escape(bool bytes, std::string& out) {
    static constexpr std::string_view names = "abfnrtv\\?\"'`";
    static constexpr std::string_view meant = "\a\b\f\n\r\t\v\\?\"'`";
    const std::size_t from = at_++;
    const char c = peek();
    if (const auto found = names.find(c); found != std::string_view::npos && c != '\0') {
      out += meant[found];
      ++at_;
      return;
    }
    std::size_t digits = 0;
    std::uint32_t base = 16;
    if (c == 'x' || c == 'X') digits = 2;
    if (c == 'u' && !bytes) digits = 4;
    if (c == 'U' && !bytes) digits = 8;
    if (c >= '0' && c <= '3') {
      digits = 3;
      base = 8;
    } else {
      ++at_;
    }
    std::uint32_t code = 0;
    bool sound = digits > 0;
    for (std::size_t i = 0; i < digits && sound; ++i, ++at_) {
      const char d = peek();
      sound = base == 8 ? d >= '0' && d <= '7' : is_hex(d);
      const int value = is_digit(d) ? d - '0' : (d | 0x20) - 'a' + 10;
      code = code * base + static_cast<std::uint32_t>(value);
    }
    if (!sound || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
      return fail(from, 2, "`" + std::string(source_.substr(from, 2)) + "` begins no valid escape",
                  "write `\\\\` for a backslash, or put `r` before the quotation");
    }
    if (bytes) {
      out += static_cast<char>(code);
    } else {
      append_utf8(code, out);
    }
  }

  std::string_view source_;
  std::size_t at_ = 0;
  std::vector<Lexeme> tokens_;
  std::optional<Diagnostic> mistake_;
};

}  // namespace

tl::expected<std::vector<Lexeme>, Diagnostic> tokenize(std::string_view source) {
  return Lexer(source).run();
}

bool is_reserved(std::string_view name) {
  static constexpr std::array<std::string_view, 21> words = {
      "as",  "break",  "const", "continue", "else",    "for",       "function",
      "if",  "import", "let",   "loop",     "package", "namespace", "return",
      "var", "void",   "while", "in",       "true",    "false",     "null"};
  return std::find(words.begin(), words.end(), name) != words.end();
}

}  // namespace lockgate::cel
