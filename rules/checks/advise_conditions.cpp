#include <algorithm>
#include <map>
#include <set>

#include "rules/checks/advice.hpp"
#include "rules/checks/search.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

constexpr std::uint64_t kMostWork = 50'000;  // evaluations for all advice

struct Judged {
  const Rule* rule;
  Origin id;
  Origin when;
  Condition condition;
  Condition anyhow;  // likewise, whatever the settings are
  std::vector<Gate> gates;
};

class Adviser {
 public:
  Adviser(const RuleSet& rules, std::span<const RankedFile> files)
      : rules_(rules),
        conditions_(slots(rules, files), rules.setting_values()),
        anyhow_(slots(rules, files), {}),
        search_(conditions_, kMostWork),
        search_anyhow_(anyhow_, kMostWork) {
    for (const RankedFile& file : files) {
      for (const RulePart& part : file.file.rules) add(file, part);
    }
  }

  std::vector<Issue> run() {
    for (const Judged& each : judged_) look_at(each);
    look_at_groups();
    for (const Gate gate : {Gate::submit, Gate::decide, Gate::run, Gate::close}) look_at_gate(gate);
    return std::move(advice_);
  }

 private:
  static Slots slots(const RuleSet& rules, std::span<const RankedFile> files) {
    Slots slots{rules.declarations(), rules.vocabulary(), rules.settings().size()};
    for (const RankedFile& file : files) {
      for (const ExpressionPart& part : file.file.expressions) {
        if (const auto slot = rules.declarations().find(part.name)) {
          slots.expressions.emplace(*slot, part.is.source);
        }
      }
    }
    return slots;
  }

  void add(const RankedFile& file, const RulePart& part) {
    const Rule* rule = rules_.find(part.rule.id);
    if (!rule || !seen_.insert(rule).second) return;  // the second of that id is an error
    auto condition = conditions_.read(part.when.source);
    auto anyhow = anyhow_.read(part.when.source);
    if (!condition || !anyhow) return;
    Judged judged{.rule = rule,
                  .id = {&file, part.id},
                  .when = {&file, part.when.place},
                  .condition = *std::move(condition),
                  .anyhow = *std::move(anyhow),
                  .gates = {}};
    for (const auto& [gate, outcome] : rule->at) judged.gates.push_back(gate);
    judged_.push_back(std::move(judged));
  }

  void look_at(const Judged& each) {
    const Condition* const one[] = {&each.condition};
    const cel::Value known = search_.with_nothing_known(each.condition);
    if (known.is_false()) return;  // a setting turns it off
    if (search_.prove(is_false, one, each.gates).proven) {
      Issue issue =
          warning(each.when, "LG201",
                  "rule " + ticked(each.rule->id) + " never applies with the settings as they are",
                  "compare the settings that it uses");
      issue.label = "this is never true";
      advice_.push_back(std::move(issue));
      never_.insert(each.rule);
      return;
    }
    if (each.rule->when.slots().empty()) return;
    if (known.is_true() && !search_anyhow_.with_nothing_known(each.anyhow).is_true()) return;
    if (!search_.prove(is_true, one, each.gates).proven) return;
    always_.insert(each.rule);
    std::string message = "rule " + ticked(each.rule->id) + " always applies";
    std::string stopped;
    for (const auto& [gate, outcome] : each.rule->at) {
      if (outcome != Outcome::block) continue;
      stopped += (stopped.empty() ? ", so nothing passes at " : " and ") + ticked(to_text(gate));
    }
    Issue issue = warning(each.when, "LG202", message + stopped,
                          "look for two conditions of which one always holds, or write `true`");
    issue.label = "this is always true";
    advice_.push_back(std::move(issue));
  }

  // Rules that find the same at the same gates for the same people.
  void look_at_groups() {
    std::map<std::pair<std::vector<std::pair<Gate, Outcome>>, std::string>,
             std::vector<const Judged*>>
        groups;
    for (const Judged& each : judged_) {
      if (!never_.contains(each.rule)) groups[{each.rule->at, each.rule->to}].push_back(&each);
    }
    for (const auto& [same, members] : groups) {
      for (std::size_t i = 1; i < members.size(); ++i) {
        for (std::size_t j = 0; j < i && !look_at_pair(*members[j], *members[i]); ++j) {
        }
      }
    }
  }

