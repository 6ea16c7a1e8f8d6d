// What each code of an issue means, at length, with a wrong and a right example.
//
// This is the one list of codes: an entry more is a code more.  A code never
// means anything else.  LG100 to LG199: what is wrong with a rule file; LG201 to
// LG229: what is worth a look; LG400 on: the configuration.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/issue.hpp"

namespace lockgate::rules {

// What the examples of a code are.  A rule or a fact in an example may leave out
// keys that do not matter for it.
enum class ExampleOf : std::uint8_t {
  rules,   // a rule file
  tests,   // a *.test.toml file
  config,  // lockgate.toml
};

struct CodeHelp {
  std::string_view code;     // "LG105"
  std::string_view title;    // one clause: "a word that is not one of those allowed"
  std::string_view meaning;  // sentences: what it means and why it matters
  std::string_view mend;     // sentences: what to do
  std::string_view wrong;    // gives this code and no other
  std::string_view right;    // gives none
  Severity severity = Severity::error;
  ExampleOf example = ExampleOf::rules;
};

// All of them, by code.
std::vector<CodeHelp> all_codes();
// Null if there is none.  Lives as long as the program.
const CodeHelp* find_code(std::string_view code);

// What `lockgate explain` prints.
std::string in_words(const CodeHelp& help);

// The parts of the list; each is a file of its own.
std::span<const CodeHelp> codes_of_files();        // LG100 to LG109
std::span<const CodeHelp> codes_of_expressions();  // LG110 to LG118, LG150 to LG153
std::span<const CodeHelp> codes_of_tables();       // LG130 to LG137
std::span<const CodeHelp> codes_of_advice();       // LG201 to LG229
std::span<const CodeHelp> codes_of_config();       // LG400 on

}  // namespace lockgate::rules
