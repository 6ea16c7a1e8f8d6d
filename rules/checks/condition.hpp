// A condition made ready to be tried out: what it hangs on is cut down to slots
// that take few values worth trying.
//
// Named expressions are written out.  A number or a text that is compared with
// constants keeps its slot and remembers those constants: between two of them the
// condition cannot change.  Whatever else is true or false, and any calculated
// number, becomes a slot of its own that may be anything; the same text is the
// same slot.  So more is thought possible than is, never less.

#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/ast.hpp"
#include "rules/cel/checker.hpp"
#include "rules/cel/program.hpp"
#include "rules/facts.hpp"

namespace lockgate::rules {

using Constants = std::map<std::size_t, std::vector<cel::Value>>;  // by slot

struct Condition {
  cel::Program program;
  Constants compared;  // numbers and texts, with what
  std::string key;     // the same for the same condition, however it is spaced
};

// What the slots of a rule set are: first the facts, then the settings, then the
// named expressions, then `now`.
struct Slots {
  const cel::Declarations& declarations;
  const Vocabulary& vocabulary;
  std::size_t settings = 0;                                  // how many
  std::map<std::size_t, std::string_view> expressions = {};  // slot -> CEL, of those that are right
};

// Borrows what it is made of.  Not for several threads at once.
class Conditions {
 public:
  // `settings`: their values; empty: they may be anything.
  Conditions(Slots slots, std::span<const cel::Value> settings);

  // nullopt if it is not valid or, with everything written out, too large.
  std::optional<Condition> read(std::string_view source);

  // One slot's values such that every comparison with the constants comes out in
  // every way that it can; nullopt if there are too many, or it is no slot to try.
  std::optional<std::vector<cel::Value>> values_of(std::size_t slot,
                                                   const Constants& compared) const;
  // The settings, if they have values; everything else that is declared is unknown.
  std::vector<cel::Value> start() const;
  // Whether the slot is a fact of the vocabulary.
  bool is_fact(std::size_t slot) const { return slot < slots_.vocabulary.facts().size(); }
  const std::string& name(std::size_t slot) const { return slots_.declarations.name(slot); }

 private:
  friend class ConditionWriter;
  struct Source {
    cel::Tree tree;
    cel::Checked checked;
  };
  struct Stranger {  // what stands for a part that cannot be looked into
    cel::Kind kind = cel::Kind::boolean;
    bool may_fail = true;
  };

  std::optional<Source> parsed(std::string_view text) const;
  bool is_setting(std::size_t slot) const;
  const Source* expression(std::size_t slot) const;
  // The values of a slot that has few by its type; empty if it has not.
  std::vector<cel::Value> domain(std::size_t slot) const;
  // Whether it hangs on such slots only.
  bool is_closed(std::size_t slot) const;
  bool is_closed(const Source& source, cel::NodeId id) const;
  std::size_t stranger(const std::string& key, Stranger stranger);

  Slots slots_;
  std::vector<cel::Value> settings_;
  std::map<std::size_t, Source> expressions_;
  std::map<std::size_t, bool> closed_;  // by slot of a named expression
  std::map<std::string, std::size_t> stranger_slots_;
  std::vector<Stranger> strangers_;
};

}  // namespace lockgate::rules
