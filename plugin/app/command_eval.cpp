#include <iostream>
#include <optional>
#include <set>

#include "adapters/strict_json.hpp"
#include "plugin/app/commands.hpp"
#include "plugin/app/council_folder.hpp"
#include "plugin/app/eval_report.hpp"
#include "plugin/app/exit_code.hpp"
#include "plugin/app/open.hpp"
#include "plugin/app/read_file.hpp"
#include "plugin/app/system.hpp"

namespace lockgate::app {
namespace {

// RFC 3339 in UTC, with or without a fraction of a second.
std::optional<UtcTime> moment_of(std::string text) {
  if (text.ends_with('Z')) text.pop_back();
  if (text.size() == 19) text += '.';
  if (text.size() < 20 || text.size() > 26) return std::nullopt;
  text.append(26 - text.size(), '0');
  return time_from_text(text + 'Z');
}

EvalReport report_of(const rules::RuleSet& set, const rules::Facts& facts, Gate gate, UtcTime at,
                     const EvalOptions& options) {
  EvalReport report{.rules = set, .check = rules::evaluate(set, facts, gate, at)};
  std::set<std::string_view> found;
  for (const Finding& finding : report.check.findings) {
    found.insert(finding.rule);
    const rules::Rule* rule = set.find(finding.rule);
    if (rule && (options.why || options.trace)) {
      report.why.emplace_back(rule, rules::explain(set, facts, gate, at, *rule));
    }
  }
  for (const rules::Rule& rule : set.rules()) {
    if (!options.trace || !rule.outcome_at(gate) || found.count(rule.id) > 0) continue;
    report.why_not.emplace_back(&rule, rules::explain(set, facts, gate, at, rule));
  }
  if (options.change || !options.to.empty()) {
    report.change = rules::smallest_change(set, facts, gate, at, verdict_from_text(options.to));
  }
  return report;
}

int code_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::approve:
    case Verdict::approve_with_conditions:
      return kFine;
    case Verdict::refer:
      return kRefer;
    case Verdict::ask_for_info:
      return kAskForInfo;
    case Verdict::block:
      return kBlock;
  }
  return kCouldNot;
}

}  // namespace

int eval(const EvalOptions& options) {
  UtcTime at = SystemClock().now();
  if (!options.at.empty()) {
    const auto said = moment_of(options.at);
    if (!said) {
      std::cerr << "lockgate: --at is not a moment in UTC: write 2026-03-09T12:00:00Z\n";
      return kUsage;
    }
    at = *said;
  }
  const std::string input = options.input == "-" ? "the standard input" : '`' + options.input + '`';
  const auto text = read_input(options.input);
  if (!text) return tell({text.error().code, input + ' ' + text.error().message});

  const LoadedRules loaded = load_rules({}, options.rules);
  if (!loaded.rules) {
    std::cerr << shown(loaded.issues, loaded.texts);
    return kRulesInvalid;
  }
  auto value = adapters::parse_json(*text);
  if (!value) return tell(value.error());
  const GivenFact given{.path = {}, .pointer = {}, .value = *std::move(value)};
  const auto facts = rules::read_facts(loaded.rules->vocabulary(), {&given, 1}, options.strict);
  if (!facts) return tell(facts.error());

  const Gate gate = gate_from_text(options.gate).value_or(Gate::submit);
  const EvalReport report = report_of(*loaded.rules, *facts, gate, at, options);
  std::cout << (options.format == "json" ? in_json(report) : in_words(report));
  return options.exit_code ? code_of(report.check.verdict) : kFine;
}

}  // namespace lockgate::app
