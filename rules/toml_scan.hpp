// A first look at TOML, before it is parsed: what would be too much for a parser
// that recurses and searches lists (toml++ 3.3), or on which its behaviour is
// undefined.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lockgate::rules {

struct Refusal {
  std::size_t offset = 0;
  std::size_t length = 1;
  std::string_view code = {};
  std::string message = {};
  std::string help = {};
};

struct Scan {
  std::optional<Refusal> refusal = {};
  std::optional<std::size_t> open_text = {};  // where a quotation begins that the file never ends
};

// Linear in the text, without recursion.
Scan scan_toml(std::string_view text, std::size_t most_depth, std::size_t most_parts);

}  // namespace lockgate::rules
