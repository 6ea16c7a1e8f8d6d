#include "rules/checks/advice.hpp"

#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

std::vector<Issue> past_review(const RuleSet& rules, std::span<const RankedFile> files,
                               std::chrono::year_month_day today) {
  std::vector<Issue> advice;
  for (const RankedFile& file : files) {
    for (const RulePart& part : file.file.rules) {
      const Rule* rule = rules.find(part.rule.id);
      if (!rule || !rule->review_by || *rule->review_by >= today) continue;
      if (rule->checked_on && *rule->checked_on > *rule->review_by) continue;  // LG109
      advice.push_back(warning(
          {&file, part.review_by}, "LG206", "rule " + ticked(rule->id) + " is past its review date",
          "read its sources again, then give `checked_on` and `review_by` new dates"));
    }
  }
  return advice;
}

}  // namespace

Issue warning(const Origin& at, std::string_view code, std::string message, std::string help) {
  Issue issue = at.issue(code, std::move(message), std::move(help));
  issue.severity = Severity::warning;
  return issue;
}

std::vector<Issue> advise(const RuleSet& rules, std::span<const RankedFile> files,
                          std::optional<std::chrono::year_month_day> today) {
  std::vector<Issue> advice = advise_on_conditions(rules, files);
  const auto add = [&](std::vector<Issue> more) {
    advice.insert(advice.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
  };
  add(advise_on_use(rules, files));
  if (today) add(past_review(rules, files, *today));
  sort(advice);
  return advice;
}

}  // namespace lockgate::rules
