// A TOML file as people wrote it: its lines and values with their comments, which
// a parser drops.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lockgate::rules {

struct WrittenItem;

// A value as written.  Views are of the file's text.
struct WrittenValue {
  enum class Kind : std::uint8_t { plain, array, table };
  Kind kind = Kind::plain;
  bool broken = false;            // a line ends within its brackets
  std::string_view text = {};     // the whole of it
  std::string_view opening = {};  // the comment behind an array's bracket, on its line
  std::string_view gap = {};      // white space before that
  std::vector<WrittenItem> items;
};

// What stands within brackets, in order.
struct WrittenItem {
  enum class Kind : std::uint8_t { element, comment, blank };
  Kind kind = Kind::element;
  std::string_view key = {};      // of a table's element
  WrittenValue value = {};        // of an element
  std::string_view comment = {};  // "# ..."; of an element: that behind it, on its line
  std::string_view gap = {};      // white space before that
};

struct WrittenLine {
  enum class Kind : std::uint8_t { blank, comment, header, key };
  Kind kind = Kind::blank;
  std::string_view name = {};  // of a key or header, dots and quotes as written
  bool array = false;          // a header with two brackets
  WrittenValue value = {};     // of a key
  std::string_view comment = {};
  std::string_view gap = {};  // white space before a comment behind something
};

// `text` is TOML without "\r" outside of quotations, and not deeper than
// rules/toml_text.hpp's limit: it recurses.  Linear.
std::vector<WrittenLine> written_lines(std::string_view text);

// The parts of a dotted key, without white space; a quoted part keeps its quotes.
std::vector<std::string_view> segments(std::string_view name);

}  // namespace lockgate::rules
