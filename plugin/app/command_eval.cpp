#include <iostream>
#include <optional>

#include "adapters/json_text.hpp"
#include "adapters/strict_json.hpp"
#include "plugin/app/commands.hpp"
#include "plugin/app/council_folder.hpp"
#include "plugin/app/counted.hpp"
#include "plugin/app/exit_code.hpp"
#include "plugin/app/open.hpp"
#include "plugin/app/read_file.hpp"
#include "plugin/app/system.hpp"
#include "rules/evaluate.hpp"

namespace lockgate::app {
namespace {

using adapters::JsonText;

// RFC 3339 in UTC, with or without a fraction of a second.
std::optional<UtcTime> moment_of(std::string text) {
  if (text.ends_with('Z')) text.pop_back();
  if (text.size() == 19) text += '.';
  if (text.size() < 20 || text.size() > 26) return std::nullopt;
  text.append(26 - text.size(), '0');
  return time_from_text(text + 'Z');
}

void write_texts(JsonText& json, std::string_view key, const std::vector<std::string>& texts) {
  json.key(key).open('[');
  for (const std::string& text : texts) json.text(text);
  json.close(']');
}

std::string in_json(const Check& check) {
  std::string text;
  JsonText json(text);
  json.open('{').member("verdict", to_text(check.verdict));
  json.key("findings").open('[');
  for (const Finding& finding : check.findings) {
    json.open('{').member("rule", finding.rule).member("outcome", to_text(finding.outcome));
    json.member("to", finding.to).member("say", finding.say).member("fix", finding.fix);
    json.key("facts").open('{');
    for (const KeptFact& fact : finding.facts) json.key(fact.path).fact(fact.value);
    json.close('}');
    write_texts(json, "waits_for", finding.waits_for);
    json.member("trouble", finding.trouble).close('}');
  }
  json.close(']');
  write_texts(json, "unknown", check.unknown);
  json.key("questions").open('[');
  for (const Question& question : check.questions) {
    json.open('{').member("fact", question.fact).member("question", question.text);
    write_texts(json, "rules", question.rules);
    json.close('}');
  }
  json.close(']').member("gate", to_text(check.gate)).member("at", to_text(check.at));
  json.member("rules", check.rule_set).close('}');
  return text + '\n';
}

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  out.append(out.size() < width ? width - out.size() : 1, ' ');
  return out;
}

std::string in_words(const Check& check) {
  std::string out = std::string(to_text(check.verdict)) + ": " +
                    counted(std::ssize(check.findings), "finding") + ", " +
                    counted(std::ssize(check.questions), "question") + '\n';
  for (const Finding& finding : check.findings) {
    out += "\n  " + padded(finding.rule, 8) + padded(to_text(finding.outcome), 10) + "to " +
           finding.to + ": " + finding.question + '\n';
    for (const KeptFact& fact : finding.facts) {
      std::string value;
      JsonText(value).fact(fact.value);
      out += "          " + padded(fact.path, 32) + value + '\n';
    }
    for (const std::string& path : finding.waits_for) {
      out += "          " + padded(path, 32) + "not known\n";
    }
    if (!finding.trouble.empty()) {
      out += "          could not be evaluated: " + finding.trouble + '\n';
    }
    out += "          " + finding.say + '\n';
    if (!finding.fix.empty()) out += "          -> " + finding.fix + '\n';
  }
  if (!check.questions.empty()) out += "\nTo be answered:\n";
  for (const Question& question : check.questions) {
    out += "  " + padded(question.fact, 34) + question.text + '\n';
  }
  return out + "\ngate " + std::string(to_text(check.gate)) + ", rules version " +
         check.rule_set.substr(0, 12) + '\n';
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
  const Check check = rules::evaluate(*loaded.rules, *facts, gate, at);
  std::cout << (options.format == "json" ? in_json(check) : in_words(check));
  return options.exit_code ? code_of(check.verdict) : kFine;
}

}  // namespace lockgate::app
