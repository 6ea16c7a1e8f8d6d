// One rule file -> its parts as written, with the places of what other files
// may disagree with.

#pragma once

#include <string>
#include <vector>

#include "rules/issue.hpp"
#include "rules/rule_set.hpp"
#include "rules/table.hpp"
#include "rules/toml_text.hpp"

namespace lockgate::rules {

// An expression and where its text stands; no line where none was given.
struct WrittenExpression {
  std::string source = {};
  toml::source_region place = {};
  bool given() const { return place.begin.line > 0; }
};

struct FactPart {
  FactDeclaration declaration;
  bool typed = true;  // false: its type was not readable; it fits everywhere
  toml::source_region name = {};
};

struct SettingPart {
  Setting setting;
  FactDeclaration declaration;  // the same as a fact: name and type
  bool typed = true;
  toml::source_region name = {};
};

struct OverridePart {  // a line of [settings]
  std::string name;
  FactValue value;
  toml::source_region key = {};
  toml::source_region place = {};
};

struct ExpressionPart {
  std::string name;
  std::string meaning;
  WrittenExpression is;
  toml::source_region place = {};  // of the name
};

struct TableCellPart {
  const toml::node* node = nullptr;  // borrowed from the file's text
  WrittenExpression condition = {};  // `{ cel = '...' }`
};

struct TableRowPart {
  std::vector<TableCellPart> cells;
  const toml::node* then = nullptr;
  std::string why = {};
  toml::source_region place = {};
};

struct TablePart {
  std::string name;
  std::string meaning;
  HitPolicy hit = HitPolicy::unique;
  Collected collected = Collected::list;
  std::vector<WrittenExpression> inputs;
  const toml::node* results = nullptr;   // `results`, a list
  const toml::node* fallback = nullptr;  // `default`
  std::vector<TableRowPart> rows;
  toml::source_region place = {};  // of the name
  bool sound = true;               // false: something is missing, and it is not compiled

  // What it looks at: its inputs and the CEL in its cells.
  std::vector<std::string_view> expressions() const;
};

struct RulePart {
  Rule rule;  // `when` is not compiled yet
  WrittenExpression when;
  toml::source_region id = {};
  toml::source_region to = {};
  toml::source_region review_by = {};
  toml::source_region say = {};
  toml::source_region fix = {};
};

struct RolePart {
  std::string name;
  toml::source_region place = {};
};

struct SwitchOffPart {
  std::string rule;
  std::string reason;
  toml::source_region place = {};
};

struct RuleFile {
  TomlText text;
  std::vector<FactPart> facts = {};
  std::vector<SettingPart> settings = {};
  std::vector<OverridePart> overrides = {};
  std::vector<ExpressionPart> expressions = {};
  std::vector<TablePart> tables = {};
  std::vector<RulePart> rules = {};
  std::vector<RolePart> roles = {};
  std::vector<SwitchOffPart> switch_offs = {};
};

// Everything that can be told from this file alone is told here: unknown and
// missing keys, wrong types, words, names, dates, defaults that do not fit.  A
// part with a mistake is kept as far as it goes, so that what uses it is not a
// mistake too.
RuleFile read_rule_file(TomlText text, std::vector<Issue>& issues);

}  // namespace lockgate::rules
