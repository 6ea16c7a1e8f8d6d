// A check once more: the same facts, rules and moment must give the same check.

#pragma once

#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lockgate/archive.hpp"
#include "lockgate/check.hpp"
#include "lockgate/result.hpp"

namespace lockgate::rules {
class RuleSet;
}

namespace lockgate::gate {

enum class Replay {
  same,
  differs,
  another_engine,  // made by another version: it cannot be held to this one
  erased,          // a sensitive fact that it used is gone
  no_rules,        // its rule set is not there or cannot be read any more
};

// Keeps the rule sets that it used last.  For one thread.
class Replayer {
 public:
  explicit Replayer(Archive& archive) : archive_(archive) {}

  // `texts`: those of the check's sealed facts that are still there.  Fails as
  // the archive does.
  Result<Replay> replay(const Check& check, const std::vector<Text>& texts);

 private:
  using RuleSets = std::vector<std::shared_ptr<const rules::RuleSet>>;
  Result<const RuleSets*> rule_sets(const std::string& hash);

  Archive& archive_;
  std::deque<std::pair<std::string, RuleSets>> loaded_;  // the latest first
};

// The texts that hold values of the check.
std::vector<TextId> sealed_texts(const Check& check);

}  // namespace lockgate::gate