  // Whether the second needs no further look.
  bool look_at_pair(const Judged& first, const Judged& second) {
    const bool equal = first.condition.key == second.condition.key;
    if (!equal && !share(first.condition, second.condition)) return false;
    const bool into_first = equal || needs(second, first);
    const bool into_second = equal || needs(first, second);
    if (into_first && into_second) {
      advice_.push_back(warning(second.id, "LG203",
                                ticked(second.rule->id) + " is the same rule as " +
                                    ticked(first.rule->id) + example(second),
                                "keep one of them; the other is at " + first.id.text()));
      return true;
    }
    if (first.rule->say != second.rule->say || !(into_first || into_second)) return false;
    const Judged& narrow = into_first ? second : first;
    const Judged& wide = into_first ? first : second;
    advice_.push_back(
        warning(narrow.id, "LG204",
                ticked(narrow.rule->id) + " adds nothing to " + ticked(wide.rule->id) +
                    ", which says the same wherever it applies" + example(narrow),
                "take it out, or give it words of its own; the other is at " + wide.id.text()));
    return true;
  }

  bool needs(const Judged& narrow, const Judged& wide) {
    const Condition* const both[] = {&narrow.condition, &wide.condition};
    return search_.prove(first_needs_second, both, narrow.gates).proven;
  }

  // ", for example where ..." the rule applies; empty if no facts were found.
  std::string example(const Judged& each) {
    const Condition* const one[] = {&each.condition};
    const std::string facts = search_.prove(is_false, one, each.gates).example;
    return facts.empty() ? facts : ", for example where " + facts;
  }

  // Two rules that between them stop everything.
  void look_at_gate(Gate gate) {
    std::vector<const Judged*> stopping;
    for (const Judged& each : judged_) {
      const auto outcome = each.rule->outcome_at(gate);
      const bool stops = outcome == Outcome::block || outcome == Outcome::ask;
      if (stops && !always_.contains(each.rule) && !never_.contains(each.rule)) {
        stopping.push_back(&each);
      }
    }
    const Gate gates[] = {gate};
    for (std::size_t i = 1; i < stopping.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const Judged& first = *stopping[j];
        const Judged& second = *stopping[i];
        const Condition* const both[] = {&first.condition, &second.condition};
        if (!share(first.condition, second.condition) || told_.contains({&first, &second}) ||
            !search_.prove(one_is_true, both, gates).proven) {
          continue;
        }
        told_.insert({&first, &second});
        advice_.push_back(
            warning(second.when, "LG205",
                    ticked(second.rule->id) + " stops whatever " + ticked(first.rule->id) +
                        " does not, so nothing passes at " + ticked(to_text(gate)) +
                        whatever(first, second),
                    "one of them is the wrong way round; the other is at " + first.when.text()));
      }
    }
  }

  // An input for either.
  std::string whatever(const Judged& first, const Judged& second) {
    std::string text;
    for (const Judged* each : {&first, &second}) {
      const Condition* const one[] = {&each->condition};
      const std::string facts = search_.prove(is_false, one, each->gates).example;
      if (facts.empty()) return {};
      text += (text.empty() ? ": " : ", and ") + ticked(each->rule->id) + " where " + facts;
    }
    return text;
  }

  static bool share(const Condition& a, const Condition& b) {
    const auto in_b = b.program.slots();
    return std::any_of(a.program.slots().begin(), a.program.slots().end(), [&](std::size_t slot) {
      return std::find(in_b.begin(), in_b.end(), slot) != in_b.end();
    });
  }

  const RuleSet& rules_;
  Conditions conditions_;
  Conditions anyhow_;
  Search search_;
  Search search_anyhow_;
  std::vector<Judged> judged_;
  std::set<const Rule*> seen_;
  std::set<const Rule*> always_;
  std::set<const Rule*> never_;
  std::set<std::pair<const Judged*, const Judged*>> told_;
  std::vector<Issue> advice_;
};

}  // namespace

std::vector<Issue> advise_on_conditions(const RuleSet& rules, std::span<const RankedFile> files) {
  return Adviser(rules, files).run();
}

}  // namespace lockgate::rules
