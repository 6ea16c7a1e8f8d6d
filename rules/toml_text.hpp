// A TOML file as it was read: its table, and where in the text each part stands.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "rules/issue.hpp"

namespace lockgate::rules {

// A rule file may be this long, nest this deep, and hold this many keys and values.
constexpr std::size_t kMostBytes = 1 << 20;
constexpr std::size_t kMostDepth = 32;
constexpr std::size_t kMostParts = 30'000;

// Immutable.
class TomlText {
 public:
  // nullopt, with one issue, for what exceeds a limit (LG100) or is not TOML
  // (LG101).  A byte order mark and CRLF are fine.  Quick whatever the bytes are.
  static std::optional<TomlText> parse(std::string file, std::string bytes,
                                       std::vector<Issue>& issues);

  const toml::table& table() const { return table_; }
  const std::string& file() const { return file_; }
  // "packs/finance.toml:12:8", for "the first is at ..."
  std::string place(const toml::source_region& region) const;
  // The text itself, up to the end of its first line.
  std::string_view written(const toml::source_region& region) const;

  // An issue whose caret underlines the region, at most to the end of its line.
  Issue issue(const toml::source_region& region, std::string_view code, std::string message) const;
  // Underlines `length` bytes of a text, `offset` bytes into its value; the
  // whole of it if the value cannot be followed in the file.
  Issue issue_within(const toml::source_region& region, std::string_view value, std::size_t offset,
                     std::size_t length, std::string_view code, std::string message) const;

 private:
  TomlText() = default;
  std::size_t offset_of(const toml::source_position& position) const;
  Issue issue_at(std::size_t offset, std::size_t length, std::string_view code,
                 std::string message) const;

  std::string file_;
  std::string text_;  // without byte order mark
  toml::table table_;
  std::vector<std::uint32_t> lines_;       // where each begins
  std::vector<std::uint32_t> characters_;  // likewise; empty if all are single bytes
};

}  // namespace lockgate::rules
