// Facts -> check, under the rule set in force.

#pragma once

#include <memory>
#include <span>
#include <vector>

#include "lockgate/check.hpp"
#include "lockgate/ids.hpp"
#include "lockgate/store.hpp"
#include "plugin/gate/round.hpp"

namespace lockgate::rules {
class RuleSet;
}

namespace lockgate::gate {

// One rule set from beginning to end of one request.
class Judge {
 public:
  Judge(std::shared_ptr<const rules::RuleSet> rules, Random& random)
      : rules_(std::move(rules)), random_(random) {}

  // A new check, `number` still 0.  `strict`: the default of a fact that is
  // always asked for does not count.  Sensitive facts go to the round's texts.
  // Errc::invalid with every problem if the facts do not fit the vocabulary.
  Result<Check> judge(std::span<const GivenFact> facts, Gate gate, bool strict, UtcTime at,
                      Round& round) const;

  // The facts of an earlier check once more, at gate `decide`, with what the
  // round's ballots supply.  Kept facts that were erased, or that the rule set in
  // force no longer takes, are left out: the rules that need them will ask.
  Result<Check> judge_again(const Check& earlier, UtcTime at, Store& store, Round& round) const;

 private:
  std::shared_ptr<const rules::RuleSet> rules_;
  Random& random_;
};

// Kept facts as they were given.  `texts`: those of their texts that are still
// there; the facts of the others are left out.  Errc::internal if a text is not
// what was kept.
Result<std::vector<GivenFact>> opened(std::span<const KeptFact> kept, std::span<const Text> texts);
std::vector<TextId> sealed_texts(std::span<const KeptFact> kept);

}  // namespace lockgate::gate
