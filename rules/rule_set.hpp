// All rule files together, checked and compiled: what judges.

#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lockgate/check.hpp"
#include "rules/cel/conditions.hpp"
#include "rules/cel/program.hpp"
#include "rules/facts.hpp"
#include "rules/issue.hpp"
#include "rules/table.hpp"

namespace lockgate::rules {

// A file as it was read; `path` as people should see it.
struct SourceFile {
  std::string path;
  std::string bytes;
};

struct Rule {
  std::string id;  // "fp-03"
  std::string question;
  cel::Program when;      // gives true or false
  std::string when_text;  // as written
  std::vector<std::pair<Gate, Outcome>> at;
  std::string to;   // a role
  std::string say;  // these two may name facts to be filled in: rules/filled_text.hpp
  std::string fix;
  std::string takes;
  std::string before;  // "start" or "close"
  std::string basis;   // "law", "guidance", "local rules" or "our default"
  std::vector<std::string> source;
  std::optional<std::chrono::year_month_day> checked_on;
  std::optional<std::chrono::year_month_day> review_by;

  std::optional<Outcome> outcome_at(Gate gate) const;
};

// A council setting: the same value for every prototype.
struct Setting {
  std::string name;  // "cfg.quorum_min"
  FactValue value;
  std::string unit;
  std::string meaning;
};

// Computed once per check, in this order: each uses only those before it.
struct NamedExpression {
  std::string name;  // "calc.score"
  std::string meaning;
  cel::Program program;   // of a decision table: a list of all that it looks at
  std::string text = {};  // as written; of a table: empty
  std::shared_ptr<const Table> table = nullptr;  // null: the program gives the value
};

// A rule that a council does without, and why.
struct SwitchedOff {
  std::string rule;
  std::string reason;
  std::string file;
};

// Immutable; may be used from many threads.  Slots: first the facts, then the
// settings, then the named expressions, then `now`.
class RuleSet {
 public:
  const std::string& hash() const { return hash_; }  // 64 hexadecimal digits
  const Vocabulary& vocabulary() const { return vocabulary_; }
  const std::vector<Setting>& settings() const { return settings_; }
  const std::vector<NamedExpression>& expressions() const { return expressions_; }
  const std::vector<Rule>& rules() const { return rules_; }          // by id
  const cel::Conditions& conditions() const { return conditions_; }  // of the rules
  const std::vector<std::string>& roles() const { return roles_; }   // as declared
  const std::vector<SourceFile>& files() const { return files_; }    // by path: what was hashed
  const cel::Declarations& declarations() const { return declarations_; }
  const std::vector<SwitchedOff>& switched_off() const { return switched_off_; }
  const Rule* find(std::string_view id) const;

  // Puts another condition, or another named expression of the same type, in the
  // place of that with this index, and gives back what stood there.  For a copy
  // that is to be judged by tests; its hash does not change.
  cel::Program exchange_condition(std::size_t rule, cel::Program when);
  cel::Program exchange_expression(std::size_t expression, cel::Program program);

  std::size_t first_setting() const { return vocabulary_.facts().size(); }
  std::size_t first_expression() const { return first_setting() + settings_.size(); }
  std::size_t now_slot() const { return first_expression() + expressions_.size(); }

  // The roles that a `refer` may be addressed to; a rule that cannot be
  // evaluated refers too, so these are the roles of all rules, with
  // `instead_of_proposer` for the proposer.  Each once, in order of the rules.
  std::vector<std::string> referred_roles() const;
  // Who looks at a rule to the proposer that cannot be evaluated: the board's
  // chair if that is a role, else the first that a rule is addressed to, else any.
  std::string_view instead_of_proposer() const;

 private:
  friend class RuleSetBuilder;
  std::string hash_;
  Vocabulary vocabulary_;
  std::vector<Setting> settings_;
  std::vector<cel::Value> setting_values_;
  std::vector<NamedExpression> expressions_;
  std::vector<Rule> rules_;
  cel::Conditions conditions_;
  std::vector<std::string> roles_;
  std::vector<SwitchedOff> switched_off_;
  std::vector<SourceFile> files_;
  cel::Declarations declarations_;

 public:
  const std::vector<cel::Value>& setting_values() const { return setting_values_; }
};

struct Loaded {
  std::shared_ptr<const RuleSet> rules;  // null when there is an issue
  std::vector<Issue> issues;             // every mistake in every file, sorted
  std::vector<Issue> advice;  // warnings, sorted, if asked for: nothing is refused for one
};

struct LoadOptions {
  bool advise = false;  // fill `advice`, beside issues too
  // Today, for rules past their `review_by`; without it none is.
  std::optional<std::chrono::year_month_day> today = {};
};

// Files in order of precedence: one of a later folder may override a setting or
// switch a rule off, never redefine.  A file's folder is the first part of its
// path; folders rank in the order in which they first appear.  Pure: the caller
// reads the disk.  What the codes of issues mean stands in rules/codes.hpp.
Loaded load(std::vector<SourceFile> files, const LoadOptions& options = {});

}  // namespace lockgate::rules
