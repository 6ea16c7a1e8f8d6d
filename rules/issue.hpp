// A problem in a rule file or in the configuration, for the person who can mend it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lockgate::rules {

// What a code means; it never means anything else.
//   LG100  more than a limit allows: bytes, depth, rules
//   LG101  not TOML, or not text
//   LG102  a key that is not known
//   LG103  a key is missing
//   LG104  a value of another TOML type
//   LG105  a word that is not one of those allowed
//   LG106  text or a list of the wrong form: a name, an id, a question, nothing
//   LG107  declared, listed or given twice
//   LG108  a value that does not fit the declared type or its bounds
//   LG109  dates in the wrong order
//   LG110  an expression that is not CEL
//   LG111  an expression uses a name that is not declared
//   LG112  an expression compares or combines what does not go together
//   LG113  an expression names a word that the fact can never be
//   LG114  named expressions that depend on each other in a circle
//   LG115  a rule that can never apply
//   LG116  a role that is not declared, or that cannot be referred to
//   LG117  no such rule, setting or fact
//   LG118  changed from a folder that comes too early to do that
//   LG150  a placeholder that cannot be read: `{` without `name}`
//   LG151  a placeholder names what is not declared
//   LG152  a placeholder names a fact that is kept apart from the record
//   LG153  a fact marked changeable that Lockgate fills in
//   LG400  the configuration
enum class Severity : std::uint8_t { error, warning };

struct Issue {
  std::string code = {};  // "LG105"
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

// The text of a file by its name; empty if it is not known.
using TextOf = std::function<std::string_view(std::string_view file)>;

// For a terminal: the source line and a caret under the mistake; the first ten,
// then how many more, then the sum.  `issues` sorted.
std::string in_human(const std::vector<Issue>& issues, const TextOf& text_of);
// One sentence each, to be read aloud; all of them.
std::string in_plain(const std::vector<Issue>& issues);
// {"schema":"lockgate.diagnostics/1","errors":N,"diagnostics":[...]}
std::string in_json(const std::vector<Issue>& issues);

}  // namespace lockgate::rules
