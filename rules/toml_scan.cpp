#include "rules/toml_scan.hpp"

#include <algorithm>

#include "rules/toml_word.hpp"

namespace lockgate::rules {
namespace {

bool is_ascii(char c) { return (c & 0x80) == 0; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Scanner {
 public:
  Scanner(std::string_view text, std::size_t most_depth, std::size_t most_parts)
      : text_(text), most_depth_(most_depth), most_parts_(most_parts) {}

  Scan run() {
    while (at_ < text_.size() && !scan_.refusal) step();
    return std::move(scan_);
  }

 private:
  void step() {
    const char c = text_[at_];
    switch (c) {
      case '#':
        at_ = std::min(text_.find('\n', at_), text_.size());
        return;
      case '"':
      case '\'':
        return quotation(c);
      case '[':
      case '{':
        open(c);
        break;
      case ']':
      case '}':
        if (c == '}' && brackets_.ends_with('[')) {
          return refuse(at_, 1, "LG101", "a `]` is missing before this", {});
        }
        if (!brackets_.empty()) brackets_.pop_back();
        dots_ = 0;
        done_ = true;
        break;
      case ',':
        ++parts_;
        begin_part(false);
        break;
      case '=':
        if (in_value() && !done_) return word();
        ++parts_;
        begin_part(true);
        break;
      case '\n':
        if (header_) brackets_.clear();  // it ends with its line, closed or not
        header_ = false;
        if (!in_list()) begin_part(false);
        line_ = at_ + 1;
        break;
      case ' ':
      case '\t':
      case '\r':
        break;
      default:
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7F') {
          return refuse(at_, 1, "LG101", "there is a control character here", "take it out");
        }
        if (in_value() && !done_) return word();
        if (c == '.') ++dots_;
        if (!is_ascii(c)) return refuse_character();
    }
    check_limits();
    ++at_;
  }

  void begin_part(bool equals) {
    dots_ = 0;
    equals_ = equals;
    done_ = false;
  }

  bool in_list() const { return brackets_.ends_with('[') && !header_; }
  bool in_value() const { return equals_ || in_list(); }

  void open(char bracket) {
    ++parts_;
    const bool second = header_ && brackets_ == "[" && text_[at_ - 1] == '[';
    header_ = bracket == '[' && (second || (brackets_.empty() && begins_line()));
    if (header_ && !second) check_header();
    brackets_ += bracket;
    begin_part(false);
  }

  void check_limits() {
    if (brackets_.size() > most_depth_ || dots_ >= most_depth_) {
      refuse(at_, 1, "LG100", "this is nested more than " + std::to_string(most_depth_) + " deep",
             {});
    } else if (parts_ > most_parts_) {
      refuse(at_, 1, "LG100",
             "the file holds more than " + std::to_string(most_parts_) + " keys and values",
             "split it into several files");
    }
  }

  void refuse(std::size_t offset, std::size_t length, std::string_view code, std::string message,
              std::string help) {
    if (scan_.refusal) return;
    scan_.refusal = Refusal{offset, length, code, std::move(message), std::move(help)};
  }

  // The parser's test for white space is undefined for é and its like.
  void refuse_character() {
    refuse(at_, 1, "LG101", "this character can stand only in text or in a comment",
           "put text in quotes; keys are letters from a to z, digits, `_` and `-`");
  }

  bool begins_line() const {
    return text_.substr(line_, at_ - line_).find_first_not_of(" \t") == std::string_view::npos;
  }

  // The parser takes it for granted that a table header begins with a key.
  void check_header() {
    std::size_t key = text_.find_first_not_of(" \t", at_ + 1);
    if (text_.substr(std::min(key, text_.size()), 1) == "[") {
      key = text_.find_first_not_of(" \t", key + 1);
    }
    if (key == text_.npos) return;
    const char c = text_[key];
    const bool begins_key = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) ||
                            std::string_view("-_\"']").find(c) != std::string_view::npos;
    if (!begins_key) {
      refuse(at_, 1, "LG101", "this is not a table header",
             "write `[name]` or `[[name]]` on a line of its own");
    }
  }

  // A value without quotes; the parser guesses what it is by its first letters
  // and then takes the rest for granted.
  void word() {
    constexpr std::string_view kEnds = " \t\r\n\v\f,]}#";
    std::size_t end = std::min(text_.find_first_of(kEnds, at_), text_.size());
    // A moment may have a space between day and time.
    if (end - at_ == 10 && text_[at_ + 4] == '-' && text_.substr(end, 1) == " " &&
        end + 1 < text_.size() && is_digit(text_[end + 1])) {
      end = std::min(text_.find_first_of(kEnds, end + 1), text_.size());
    }
    const std::string_view word = text_.substr(at_, end - at_);
    if (!is_toml_word(word)) {
      const bool number = is_digit(word[0]) || word[0] == '+' || word[0] == '-' || word[0] == '.';
      refuse(at_, word.size(), "LG101",
             number ? "this is neither a number nor a date" : "this is no value",
             number ? "write `12`, `8400.50` or `2026-11-23`; put text in quotes"
                    : "put text in quotes; write `true` and `false` without");
    }
    at_ = std::max(end, at_ + 1);
    done_ = true;
  }

  // Behind a backslash and white space in a text of several lines: there, too,
  // the parser's test for white space is undefined.
  void check_backslash() {
    const std::size_t next = text_.find_first_not_of(" \t\r\n", at_);
    if (next == text_.npos || is_ascii(text_[next])) return;
    refuse(next, 1, "LG101", "this character cannot follow a backslash",
           "begin the line with a letter from a to z, or leave the backslash out");
  }

  void quotation(char quote) {
    const std::size_t begin = at_;
    const bool lines = text_.substr(at_, 3) == std::string(3, quote);
    done_ = in_value();
    for (at_ += lines ? 3 : 1; at_ < text_.size() && !scan_.refusal; ++at_) {
      const char c = text_[at_];
      if (c == '\\' && quote == '"') {
        ++at_;
        if (lines) check_backslash();
      } else if (c == '\n' && !lines) {
        return;  // never closed; the parser will say so
      } else if (c == quote && !lines) {
        ++at_;
        return;
      } else if (c == quote && text_.substr(at_, 3) == std::string(3, quote)) {
        // Up to two more quotation marks belong to the text.
        at_ += 3;
        for (int more = 0; more < 2 && at_ < text_.size() && text_[at_] == quote; ++more) ++at_;
        return;
      }
    }
    at_ = std::min(at_, text_.size());
    scan_.open_text = begin;
  }

  std::string_view text_;
  std::size_t most_depth_;
  std::size_t most_parts_;
  std::size_t at_ = 0;
  std::size_t line_ = 0;   // where it begins
  std::string brackets_;   // that are open
  bool header_ = false;    // the first of them is a table header's
  bool equals_ = false;    // since the last comma, brace or line
  bool done_ = false;      // the value has been read
  std::size_t dots_ = 0;   // in the key
  std::size_t parts_ = 0;  // of the whole file
  Scan scan_;
};

}  // namespace

Scan scan_toml(std::string_view text, std::size_t most_depth, std::size_t most_parts) {
  return Scanner(text, most_depth, most_parts).run();
}

}  // namespace lockgate::rules
