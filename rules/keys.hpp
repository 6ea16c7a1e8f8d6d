// The keys of each table of rule and test files.  This is the one list of them:
// what reads a file, lays it out, or tells an editor about it goes by it.

#pragma once

#include <cstdint>
#include <optional>
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
const Words& origin_words();
const Words& hit_policy_words();
const Words& collect_words();

// A kind of table.
enum class FilePart : std::uint8_t {
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

// What the value of a key may be.
enum class Shape : std::uint8_t {
  text,
  filled_text,  // not empty
  question,     // ends with a question mark
  texts,
  filled_texts,  // at least one, none of them empty
  truth,
  number,
  count,  // 1 or more
  scalar,
  anything,
  list,
  date,
  moment,
  word,  // one of Key::words
  fact_name,
  setting_name,
  expression_name,
  rule_id,
  rule,  // the id of one that there is
  role,
  fact_names,
  rule_ids,
  type,       // a word, or a table of FilePart::type
  fields,     // a name and a type each
  outcomes,   // an outcome for each gate
  findings,   // an outcome for each rule
  facts,      // given: names, with or without dots, and values
  overrides,  // names of settings, with or without dots, and values
  cells,      // values, or tables of FilePart::cell
  tables,     // a list of tables of the kind Key::part
};

struct Key {
  std::string_view name;
  std::string_view meaning;  // for an editor to show
  Shape shape = Shape::anything;
  const Words& (*words)() = nullptr;
  std::optional<FilePart> part = std::nullopt;
};

// In the order in which people write them.  Lives as long as the program.
std::span<const Key> keys_of(FilePart part);

}  // namespace lockgate::rules
