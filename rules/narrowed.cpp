#include "rules/narrowed.hpp"

#include <algorithm>

#include "rules/evaluate.hpp"

namespace lockgate::rules {

Check narrowed(Check check, const RuleSet& rules, std::span<const std::string> ids) {
  const auto other = [ids](const std::string& id) {
    return !std::binary_search(ids.begin(), ids.end(), id);
  };
  std::erase_if(check.findings, [&](const Finding& finding) { return other(finding.rule); });
  std::erase_if(check.questions, [&](Question& question) {
    std::erase_if(question.rules, other);
    return question.rules.empty();
  });

  Verdict known = Verdict::approve;
  for (const Finding& finding : check.findings) {
    if (finding.waits_for.empty()) known = std::max(known, verdict_of(finding.outcome));
  }
  check.unknown.clear();
  for (const Question& question : check.questions) {
    const bool holding =
        std::any_of(question.rules.begin(), question.rules.end(), [&](const std::string& id) {
          return verdict_of(rules.find(id)->outcome_at(check.gate).value_or(Outcome::note)) > known;
        });
    if (holding) check.unknown.push_back(question.fact);
  }
  check.verdict = check.unknown.empty() ? known : std::max(known, Verdict::ask_for_info);
  return check;
}

}  // namespace lockgate::rules
