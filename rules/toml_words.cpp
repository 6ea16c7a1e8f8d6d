#include "rules/toml_words.hpp"

#include <algorithm>

namespace lockgate::rules {
namespace {

struct Translation {
  std::string_view said;
  std::string_view message;
  std::string_view help;
  bool whole_word = false;  // the place is somewhere within what is wrong
};

// The first that is part of what the parser says.
constexpr Translation kTranslations[] = {
    {"table header: expected ']'", "this table header lacks its `]`",
     "write `[name]` or `[[name]]` on a line of its own"},
    {"table header: ", "this is not a table header",
     "write `[name]` or `[[name]]` on a line of its own"},
    {"expected '='", "there is no `=` after this key", "write `key = value`"},
    {"expected value, saw", "there is no value after the `=`", "write `key = value`"},
    {"expected a comment or whitespace", "this does not belong on this line",
     "begin a new line; text stands in quotes"},
    {"expected keys, tables", "a line cannot begin like this",
     "write `key = value`, `[table]` or `# comment`"},
    {"expected bare key starting character", "a key cannot begin like this",
     "keys are letters, digits, `_` and `-`; put anything else in quotes"},
    {"closing '}' (dangling comma)", "the comma before this `}` is one too many", ""},
    {"expected key or closing '}'", "this table in `{ }` does not go on like this",
     "write it on one line: `{ submit = \"refer\", decide = \"block\" }`"},
    {"expected key-value pair", "a key is missing before this comma", ""},
    {"expected comma or closing '}'", "a comma or `}` is missing here", ""},
    {"expected comma or closing ']'", "a comma or `]` is missing here", ""},
    {"expected value or closing ']'", "a value is missing before this comma", ""},
    {"unknown escape sequence", "this backslash means nothing here",
     "write `\\\\` for a backslash, or put the text in single quotes"},
    {"unicode scalar sequence", "this is not the number of a character",
     "write `\\u` and four hexadecimal digits"},
    {"incomplete utf-8", "the file is not valid UTF-8 here", "save it as UTF-8"},
    {"utf-8 sequence", "the file is not valid UTF-8 here", "save it as UTF-8"},
    {"control character", "there is a control character here", "take it out"},
    {"leading zeroes", "a number does not begin with 0", "take the 0 away, or put it in quotes",
     true},
    {"not representable", "this number is too large", "put it in quotes if it is not counted with",
     true},
    {"date", "this is not a date that exists", "write it as `2026-11-23`", true},
    {"time: ", "this is not a time that exists", "write it as `2026-11-23T12:00:00Z`", true},
    {"multi-line strings", "a key stands on one line", ""},
    {"encountered end-of-file", "the file ends in the middle of this", ""},
    {"\\n' after '\\r'", "this line ends in half a line break", "save it with ordinary line ends"},
    {"not legal line breaks", "there is a control character here", "take it out"},
};

bool says(std::string_view said, std::string_view part) {
  return said.find(part) != std::string_view::npos;
}

std::size_t line_begin(std::string_view text, std::size_t at) {
  if (at == 0) return 0;
  const std::size_t before = text.rfind('\n', at - 1);
  return before == text.npos ? 0 : before + 1;
}

std::size_t line_end(std::string_view text, std::size_t at) {
  std::size_t end = std::min(text.find('\n', at), text.size());
  if (end > at && text[end - 1] == '\r') --end;
  return end;
}

// From `at` to the end of the word that stands there.
std::size_t word_length(std::string_view text, std::size_t at) {
  const std::size_t end = text.find_first_of(" \t\r\n,]}#=", at);
  return std::max<std::size_t>(1, std::min(end, text.size()) - at);
}

TomlMistake unclosed(std::string_view text, std::size_t begin) {
  return {begin, std::max<std::size_t>(1, line_end(text, begin) - begin),
          "this text has no closing quote", "put the same quote at its end"};
}

// "... cannot redefine existing string 'when'" -> "when"
std::string_view redefined(std::string_view said) {
  const std::size_t open = said.find('\'', said.find("cannot redefine"));
  const std::size_t close = said.find('\'', open == said.npos ? open : open + 1);
  return close == said.npos ? std::string_view() : said.substr(open + 1, close - open - 1);
}

TomlMistake given_twice(std::string_view text, std::size_t at, std::string_view said) {
  const std::string name(redefined(said));
  const bool header = text.substr(at, 1) == "[";
  std::size_t where = header ? text.find(name, at) : text.rfind(name, at);
  if (where == text.npos) where = at;
  if (says(said, " as array-of-tables") || says(said, "array '")) {
    return {where, std::max<std::size_t>(1, name.size()),
            "`" + name + "` is written with single and with double brackets",
            "write `[[" + name + "]]` each time"};
  }
  return {where, std::max<std::size_t>(1, name.size()), "`" + name + "` is given twice",
          header ? "put everything under one `[" + name + "]`" : "keep one of them"};
}

}  // namespace

TomlMistake in_plain_words(std::string_view text, std::size_t offset, std::string_view said,
                           std::optional<std::size_t> open_text) {
  offset = std::min(offset, text.size());
  const bool in_text = says(said, "string: ");
  if (in_text && says(said, "end-of-file") && open_text) return unclosed(text, *open_text);
  const bool at_end = offset == text.size() || text[offset] == '\n' || text[offset] == '\r';
  if (in_text && at_end) {
    // The quotation began somewhere on this line, most often after the `=`.
    const std::size_t begin = line_begin(text, offset);
    const std::size_t equals = std::min(text.find('=', begin), offset);
    const std::size_t quote = text.find_first_of("\"'", equals == offset ? begin : equals);
    return unclosed(text, std::min(quote, offset));
  }
  if (says(said, "cannot redefine") || says(said, "cannot insert")) {
    return given_twice(text, offset, said);
  }
  TomlMistake mistake{offset, word_length(text, offset), {}, {}};
  for (const Translation& each : kTranslations) {
    if (!says(said, each.said)) continue;
    if (each.whole_word) {
      const std::size_t begin = text.find_last_of(" \t\n,[{=", offset > 0 ? offset - 1 : 0);
      mistake.offset = begin == text.npos ? 0 : begin + 1;
      mistake.length = word_length(text, mistake.offset);
    }
    mistake.message = each.message;
    mistake.help = each.help;
    return mistake;
  }
  mistake.message = "this is not valid TOML";
  return mistake;
}

}  // namespace lockgate::rules
