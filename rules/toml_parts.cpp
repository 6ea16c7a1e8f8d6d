#include "rules/toml_parts.hpp"

#include <algorithm>
#include <utility>

namespace lockgate::rules {
namespace {

constexpr std::string_view kSpace = " \t\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

class PartReader {
 public:
  explicit PartReader(std::string_view text) : text_(text) {}

  std::vector<WrittenLine> run() {
    std::vector<WrittenLine> lines;
    int blank = 0;  // lines in a row; more than two are as good as two
    while (at_ < text_.size()) {
      WrittenLine next = line();
      blank = next.kind == WrittenLine::Kind::blank ? blank + 1 : 0;
      if (blank <= 2) lines.push_back(std::move(next));
    }
    return lines;
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  std::string_view since(std::size_t begin) const { return text_.substr(begin, at_ - begin); }

  std::string_view space() {
    const std::size_t begin = at_;
    at_ = std::min(text_.find_first_not_of(kSpace, at_), text_.size());
    return since(begin);
  }

  std::string_view comment() {
    const std::size_t begin = at_;
    at_ = std::min(text_.find('\n', at_), text_.size());
    return trimmed(since(begin));
  }

  WrittenLine line() {
    WrittenLine line;
    space();
    if (peek() == '[') {
      line.kind = WrittenLine::Kind::header;
      ++at_;
      line.array = peek() == '[';
      if (line.array) ++at_;
      line.name = name("]");
      at_ = std::min(at_ + (line.array ? 2 : 1), text_.size());
    } else if (peek() != '\n' && peek() != '#' && peek() != '\0') {
      line.kind = WrittenLine::Kind::key;
      line.name = name("=");
      ++at_;
      space();
      line.value = value();
    }
    line.gap = space();
    if (peek() == '#') {
      if (line.kind == WrittenLine::Kind::blank) line.kind = WrittenLine::Kind::comment;
      line.comment = comment();
    }
    // A whole file is made of lines, so there is nothing else before the line's end.
    at_ = std::min(text_.find('\n', at_), text_.size());
    if (at_ < text_.size()) ++at_;
    return line;
  }

  // Up to one of `ends` outside of quotes.
  std::string_view name(std::string_view ends) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && peek() != '\n' && ends.find(peek()) == ends.npos) {
      if (peek() == '"' || peek() == '\'') {
        quotation();
      } else {
        ++at_;
      }
    }
    return trimmed(since(begin));
  }

  void quotation() {
    const char quote = peek();
    const std::string marks(3, quote);
    const bool lines = text_.substr(at_, 3) == marks;
    at_ += lines ? 3 : 1;
    while (at_ < text_.size()) {
      if (peek() == '\\' && quote == '"') {
        at_ += 2;
      } else if (peek() != quote) {
        ++at_;
      } else if (!lines) {
        ++at_;
        return;
      } else if (text_.substr(at_, 3) != marks) {
        ++at_;
      } else {
        // Up to two more quotation marks belong to the text.
        at_ += 3;
        for (int more = 0; more < 2 && peek() == quote; ++more) ++at_;
        return;
      }
    }
    at_ = text_.size();
  }

  WrittenValue value() {
    const std::size_t begin = at_;
    WrittenValue value;
    if (peek() == '[') {
      value.kind = WrittenValue::Kind::array;
      items(value, ']');
    } else if (peek() == '{') {
      value.kind = WrittenValue::Kind::table;
      items(value, '}');
    } else if (peek() == '"' || peek() == '\'') {
      quotation();
    } else {
      // A moment may have a space within it, so a word ends before what follows.
      at_ = std::min(text_.find_first_of(",]}#\n", at_), text_.size());
      value.text = trimmed(since(begin));
      at_ = begin + value.text.size();
    }
    value.text = since(begin);
    return value;
  }

  void items(WrittenValue& value, char closing) {
    ++at_;
    bool fresh = false;  // nothing stands on this line yet
    int ends = 0;        // of lines since the last item
    while (at_ < text_.size()) {
      const std::string_view gap = space();
      const char c = peek();
      if (c == closing) {
        ++at_;
        return;
      }
      if (c == '\n') {
        value.broken = true;
        fresh = true;
        if (++ends == 2 && !value.items.empty())
          value.items.push_back({.kind = WrittenItem::Kind::blank});
        ++at_;
      } else if (c == ',') {
        ++at_;
      } else if (c == '#') {
        add_comment(value, gap, fresh);
        ends = 0;
      } else {
        WrittenItem item;
        if (closing == '}') {
          item.key = name("=");
          ++at_;
          space();
        }
        const std::size_t before = at_;
        item.value = this->value();
        if (at_ == before) ++at_;  // no TOML; never stand still
        value.broken |= item.value.broken;
        value.items.push_back(std::move(item));
        fresh = false;
        ends = 0;
      }
    }
  }

  void add_comment(WrittenValue& value, std::string_view gap, bool fresh) {
    const std::string_view text = comment();
    value.broken = true;
    if (!fresh && value.items.empty() && value.opening.empty()) {
      value.opening = text;
      value.gap = gap;
    } else if (!fresh && !value.items.empty() &&
               value.items.back().kind == WrittenItem::Kind::element) {
      value.items.back().comment = text;
      value.items.back().gap = gap;
    } else {
      value.items.push_back({.kind = WrittenItem::Kind::comment, .comment = text});
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<WrittenLine> written_lines(std::string_view text) { return PartReader(text).run(); }

std::vector<std::string_view> segments(std::string_view name) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  char quote = '\0';
  for (std::size_t i = 0; i <= name.size(); ++i) {
    const char c = i < name.size() ? name[i] : '.';
    if (i < name.size() && quote != '\0') {
      if (c == '\\' && quote == '"') {
        ++i;
      } else if (c == quote) {
        quote = '\0';
      }
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '.') {
      parts.push_back(trimmed(name.substr(std::min(begin, name.size()), i - begin)));
      begin = i + 1;
    }
  }
  return parts;
}

}  // namespace lockgate::rules
