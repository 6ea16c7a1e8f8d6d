#include "rules/checks/search.hpp"

#include <algorithm>

#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

constexpr std::uint64_t kMostTries = 1000;  // evaluations for one claim
constexpr std::size_t kMostTried = 20;      // facts at once
constexpr cel::Limits kLimits{.cost = 10'000, .finite = true};
constexpr std::string_view kStage = "proposal.stage";

}  // namespace

Answer is_false(std::span<const cel::Value> results) {
  if (results[0].is_unknown()) return Answer::open;
  return results[0].is_false() ? Answer::holds : Answer::fails;
}

Answer is_true(std::span<const cel::Value> results) {
  if (results[0].is_unknown()) return Answer::open;
  return results[0].is_true() ? Answer::holds : Answer::fails;
}

Answer one_is_true(std::span<const cel::Value> results) {
  bool open = false;
  for (const cel::Value& each : results) {
    if (each.is_true()) return Answer::holds;
    open |= each.is_unknown();
  }
  return open ? Answer::open : Answer::fails;
}

Answer first_needs_second(std::span<const cel::Value> results) {
  if (results[0].is_false() || results[1].is_true()) return Answer::holds;
  if (results[0].is_error() && results[1].is_error()) return Answer::holds;
  if (results[0].is_unknown() || results[1].is_unknown()) return Answer::open;
  return Answer::fails;
}

struct Search::Question {
  const Claim& claim;
  std::span<const Condition* const> conditions;
  std::vector<cel::Value> values;
  Constants compared = {};
  std::optional<std::size_t> stage = {};
  std::vector<cel::Value> gates = {};
  std::vector<std::size_t> tried = {};  // slots that have a value now
  std::uint64_t left = kMostTries;
};

Outcomes Search::prove(const Claim& claim, std::span<const Condition* const> conditions,
                       std::span<const Gate> gates) {
  if (left_ == 0) return {};
  Question question{.claim = claim, .conditions = conditions, .values = start_};
  for (const Condition* each : conditions) {
    for (const auto& [slot, constants] : each->compared) {
      auto& all = question.compared[slot];
      all.insert(all.end(), constants.begin(), constants.end());
    }
    for (const std::size_t slot : each->program.slots()) {
      if (conditions_.is_fact(slot) && conditions_.name(slot) == kStage) question.stage = slot;
      for (std::size_t fresh = question.values.size(); fresh <= slot; ++fresh) {
        question.values.push_back(cel::Value::unknown(fresh));
      }
    }
  }
  for (const Gate gate : gates) {
    question.gates.push_back(cel::Value::string(std::string(to_text(gate))));
  }
  const Answer found = answer(question);
  if (found == Answer::holds) return {.proven = true, .example = {}};
  return {.proven = false, .example = found == Answer::fails ? example(question) : ""};
}

// Open if it cannot be told.  When it fails, the question keeps the values for
// which it does.
Answer Search::answer(Question& question) {
  if (question.left == 0 || left_ == 0 || question.tried.size() > kMostTried) return Answer::open;
  --question.left;
  --left_;
  std::vector<cel::Value> results;
  for (const Condition* each : question.conditions) {
    results.push_back(each->program.evaluate(question.values, kLimits));
  }
  const Answer now = question.claim(results);
  if (now != Answer::open) return now;

  std::size_t slot = 0;
  std::vector<cel::Value> tries;
  for (const cel::Value& result : results) {
    if (!result.is_unknown()) continue;
    for (const std::size_t each : result.waits_for()) {
      auto values = conditions_.values_of(each, question.compared);
      if (question.stage == each && !question.gates.empty()) values = question.gates;
      if (!values || values->empty()) continue;
      if (tries.empty() || values->size() < tries.size()) {
        slot = each;
        tries = *std::move(values);
      }
      if (!tries.empty() && tries.size() <= 2) break;  // none has fewer worth trying
    }
    if (!tries.empty()) break;
  }
  if (tries.empty()) return Answer::open;
  question.tried.push_back(slot);
  bool holds = true;
  for (cel::Value& each : tries) {
    question.values[slot] = std::move(each);
    const Answer below = answer(question);
    if (below == Answer::fails) return below;
    holds &= below == Answer::holds;
    if (question.left == 0) break;
  }
  question.tried.pop_back();
  question.values[slot] = cel::Value::unknown(slot);
  return holds && question.left > 0 ? Answer::holds : Answer::open;
}

cel::Value Search::with_nothing_known(const Condition& condition) const {
  return condition.program.evaluate(start_, kLimits);
}

std::string Search::example(const Question& question) const {
  std::string text;
  for (std::size_t i = 0; i < question.tried.size(); ++i) {
    const std::size_t slot = question.tried[i];
    const cel::Value& value = question.values[slot];
    if (!conditions_.is_fact(slot)) return {};
    if (i > 0) text += i + 1 == question.tried.size() ? " and " : ", ";
    text += ticked(conditions_.name(slot)) + " is ";
    text += value.is(cel::Kind::string) ? ticked(value.as_string()) : value.text();
  }
  return text;
}

}  // namespace lockgate::rules
