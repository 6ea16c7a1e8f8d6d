// What a check would come to if some facts were different, without asking every
// rule again.

#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "lockgate/check.hpp"
#include "rules/evaluate.hpp"

namespace lockgate::rules {

// Where one rule stands.
struct Standing {
  Verdict known = Verdict::approve;  // what it yields now
  Verdict waits = Verdict::approve;  // what it might yield, were more known
};

// Borrows the rule set.  For one thread.
class Trial {
 public:
  Trial(const RuleSet& rules, const Facts& facts, Gate gate, UtcTime at);

  // Gives a fact another value, and asks the rules that look at it.
  void set(std::size_t slot, cel::Value value);

  const cel::Value& value(std::size_t slot) const { return values_[slot]; }
  std::span<const cel::Value> values() const { return values_; }
  Verdict verdict() const;
  // The rules because of which the verdict is stronger than `target`.
  std::vector<std::size_t> in_the_way(Verdict target) const;
  // The facts that a rule looks at, by itself or through named expressions.
  const std::set<std::size_t>& looks_at(std::size_t rule) const { return looks_at_[rule]; }
  const Standing& standing(std::size_t rule) const { return standings_[rule]; }
  std::uint64_t evaluations() const { return evaluations_; }  // of conditions and expressions

 private:
  std::set<std::size_t> facts_of(const cel::Program& program) const;
  cel::Value computed(const cel::Program& program);
  void ask(std::size_t rule);
  Verdict known() const;

  const RuleSet& rules_;
  const Gate gate_;
  std::vector<cel::Value> values_;
  std::vector<std::set<std::size_t>> expression_facts_;
  std::vector<std::set<std::size_t>> looks_at_;
  std::vector<std::vector<std::size_t>> expressions_of_;  // by fact: those to compute again
  std::vector<std::vector<std::size_t>> rules_of_;        // by fact: those to ask again
  std::vector<Standing> standings_;
  std::uint64_t evaluations_ = 0;
};

}  // namespace lockgate::rules
