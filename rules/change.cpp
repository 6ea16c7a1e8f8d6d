#include "rules/change.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "rules/change_candidates.hpp"
#include "rules/fact_words.hpp"
#include "rules/trial.hpp"

namespace lockgate::rules {
namespace {

struct Step {
  std::size_t slot = 0;
  std::size_t candidate = 0;  // of that fact
  auto operator<=>(const Step&) const = default;
};
using Steps = std::vector<Step>;  // ascending

struct Solution {
  double distance = 0;
  Steps steps;
  auto operator<=>(const Solution&) const = default;
};

using Candidates = std::vector<std::vector<Candidate>>;

// Looks for all sets of a given size.  Whatever makes the verdict milder changes a
// fact that a rule in the way looks at: so only those facts are tried, beginning
// with the rule that leaves the fewest choices.
class Search {
 public:
  Search(Trial& trial, const Candidates& candidates, Verdict target, std::uint64_t most)
      : trial_(trial),
        candidates_(candidates),
        target_(target),
        last_(trial.evaluations() + most),
        before_(trial.values().begin(), trial.values().end()) {}

  std::vector<Solution> run() {
    for (std::size_t size = 1; size <= kMostChanges && best_.empty() && !gave_up_; ++size) {
      tried_.clear();
      deepen(size);
    }
    std::vector<Solution> found;
    for (const auto& [slots, solution] : best_) found.push_back(solution);
    std::sort(found.begin(), found.end());
    return found;
  }

  bool gave_up() const { return gave_up_; }

 private:
  void deepen(std::size_t left) {
    const std::vector<std::size_t> in_the_way = trial_.in_the_way(target_);
    if (in_the_way.empty()) return keep();
    if (left == 0) return;
    std::vector<std::size_t> slots = slots_to_try(in_the_way);
    if (left == 1) {
      std::erase_if(slots, [&](std::size_t slot) {
        return !std::all_of(in_the_way.begin(), in_the_way.end(), [&](std::size_t rule) {
          return trial_.looks_at(rule).count(slot) > 0;
        });
      });
    }
    for (const std::size_t slot : slots) try_all(slot, left);
  }

  // Of the rule that leaves the fewest choices.
  std::vector<std::size_t> slots_to_try(const std::vector<std::size_t>& in_the_way) {
    std::vector<std::size_t> fewest;
    std::size_t least = static_cast<std::size_t>(-1);
    for (const std::size_t rule : in_the_way) {
      std::vector<std::size_t> slots;
      std::size_t choices = 0;
      for (const std::size_t slot : trial_.looks_at(rule)) {
        if (candidates_[slot].empty() || is_changed(slot)) continue;
        slots.push_back(slot);
        choices += candidates_[slot].size();
      }
      if (choices >= least) continue;
      least = choices;
      fewest = std::move(slots);
    }
    return fewest;
  }

  bool is_changed(std::size_t slot) const {
    return std::any_of(steps_.begin(), steps_.end(),
                       [slot](const Step& step) { return step.slot == slot; });
  }

  void try_all(std::size_t slot, std::size_t left) {
    for (std::size_t i = 0; i < candidates_[slot].size() && !gave_up_; ++i) {
      const Candidate& candidate = candidates_[slot][i];
      if (candidate.seen.identical(before_[slot])) continue;
      const auto at = steps_.insert(std::upper_bound(steps_.begin(), steps_.end(), Step{slot, i}),
                                    Step{slot, i});
      const auto index = at - steps_.begin();
      if (steps_.size() == 1 || tried_.insert(steps_).second) {
        gave_up_ = trial_.evaluations() >= last_;
        trial_.set(slot, candidate.seen);
        deepen(left - 1);
      }
      steps_.erase(steps_.begin() + index);
    }
    trial_.set(slot, before_[slot]);
  }

  void keep() {
    Solution solution{0, steps_};
    std::vector<std::size_t> slots;
    for (const Step& step : steps_) {
      solution.distance += distance(step);
      slots.push_back(step.slot);
    }
    const auto [there, fresh] = best_.try_emplace(std::move(slots), solution);
    if (!fresh) there->second = std::min(there->second, solution);
  }

  // How far a number or a date moves, as a share of what it is.
  double distance(const Step& step) const {
    const auto before = measure_of(before_[step.slot]);
    if (!before) return 0;
    const double far = std::abs(candidates_[step.slot][step.candidate].measure - *before);
    return far / std::max(1.0, std::abs(*before));
  }

