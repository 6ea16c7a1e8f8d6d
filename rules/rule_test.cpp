#include "rules/rule_test.hpp"

#include <algorithm>
#include <set>

#include "rules/cel/functions.hpp"
#include "rules/evaluate.hpp"
#include "rules/narrowed.hpp"
#include "rules/test_file.hpp"

namespace lockgate::rules {
namespace {

std::string text_of(const FactValue& value) {
  struct Text {
    std::string operator()(std::monostate) const { return "null"; }
    std::string operator()(bool held) const { return held ? "true" : "false"; }
    std::string operator()(std::int64_t held) const { return std::to_string(held); }
    std::string operator()(std::uint64_t held) const { return std::to_string(held); }
    std::string operator()(double held) const { return cel::to_text(cel::Value::real(held)); }
    std::string operator()(const std::string& held) const { return '"' + held + '"'; }
    std::string operator()(const FactList& held) const {
      std::string text = "[";
      for (const FactValue& each : held) text += (text.size() > 1 ? ", " : "") + text_of(each);
      return text + ']';
    }
    std::string operator()(const FactMap&) const { return "a table"; }
  };
  return std::visit(Text{}, static_cast<const FactValue::variant&>(value));
}

std::string list(const std::vector<std::string>& words) {
  if (words.empty()) return "nothing";
  std::string text;
  for (const std::string& each : words) text += (text.empty() ? "" : ", ") + each;
  return text;
}

// One test, judged, and what its author should know.
class Comparison {
 public:
  Comparison(const RuleSet& rules, const RuleTest& test)
      : rules_(rules), test_(test), check_(check(rules, test)) {}

  std::vector<std::string> why() {
    if (check_.verdict != test_.verdict) {
      differ("verdict " + std::string(to_text(test_.verdict)),
             "verdict " + std::string(to_text(check_.verdict)) + because());
    }
    for (const auto& [id, outcome] : test_.findings) compare(id, outcome);
    for (const std::string& id : test_.absent) {
      if (const Finding* found = find(id)) differ("nothing by " + id, shown(*found));
    }
    if (test_.only) compare_others();
    if (test_.unknown) {
      std::vector<std::string> unknown = check_.unknown;
      std::sort(unknown.begin(), unknown.end());
      if (unknown != *test_.unknown) {
        differ("unknown " + list(*test_.unknown), "unknown " + list(unknown));
      }
    }
    return std::move(why_);
  }

  // Adds to the ids of the rules that were true, and of those that were false.
  void count(std::set<std::string>& was_true, std::set<std::string>& was_false) const {
    for (const Rule& rule : rules_.rules()) {
      if (!rule.outcome_at(test_.gate) || !is_about(rule.id)) continue;
      const Finding* found = find(rule.id);
      if (!found) {
        was_false.insert(rule.id);
      } else if (found->waits_for.empty() && found->trouble.empty()) {
        was_true.insert(rule.id);
      }
    }
  }

 private:
  static Check check(const RuleSet& rules, const RuleTest& test) {
    Check check = evaluate(rules, test.facts, test.gate, test.at);
    return test.about.empty() ? check : narrowed(std::move(check), rules, test.about);
  }

  bool is_about(const std::string& id) const {
    return test_.about.empty() || std::binary_search(test_.about.begin(), test_.about.end(), id);
  }

  void differ(const std::string& expected, const std::string& got) {
    why_.push_back("expected  " + expected);
    why_.push_back("got       " + got);
  }

  const Finding* find(std::string_view id) const {
    const auto found = std::find_if(check_.findings.begin(), check_.findings.end(),
                                    [id](const Finding& each) { return each.rule == id; });
    return found == check_.findings.end() ? nullptr : &*found;
  }

  std::string shown(const Finding& finding) const {
    std::string text = std::string(to_text(finding.outcome)) + " by " + finding.rule;
    if (!finding.waits_for.empty()) text += ", which waits for " + list(finding.waits_for);
    if (!finding.trouble.empty()) text += ", which cannot be evaluated: " + finding.trouble;
    return text;
  }

  // Why a rule said nothing: the values that its condition looked at.
  std::string silent(const std::string& id) const {
    const Rule& rule = *rules_.find(id);
    std::string text = "nothing by " + id;
    if (!rule.outcome_at(test_.gate)) {
      return text + ": it is not asked at " + std::string(to_text(test_.gate));
    }
    std::vector<std::string> values;
    for (const KeptFact& fact : looked_at(rules_, rule, test_.facts, test_.gate, test_.at)) {
      values.push_back(fact.path + " is " + text_of(fact.value));
    }
    return values.empty() ? text : text + ": " + list(values);
  }

  // The findings that make the verdict.
  std::string because() const {
    if (!check_.unknown.empty()) return ", as it waits for " + list(check_.unknown);
    std::vector<std::string> ids;
    for (const Finding& finding : check_.findings) {
      if (finding.waits_for.empty() && finding.outcome == check_.findings.front().outcome) {
        ids.push_back(finding.rule);
      }
    }
    return ids.empty() ? std::string() : " by " + list(ids);
  }

  void compare(const std::string& id, Outcome outcome) {
    const Finding* found = find(id);
    if (found && found->outcome == outcome) return;
    differ(std::string(to_text(outcome)) + " by " + id, found ? shown(*found) : silent(id));
  }

  void compare_others() {
    for (const Finding& finding : check_.findings) {
      const bool listed =
          std::any_of(test_.findings.begin(), test_.findings.end(),
                      [&](const auto& expected) { return expected.first == finding.rule; }) ||
          std::find(test_.absent.begin(), test_.absent.end(), finding.rule) != test_.absent.end();
      if (!listed) differ("no other findings", shown(finding));
    }
  }

  const RuleSet& rules_;
  const RuleTest& test_;
  const Check check_;
  std::vector<std::string> why_;
};

}  // namespace

TestRun run_tests(const RuleSet& rules, std::span<const SourceFile> tests) {
  TestRun run;
  std::vector<RuleTest> all;
  for (const SourceFile& file : tests) {
    for (RuleTest& test : read_test_file(rules, file, run.issues)) all.push_back(std::move(test));
  }
  sort(run.issues);
  run.report.rules = rules.rules().size();
  if (!run.issues.empty()) return run;

  std::set<std::string> was_true;
  std::set<std::string> was_false;
  for (const RuleTest& test : all) {
    Comparison comparison(rules, test);
    comparison.count(was_true, was_false);
    std::vector<std::string> why = comparison.why();
    if (why.empty()) {
      ++run.report.passed;
    } else {
      run.report.failed.push_back({test.file, test.line, test.name, std::move(why)});
    }
  }
  for (const Rule& rule : rules.rules()) {
    if (!was_true.contains(rule.id)) run.report.never_true.push_back(rule.id);
    if (!was_false.contains(rule.id)) run.report.never_false.push_back(rule.id);
  }
  return run;
}

}  // namespace lockgate::rules
