#include "rules/expectation.hpp"

#include <algorithm>
#include <utility>

#include "rules/evaluate.hpp"
#include "rules/narrowed.hpp"

namespace lockgate::rules {
namespace {

std::string list(const std::vector<std::string>& words) {
  if (words.empty()) return "nothing";
  std::string text;
  for (const std::string& each : words) text += (text.empty() ? "" : ", ") + each;
  return text;
}

bool is_plain(const Finding& finding) {
  return finding.waits_for.empty() && finding.trouble.empty();
}

class Comparison {
 public:
  Comparison(const RuleSet& rules, const RuleTest& test, const Check& check)
      : rules_(rules), test_(test), check_(check) {}

  std::vector<Difference> run() {
    if (check_.verdict != test_.verdict) {
      found_.push_back({.expected = "verdict " + std::string(to_text(test_.verdict)),
                        .got = "verdict " + std::string(to_text(check_.verdict)) + because()});
    }
    for (const auto& [id, outcome] : test_.findings) compare(id, outcome);
    for (const std::string& id : test_.absent) {
      if (const Finding* finding = find(id)) unwanted("nothing by " + id, *finding);
    }
    if (test_.only) compare_others();
    if (test_.unknown) compare_unknown();
    return std::move(found_);
  }

 private:
  const Finding* find(std::string_view id) const {
    const auto found = std::find_if(check_.findings.begin(), check_.findings.end(),
                                    [id](const Finding& each) { return each.rule == id; });
    return found == check_.findings.end() ? nullptr : &*found;
  }

  static std::string shown(const Finding& finding) {
    std::string text = std::string(to_text(finding.outcome)) + " by " + finding.rule;
    if (!finding.waits_for.empty()) text += ", which waits for " + list(finding.waits_for);
    if (!finding.trouble.empty()) text += ", which cannot be evaluated: " + finding.trouble;
    return text;
  }

  static std::string did(const Finding& finding) {
    if (!finding.waits_for.empty()) return "waits";
    return finding.trouble.empty() ? "applied" : "cannot be evaluated";
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
    const Finding* finding = find(id);
    if (finding && finding->outcome == outcome) return;
    Difference difference{.expected = std::string(to_text(outcome)) + " by " + id,
                          .got = finding ? shown(*finding) : "nothing by " + id};
    if (!finding && !rules_.find(id)->outcome_at(test_.gate)) {
      difference.got += ": it is not asked at " + std::string(to_text(test_.gate));
      difference.help = "it is asked at " + gates_of(*rules_.find(id));
    } else if (!finding || !is_plain(*finding)) {
      difference.rule = id;
      difference.did = finding ? did(*finding) : "did not apply";
    }
    found_.push_back(std::move(difference));
  }

  static std::string gates_of(const Rule& rule) {
    std::vector<std::string> gates;
    for (const auto& [gate, outcome] : rule.at) gates.emplace_back(to_text(gate));
    return list(gates);
  }

  void unwanted(std::string expected, const Finding& finding) {
    found_.push_back({.expected = std::move(expected),
                      .got = shown(finding),
                      .rule = finding.rule,
                      .did = did(finding)});
  }

  void compare_others() {
    for (const Finding& finding : check_.findings) {
      const bool listed =
          std::any_of(test_.findings.begin(), test_.findings.end(),
                      [&](const auto& expected) { return expected.first == finding.rule; }) ||
          std::find(test_.absent.begin(), test_.absent.end(), finding.rule) != test_.absent.end();
      if (!listed) unwanted("no other findings", finding);
    }
  }

  void compare_unknown() {
    std::vector<std::string> unknown = check_.unknown;
    std::sort(unknown.begin(), unknown.end());
    if (unknown == *test_.unknown) return;
    found_.push_back(
        {.expected = "unknown " + list(*test_.unknown), .got = "unknown " + list(unknown)});
  }

  const RuleSet& rules_;
  const RuleTest& test_;
  const Check& check_;
  std::vector<Difference> found_;
};

}  // namespace

Check checked(const RuleSet& rules, const RuleTest& test) {
  Check check = evaluate(rules, test.facts, test.gate, test.at);
  return test.about.empty() ? check : narrowed(std::move(check), rules, test.about);
}

bool is_asked(const Rule& rule, const RuleTest& test) {
  return rule.outcome_at(test.gate).has_value() &&
         (test.about.empty() || std::ranges::binary_search(test.about, rule.id));
}

std::vector<Difference> differences(const RuleSet& rules, const RuleTest& test,
                                    const Check& check) {
  return Comparison(rules, test, check).run();
}

}  // namespace lockgate::rules
