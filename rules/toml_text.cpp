#include "rules/toml_text.hpp"

#include <algorithm>

#include "rules/toml_scan.hpp"
#include "rules/toml_words.hpp"

namespace lockgate::rules {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_continuation(char c) { return (c & 0xC0) == 0x80; }

std::size_t utf8_length(char32_t c) { return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4; }

// Follows a TOML text as written, from its opening quote, until `wanted` bytes
// of its value have gone by; gives the place of the next one.
class Follower {
 public:
  Follower(std::string_view text, std::size_t begin) : text_(text), at_(begin) {
    quote_ = peek();
    lines_ = text_.substr(at_, 3) == std::string(3, quote_);
    at_ += lines_ ? 3 : 1;
    if (lines_ && peek() == '\r') ++at_;
    if (lines_ && peek() == '\n') ++at_;
  }

  std::optional<std::size_t> after(std::string_view value, std::size_t wanted) {
    if (quote_ != '"' && quote_ != '\'') return std::nullopt;
    for (std::size_t done = 0; done < wanted;) {
      skip_joined_lines();
      if (at_ >= text_.size()) return std::nullopt;
      if (quote_ == '"' && peek() == '\\') {
        done += escape();
      } else if (peek() == '\r') {
        ++at_;  // a line break is one byte of the value
      } else if (done < value.size() && value[done] == peek()) {
        ++done;
        ++at_;
      } else {
        return std::nullopt;
      }
    }
    skip_joined_lines();
    return at_;
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  // A backslash at the end of a line takes the white space after it away.
  void skip_joined_lines() {
    while (quote_ == '"' && lines_ && peek() == '\\') {
      const std::size_t next = text_.find_first_not_of(" \t\r\n", at_ + 1);
      const std::size_t line = text_.find('\n', at_);
      if (next == text_.npos || line > next) return;
      at_ = next;
    }
  }

  // How many bytes of the value an escape gives.
  std::size_t escape() {
    const char kind = peek(1);
    const std::size_t digits = kind == 'u' ? 4 : kind == 'U' ? 8 : kind == 'x' ? 2 : 0;
    char32_t code = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const char c = peek(2 + i);
      code = code * 16 + static_cast<char32_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    at_ += 2 + digits;
    return digits == 0 ? 1 : utf8_length(code);
  }

  std::string_view text_;
  std::size_t at_;
  char quote_ = '\0';
  bool lines_ = false;
};

Issue file_issue(const std::string& file, std::string_view code, std::string message,
                 std::string help) {
  Issue issue;
  issue.code = code;
  issue.file = file;
  issue.message = std::move(message);
  issue.help = std::move(help);
  return issue;
}

// What makes a file no text at all.
std::optional<Issue> not_text(const std::string& file, std::string_view bytes) {
  if (bytes.size() > kMostBytes) {
    return file_issue(file, "LG100", "the file is larger than 1 MiB",
                      "split it into several files");
  }
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return file_issue(file, "LG101", "the file is written in UTF-16", "save it as UTF-8");
  }
  return std::nullopt;
}

}  // namespace

std::optional<TomlText> TomlText::parse(std::string file, std::string bytes,
                                        std::vector<Issue>& issues) {
  if (auto issue = not_text(file, bytes)) {
    issues.push_back(*std::move(issue));
    return std::nullopt;
  }
  TomlText result;
  result.file_ = std::move(file);
  result.text_ = std::move(bytes);
  if (result.text_.starts_with(kByteOrderMark)) result.text_.erase(0, kByteOrderMark.size());
  const std::string& text = result.text_;
  const bool plain = std::none_of(text.begin(), text.end(), is_continuation);
  result.lines_.push_back(0);
  for (std::uint32_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') result.lines_.push_back(i + 1);
    if (!plain && !is_continuation(text[i])) result.characters_.push_back(i);
  }

  if (const std::size_t nul = text.find('\0'); nul != text.npos) {
    Issue issue = result.issue_at(nul, 1, "LG101", "there is a zero byte in the file");
    issue.help = "save it as plain text, in UTF-8";
    issues.push_back(std::move(issue));
    return std::nullopt;
  }
  const Scan scan = scan_toml(text, kMostDepth, kMostParts);
  if (const auto& refusal = scan.refusal) {
    Issue issue =
        result.issue_at(refusal->offset, refusal->length, refusal->code, refusal->message);
    issue.help = refusal->help;
    issues.push_back(std::move(issue));
    return std::nullopt;
  }
  toml::parse_result parsed = toml::parse(std::string_view(text));
  if (!parsed) {
    const toml::parse_error& error = parsed.error();
    TomlMistake mistake = in_plain_words(text, result.offset_of(error.source().begin),
                                         error.description(), scan.open_text);
    Issue issue =
        result.issue_at(mistake.offset, mistake.length, "LG101", std::move(mistake.message));
    issue.help = std::move(mistake.help);
    issues.push_back(std::move(issue));
    return std::nullopt;
  }
  result.table_ = std::move(parsed).table();
  return result;
}

std::size_t TomlText::offset_of(const toml::source_position& position) const {
  if (position.line == 0) return 0;
  if (position.line > lines_.size()) return text_.size();
  const std::size_t begin = lines_[position.line - 1];
  const std::size_t before = position.column > 0 ? position.column - 1 : 0;
  if (characters_.empty()) return std::min(begin + before, text_.size());
  const auto first = std::lower_bound(characters_.begin(), characters_.end(), begin);
  const auto left = static_cast<std::size_t>(characters_.end() - first);
  return before < left ? first[static_cast<std::ptrdiff_t>(before)] : text_.size();
}

std::string TomlText::place(const toml::source_region& region) const {
  const Issue issue = this->issue(region, {}, {});
  return file_ + ':' + std::to_string(issue.line) + ':' + std::to_string(issue.column);
}

std::string_view TomlText::written(const toml::source_region& region) const {
  const std::size_t begin = offset_of(region.begin);
  const std::size_t end = std::max(begin, offset_of(region.end));
  const std::string_view whole = std::string_view(text_).substr(begin, end - begin);
  return whole.substr(0, whole.find_first_of("\r\n"));
}

Issue TomlText::issue_at(std::size_t offset, std::size_t length, std::string_view code,
                         std::string message) const {
  Issue issue = file_issue(file_, code, std::move(message), {});
  const auto line = std::upper_bound(lines_.begin(), lines_.end(), offset) - 1;
  issue.line = static_cast<std::size_t>(line - lines_.begin()) + 1;
  issue.column = offset - *line + 1;
  const std::string_view under = std::string_view(text_).substr(offset, length);
  issue.length = std::max<std::size_t>(1, std::min(under.find_first_of("\r\n"), under.size()));
  return issue;
}

Issue TomlText::issue(const toml::source_region& region, std::string_view code,
                      std::string message) const {
  return issue_at(offset_of(region.begin), std::max<std::size_t>(1, written(region).size()), code,
                  std::move(message));
}

Issue TomlText::issue_within(const toml::source_region& region, std::string_view value,
                             std::size_t offset, std::size_t length, std::string_view code,
                             std::string message) const {
  Follower follower(text_, offset_of(region.begin));
  const auto begin = follower.after(value, offset);
  if (!begin) return issue(region, code, std::move(message));
  Follower again(text_, offset_of(region.begin));
  const auto end = again.after(value, offset + length);
  return issue_at(*begin, end && *end > *begin ? *end - *begin : length, code, std::move(message));
}

}  // namespace lockgate::rules
