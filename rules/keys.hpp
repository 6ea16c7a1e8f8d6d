// The keys of each table of rule and test files.  This is the one list of them:
// what reads a file, lays it out, or tells an editor about it goes by it.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockgate::rules {

using Words = std::vector<std::string>;

const Words& gate_words();
const Words& outcome_words();
const Words& verdict_words();
const Words& fact_type_words();
const Words& whole_type_words();  // of these, those that need no other key
const Words& setting_type_words();
const Words& basis_words();
const Words& before_words();
const Words& hit_policy_words();
const Words& collect_words();

struct Key {
  std::string_view name;
  std::string_view meaning;  // for an editor to show
  std::string_view shape;    // of its value: a JSON Schema, which may use rules/schema.cpp's
  const Words& (*words)() = nullptr;  // the value is one of these; then `shape` is empty
};

// A kind of table.
enum class FilePart {
  rule_file,
  fact,
  type,  // what the elements of a list or the fields of a record may be
  setting,
  expression,
  table,
  row,
  cell,  // one in CEL
  rule,
  switch_off,
  test_file,
  test,
};

// In the order in which people write them.  Lives as long as the program.
std::span<const Key> keys_of(FilePart part);

}  // namespace lockgate::rules