  Trial& trial_;
  const Candidates& candidates_;
  const Verdict target_;
  const std::uint64_t last_;
  const std::vector<cel::Value> before_;
  Steps steps_;
  std::set<Steps> tried_;
  std::map<std::vector<std::size_t>, Solution> best_;  // by facts
  bool gave_up_ = false;
};

const KeptFact* given(const Facts& facts, const std::string& name) {
  const auto found =
      std::lower_bound(facts.given.begin(), facts.given.end(), name,
                       [](const KeptFact& a, const std::string& path) { return a.path < path; });
  return found != facts.given.end() && found->path == name ? &*found : nullptr;
}

Change change_of(const RuleSet& rules, const Facts& facts, std::size_t slot,
                 const Candidate& candidate) {
  const FactDeclaration& fact = rules.vocabulary().facts()[slot];
  Change change{.fact = fact.name, .from = {}, .assumed = false, .to = candidate.value};
  if (const KeptFact* said = given(facts, fact.name)) {
    change.from = said->value;
  } else if (!facts.values[slot].is_unknown()) {
    change.from = fact.fallback;
    change.assumed = true;
  }
  return change;
}

std::vector<std::string> rules_in_the_way(const Trial& trial, const RuleSet& rules,
                                          Verdict target) {
  std::vector<std::string> ids;
  for (const std::size_t rule : trial.in_the_way(target)) ids.push_back(rules.rules()[rule].id);
  return ids;
}

std::string words_of(const FactValue& value, const Meaning& meaning) {
  const auto* truth = std::get_if<bool>(&value);
  if (truth) return *truth ? "yes" : "no";
  return in_words(value, meaning);
}

}  // namespace

ChangeSearch smallest_change(const RuleSet& rules, const Facts& facts, Gate gate, UtcTime at,
                             std::optional<Verdict> to, std::uint64_t most_evaluations) {
  Trial trial(rules, facts, gate, at);
  ChangeSearch result{.now = trial.verdict(),
                      .wanted = to.value_or(Verdict::approve_with_conditions)};
  if (result.now <= result.wanted) return result;
  std::vector<Verdict> targets = {result.wanted};
  for (const Verdict next : {Verdict::refer, Verdict::ask_for_info}) {
    if (!to && next < result.now) targets.push_back(next);
  }
  const Candidates all = candidates(rules, trial.values());
  for (const std::size_t rule : trial.in_the_way(result.wanted)) {
    const std::set<std::size_t>& slots = trial.looks_at(rule);
    if (std::all_of(slots.begin(), slots.end(),
                    [&](std::size_t slot) { return all[slot].empty(); }))
      result.fixed.push_back(rules.rules()[rule].id);
  }
  bool gave_up = false;
  for (const Verdict target : targets) {
    Search search(trial, all, target, most_evaluations);
    const std::vector<Solution> solutions = search.run();
    gave_up = gave_up || search.gave_up();
    for (const Solution& solution : solutions) {
      if (result.suggestions.size() == kMostSuggestions) break;
      Suggestion suggestion;
      for (const Step& step : solution.steps) {
        suggestion.changes.push_back(
            change_of(rules, facts, step.slot, all[step.slot][step.candidate]));
      }
      suggestion.verdict =
          evaluate(rules, changed(rules, facts, suggestion.changes), gate, at).verdict;
      if (suggestion.verdict > target) continue;
      suggestion.settles = rules_in_the_way(trial, rules, target);
      result.suggestions.push_back(std::move(suggestion));
    }
    if (result.suggestions.empty()) continue;
    result.wanted = target;
    break;
  }
  result.evaluations = trial.evaluations();
  result.found = !result.suggestions.empty() ? Found::suggestions
                 : gave_up                   ? Found::gave_up
                 : result.fixed.empty()      ? Found::no_change
                                             : Found::nothing_changeable;
  return result;
}

Facts changed(const RuleSet& rules, const Facts& facts, const std::vector<Change>& changes) {
  Facts other = facts;
  for (const Change& change : changes) {
    const auto slot = rules.vocabulary().index(change.fact);
    if (!slot) continue;
    const auto value = to_cel(rules.vocabulary().facts()[*slot], change.to);
    if (!value) continue;
    other.values[*slot] = *value;
    std::erase_if(other.given, [&](const KeptFact& each) { return each.path == change.fact; });
    const auto at =
        std::lower_bound(other.given.begin(), other.given.end(), change.fact,
                         [](const KeptFact& a, const std::string& path) { return a.path < path; });
    other.given.insert(at, {change.fact, change.to});
  }
  return other;
}

std::string in_words(const RuleSet& rules, const Change& change) {
  const Meaning meaning = meaning_of(change.fact, rules);
  std::string text = meaning.label + ": " + words_of(change.to, meaning);
  if (!change.from) return text + " (nobody has said)";
  text += change.assumed ? " (nobody said, so taken to be " : " (now ";
  return text + words_of(*change.from, meaning) + ')';
}

std::string in_words(const ChangeSearch& search) {
  const std::string wanted(to_text(search.wanted));
  switch (search.found) {
    case Found::nothing_to_do:
      return "nothing has to change: it is " + std::string(to_text(search.now));
    case Found::nothing_changeable: {
      std::string text = "nothing that can be changed would do it: no fact that";
      for (const std::string& id : search.fixed) text += (id == search.fixed[0] ? " " : ", ") + id;
      return text + (search.fixed.size() == 1 ? " looks" : " look") + " at is marked `changeable`";
    }
    case Found::no_change:
      return "no change of up to " + std::to_string(kMostChanges) +
             " facts that can be changed would do it";
    case Found::gave_up:
      return "gave up after " + std::to_string(search.evaluations) +
             " conditions without finding a change of up to " + std::to_string(kMostChanges) +
             " facts that would do it; there may be one";
    case Found::suggestions:
      break;
  }
  return "it would be " + wanted;
}

}  // namespace lockgate::rules
