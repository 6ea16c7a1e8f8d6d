// Typed tree -> Plan: names become numbered slots, constants are folded,
// patterns compiled, functions chosen.

#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "rules/cel/ast.hpp"
#include "rules/cel/checker.hpp"
#include "rules/cel/pattern.hpp"
#include "rules/cel/program.hpp"
#include "rules/cel/quick.hpp"

namespace lockgate::cel {

enum class Op : std::uint8_t {
  constant,
  slot,
  has_slot,
  local,
  select,
  has,
  index,
  call,
  match,  // against a compiled pattern
  list,
  map,
  entry,  // a list's or map's, left out if its operand is optional.none()
  conditional,
  all_of,
  any_of,
  fold,
  bind,         // its first operand is local `number` within the second
  alternative,  // `or` and `orValue`, by fn
};

struct Step {
  Op op = Op::constant;
  Fn fn = Fn::none;
  FoldKind fold = FoldKind::all;
  Kind kind = Kind::dyn;     // the static kind of what it yields
  bool pair = false;         // of a fold: it has two locals, `number` and the next
  bool optional = false;     // of select and index: what is found is put into an optional
  std::uint32_t number = 0;  // slot, local or pattern
  std::uint32_t first = 0;   // its operands: Plan::operands[first .. first + count)
  std::uint32_t count = 0;
  Value constant = {};             // constant; key of select and has
  const Record* record = nullptr;  // of select and has: what it is a field of, if that is known
};

struct Plan {
  std::vector<Step> steps;
  std::vector<std::uint32_t> operands;
  std::vector<std::shared_ptr<const re2::RE2>> patterns;
  std::vector<std::size_t> slots;
  std::uint32_t root = 0;
  std::uint32_t locals = 0;
  Type type;
  std::vector<Type> records;           // keeps what steps point at
  std::shared_ptr<const Quick> quick;  // null: there is no short way
};

// Adds to `mistakes` what can only be seen here: a pattern that is not valid.
std::shared_ptr<const Plan> make_plan(const Tree& tree, const Checked& checked,
                                      std::vector<Diagnostic>& mistakes);

}  // namespace lockgate::cel
