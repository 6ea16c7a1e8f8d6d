#include "rules/toml_scan.hpp"

#include <algorithm>

namespace lockgate::rules {
namespace {

class Scanner {
 public:
  Scanner(std::string_view text, std::size_t most_depth, std::size_t most_parts)
      : text_(text), most_depth_(most_depth), most_parts_(most_parts) {}

  Scan run() {
    while (at_ < text_.size() && !scan_.too_much) step();
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
        ++parts_;
        dots_ = 0;
        ++brackets_;
        break;
      case ']':
      case '}':
        dots_ = 0;
        if (brackets_ > 0) --brackets_;
        break;
      case '=':
      case ',':
        ++parts_;
        dots_ = 0;
        break;
      case '\n':
        dots_ = 0;
        break;
      case '.':
        ++dots_;
        break;
      default:
        break;
    }
    if (brackets_ > most_depth_ || dots_ >= most_depth_) {
      refuse("this is nested more than " + std::to_string(most_depth_) + " deep", {});
    } else if (parts_ > most_parts_) {
      refuse("the file holds more than " + std::to_string(most_parts_) + " keys and values",
             "split it into several files");
    }
    ++at_;
  }

  void refuse(std::string message, std::string help) {
    scan_.too_much = TooMuch{at_, std::move(message), std::move(help)};
  }

  void quotation(char quote) {
    const std::size_t begin = at_;
    const bool lines = text_.substr(at_, 3) == std::string(3, quote);
    for (at_ += lines ? 3 : 1; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\\' && quote == '"') {
        ++at_;
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
  std::size_t brackets_ = 0;
  std::size_t dots_ = 0;
  std::size_t parts_ = 0;
  Scan scan_;
};

}  // namespace

Scan scan_toml(std::string_view text, std::size_t most_depth, std::size_t most_parts) {
  return Scanner(text, most_depth, most_parts).run();
}

}  // namespace lockgate::rules
