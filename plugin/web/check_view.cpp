#include "plugin/web/check_view.hpp"

#include <algorithm>
#include <set>

#include "rules/rule_set.hpp"

namespace lockgate::web {
namespace {

Origin origin_of(const std::string& path, const Check& check) {
  if (path.starts_with("calc.")) return Origin::computed;
  if (path.starts_with("cfg.")) return Origin::setting;
  const bool told = std::any_of(check.facts.begin(), check.facts.end(),
                                [&](const KeptFact& fact) { return fact.path == path; });
  return told || path == "proposal.stage" ? Origin::told : Origin::assumed;
}

FindingView view_of(const Finding& finding, const Check& check, const rules::RuleSet& in_force,
                    const Texts& texts) {
  FindingView view{.rule = finding.rule,
                   .anchor = "finding-" + finding.rule,
                   .outcome = finding.outcome,
                   .question = finding.question,
                   .say = finding.say,
                   .fix = finding.fix,
                   .takes = finding.takes,
                   .to = finding.to,
                   .before = finding.before,
                   .basis = finding.basis,
                   .source = finding.source,
                   .facts = fact_lines(finding.facts, in_force, texts),
                   .trouble = finding.trouble};
  for (FactLine& line : view.facts) line.origin = origin_of(line.path, check);
  return view;
}

std::vector<FindingView>& group_of(CheckView& view, Outcome outcome) {
  switch (outcome) {
    case Outcome::block:
      return view.must_fix;
    case Outcome::ask:
      return view.to_answer;
    case Outcome::refer:
      return view.for_decision;
    case Outcome::condition:
      return view.conditions;
    case Outcome::note:
      break;
  }
  return view.to_note;
}

std::string rule_question(const Check& check, const std::string& rule) {
  const auto found = std::find_if(check.findings.begin(), check.findings.end(),
                                  [&](const Finding& each) { return each.rule == rule; });
  return found == check.findings.end() ? rule : found->question;
}

std::vector<MetView> met_rules(const Check& check, const rules::RuleSet& in_force) {
  std::set<std::string_view> found;
  for (const Finding& finding : check.findings) found.insert(finding.rule);
  std::vector<MetView> met;
  for (const rules::Rule& rule : in_force.rules()) {
    if (rule.outcome_at(check.gate) && found.count(rule.id) == 0) {
      met.push_back({rule.id, rule.question});
    }
  }
  return met;
}

std::vector<MetView> not_among(const Check& these, const Check& those) {
  std::vector<MetView> rest;
  for (const Finding& finding : these.findings) {
    const bool there =
        std::any_of(those.findings.begin(), those.findings.end(), [&](const Finding& other) {
          return other.rule == finding.rule && other.outcome == finding.outcome;
        });
    if (!there) rest.push_back({finding.rule, finding.question});
  }
  return rest;
}

}  // namespace

std::size_t CheckView::holding_up() const {
  return static_cast<std::size_t>(
      std::count_if(questions.begin(), questions.end(),
                    [](const QuestionView& question) { return question.holds_up; }));
}

CheckView view_of(const Check& check, const rules::RuleSet& in_force, const Texts& texts) {
  CheckView view;
  WhyView why = why_view(check, in_force, texts);
  for (const Finding& finding : check.findings) {
    // A rule that waits is shown with the question that it waits for.
    if (!finding.waits_for.empty()) continue;
    FindingView shown = view_of(finding, check, in_force, texts);
    shown.decided = std::move(why.decided[finding.rule]);
    group_of(view, finding.outcome).push_back(std::move(shown));
  }
  for (const Question& question : check.questions) {
    QuestionView shown{.anchor = "question-" + std::to_string(view.questions.size() + 1),
                       .fact = question.fact,
                       .text = question.text.empty() ? question.fact : question.text};
    for (const std::string& rule : question.rules) {
      shown.rules.push_back(rule_question(check, rule));
    }
    shown.holds_up =
        std::find(check.unknown.begin(), check.unknown.end(), question.fact) != check.unknown.end();
    view.questions.push_back(std::move(shown));
  }
  view.facts = fact_lines(check.facts, in_force, texts);
  view.changes = std::move(why.changes);
  if (in_force.hash() == check.rule_set) view.met = met_rules(check, in_force);
  return view;
}

Changes changes(const Check& before, const Check& after) {
  return {.fresh = not_among(after, before), .gone = not_among(before, after)};
}

}  // namespace lockgate::web
