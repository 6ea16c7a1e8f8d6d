// A problem in a rule file or in the configuration, for the person who can mend it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lockgate::rules {

enum class Severity : std::uint8_t { error, warning };
std::string_view to_text(Severity severity);  // "error", "warning"

struct Issue {
  std::string code = {};  // "LG105"; what each means stands in rules/codes.hpp
  std::string file = {};
  std::size_t line = 0;      // from 1; 0: the file as a whole
  std::size_t column = 0;    // from 1, in bytes
  std::size_t length = 1;    // what the caret underlines, in bytes
  std::string message = {};  // "`blok` is not an outcome"
  std::string label = {};    // under the caret; may be empty
  std::string help = {};     // what to do; may be empty
  Severity severity = Severity::error;
  friend bool operator==(const Issue&, const Issue&) = default;
};

// By file, line, column.
void sort(std::vector<Issue>& issues);

// The line of that number, from 1, without its end; empty if there is none.
std::string_view line_of(std::string_view text, std::size_t number);

// The text of a file by its name; empty if it is not known.
using TextOf = std::function<std::string_view(std::string_view file)>;

// How many errors and how many warnings: "2 errors and 1 warning".
std::string counts(const std::vector<Issue>& issues);

// For a terminal: the source line and a caret under the mistake; the first ten,
// then how many more, then, if one is an error, the sum.  `issues` sorted.
std::string in_human(const std::vector<Issue>& issues, const TextOf& text_of);
// One sentence each, to be read aloud; all of them, then the sum in the same case.
std::string in_plain(const std::vector<Issue>& issues);
// {"schema":"lockgate.diagnostics/1","errors":N,"warnings":N,"diagnostics":[...]}
std::string in_json(const std::vector<Issue>& issues);

}  // namespace lockgate::rules
