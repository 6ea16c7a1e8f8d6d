// The declared facts, and the facts of one prototype held to them.

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lockgate/facts.hpp"
#include "lockgate/result.hpp"
#include "rules/cel/type.hpp"
#include "rules/cel/value.hpp"

namespace lockgate::rules {

// What a fact may be.  `choice` is one of a list of words; `money` is given in
// pounds, exact to the penny, and is a double in pounds to CEL; `date` is text
// `2026-11-23` and a timestamp (midnight UTC) to CEL.  A `record` has named fields,
// a `map` names of any kind; both are objects in JSON and maps to CEL.
//
// Numbers: a JSON integer fits int, uint, double and money; a JSON number with a
// fraction or an exponent fits double and money alone, even 1.0.
enum class FactType {
  boolean,
  integer,
  uinteger,
  real,
  string,
  choice,
  money,
  date,
  timestamp,
  duration,
  list,
  map,
  record
};

std::string_view to_text(FactType type);  // the word in TOML: "bool", "int", "double" ...
std::optional<FactType> fact_type_from_text(std::string_view text);

constexpr std::size_t kMostItems = 1000;  // of a list or map that does not say

// A fact, or within one: the field of a record, the elements of a list, the values of
// a map.
struct FactDeclaration {
  std::string name;  // "people.participants"; of a field: "role"
  FactType type = FactType::boolean;
  std::vector<std::string> values = {};  // of a choice
  std::string unit = {};
  std::string meaning = {};
  std::string question = {};
  std::optional<FactValue> fallback = {};  // the default; none: unknown until given
  std::optional<double> min = {};
  std::optional<double> max = {};
  bool sensitive = false;                          // kept in the texts table, not in the record
  bool from_lockgate = false;                      // supplied by Lockgate where it knows it
  bool always_ask = false;                         // asked for where a source is strict
  bool changeable = false;                         // a proposer can do something about it
  std::shared_ptr<const FactDeclaration> of = {};  // list, map: what each element may be
  std::size_t max_items = kMostItems;              // list, map
  std::vector<FactDeclaration> fields = {};        // record
  bool optional = false;                           // a field: it may be left out
  std::shared_ptr<const cel::Record> record = {};  // record: as CEL sees it; see as_record

  bool is_number() const {
    return type == FactType::integer || type == FactType::uinteger || type == FactType::real ||
           type == FactType::money;
  }
};

cel::Type cel_type(const FactDeclaration& declaration);
// The record of `fields`, to be kept in `record`.
std::shared_ptr<const cel::Record> as_record(const std::vector<FactDeclaration>& fields);

// Immutable after the last `declare`.  A fact's index is its slot.
class Vocabulary {
 public:
  // False if the name is declared already.
  bool declare(FactDeclaration declaration);
  const FactDeclaration* find(std::string_view name) const;
  std::optional<std::size_t> index(std::string_view name) const;
  // Whether facts are declared below `prefix` + ".".
  bool has_below(std::string_view prefix) const { return branches_.contains(prefix); }
  std::span<const FactDeclaration> facts() const { return facts_; }
  const std::vector<std::string>& names() const { return names_; }
  // By slot: the default, or unknown(slot) where there is none that fits.
  const std::vector<cel::Value>& defaults() const { return defaults_; }

 private:
  std::vector<FactDeclaration> facts_;
  std::vector<std::string> names_;
  std::vector<cel::Value> defaults_;
  std::map<std::string, std::size_t, std::less<>> index_;
  std::set<std::string, std::less<>> branches_;
};

// The facts of one prototype.  Every value fits its declaration.
struct Facts {
  std::vector<cel::Value> values;  // by slot; a default, or unknown(slot), where not given
  std::vector<KeptFact> given;     // sorted by path; not yet sealed: `text` is empty
};

// The value as CEL sees it, if it fits the declaration; else what is wrong with it, at
// a pointer from the value on ("/3/role").  A null is taken for a whole fact: rules that
// touch it cannot be evaluated.
tl::expected<cel::Value, Problem> to_cel(const FactDeclaration& declaration,
                                         const FactValue& value);

// Errc::invalid with every problem: unknown facts, wrong types, values out of
// range, a fact given twice.  Pointers are those of the given facts.  `strict`:
// the default of a fact that is always asked for does not count.
Result<Facts> read_facts(const Vocabulary& vocabulary, std::span<const GivenFact> given,
                         bool strict = false);

}  // namespace lockgate::rules
