// What the TOML parser says, in words for people who write rules.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lockgate::rules {

struct TomlMistake {
  std::size_t offset = 0;  // in the text
  std::size_t length = 1;
  std::string message = {};
  std::string help = {};
};

// `offset` and `said` are the parser's; `open_text` is where a quotation begins
// that the file never ends.
TomlMistake in_plain_words(std::string_view text, std::size_t offset, std::string_view said,
                           std::optional<std::size_t> open_text);

}  // namespace lockgate::rules
