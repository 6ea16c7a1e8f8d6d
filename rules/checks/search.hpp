// Whether a claim about conditions holds whatever the facts are.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lockgate/check.hpp"
#include "rules/checks/condition.hpp"

namespace lockgate::rules {

// What a claim says of some results, one for each condition: that it holds, that
// it does not, or that it hangs on a result that is still unknown.
enum class Answer : std::uint8_t { holds, fails, open };
using Claim = std::function<Answer(std::span<const cel::Value> results)>;

Answer is_false(std::span<const cel::Value> results);     // the first is false
Answer is_true(std::span<const cel::Value> results);      // the first is true
Answer one_is_true(std::span<const cel::Value> results);  // at least one is
// The first is true only where the second is, and fails only where that fails.
Answer first_needs_second(std::span<const cel::Value> results);

struct Outcomes {
  bool proven = false;
  // Facts, "`people.participants` is 51 and ...", for which it does not hold;
  // empty if none were found that a prototype could have.
  std::string example;
};

// Tries out facts, those first that a result waits for, and gives up silently
// when the work is too much: then nothing is proven and there is no example.
class Search {
 public:
  // Most evaluations in all, over every claim.
  Search(const Conditions& conditions, std::uint64_t most)
      : conditions_(conditions), start_(conditions.start()), left_(most) {}

  // `gates`: those that the conditions are asked at.
  Outcomes prove(const Claim& claim, std::span<const Condition* const> conditions,
                 std::span<const Gate> gates);
  // The first result with nothing known but the settings.
  cel::Value with_nothing_known(const Condition& condition) const;

 private:
  struct Question;
  Answer answer(Question& question);
  std::string example(const Question& question) const;

  const Conditions& conditions_;
  const std::vector<cel::Value> start_;
  std::uint64_t left_;
};

}  // namespace lockgate::rules
