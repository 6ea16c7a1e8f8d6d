#include "plugin/app/eval_report.hpp"

#include <algorithm>

#include "adapters/json_text.hpp"
#include "plugin/app/counted.hpp"

namespace lockgate::app {
namespace {

using adapters::JsonText;
using rules::Part;

const rules::Explanation* of(const std::vector<Explained>& explained, const std::string& rule) {
  const auto found = std::find_if(explained.begin(), explained.end(),
                                  [&](const Explained& each) { return each.first->id == rule; });
  return found == explained.end() ? nullptr : &found->second;
}

void write_texts(JsonText& json, std::string_view key, const std::vector<std::string>& texts) {
  json.key(key).open('[');
  for (const std::string& text : texts) json.text(text);
  json.close(']');
}

void write_parts(JsonText& json, std::string_view key, const std::vector<Part>& parts) {
  json.key(key).open('[');
  for (const Part& part : parts) {
    json.open('{').member("part", part.written).member("value", part.value);
    json.member("words", part.words);
    write_texts(json, "names", part.names);
    if (!part.because.empty()) write_parts(json, "because", part.because);
    json.close('}');
  }
  json.close(']');
}

std::string_view word(rules::Found found) {
  switch (found) {
    case rules::Found::nothing_to_do:
      return "nothing_to_do";
    case rules::Found::suggestions:
      return "suggestions";
    case rules::Found::nothing_changeable:
      return "nothing_changeable";
    case rules::Found::no_change:
      return "no_change";
    case rules::Found::gave_up:
      break;
  }
  return "gave_up";
}

void write_change(JsonText& json, const EvalReport& report) {
  const rules::ChangeSearch& search = *report.change;
  json.key("change").open('{').member("found", word(search.found));
  json.member("wanted", to_text(search.wanted)).member("words", rules::in_words(search));
  json.key("suggestions").open('[');
  for (const rules::Suggestion& suggestion : search.suggestions) {
    json.open('{').member("verdict", to_text(suggestion.verdict));
    json.key("changes").open('[');
    for (const rules::Change& change : suggestion.changes) {
      json.open('{').member("fact", change.fact).key("from");
      json.fact(change.from.value_or(FactValue())).key("to").fact(change.to);
      json.member("words", rules::in_words(report.rules, change)).close('}');
    }
    json.close(']');
    write_texts(json, "settles", suggestion.settles);
    json.close('}');
  }
  json.close(']').close('}');
}

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  out.append(out.size() < width ? width - out.size() : 1, ' ');
  return out;
}

std::string part_lines(const std::vector<Part>& parts, const std::string& margin) {
  std::string out;
  for (const Part& part : parts) {
    out += margin + part.words + '\n';
    if (part.because.empty()) continue;
    out += margin + "  because\n" + part_lines(part.because, margin + "    ");
  }
  return out;
}

std::string value_lines(const Finding& finding) {
  std::string out;
  for (const KeptFact& fact : finding.facts) {
    std::string value;
    JsonText(value).fact(fact.value);
    out += "          " + padded(fact.path, 32) + value + '\n';
  }
  for (const std::string& path : finding.waits_for) {
    out += "          " + padded(path, 32) + "not known\n";
  }
  return out;
}

std::string change_lines(const EvalReport& report) {
  const rules::ChangeSearch& search = *report.change;
  if (search.suggestions.empty()) {
    return "\nWhat would change it: " + rules::in_words(search) + '\n';
  }
  std::string out = "\nWhat would change it\n";
  for (const rules::Suggestion& suggestion : search.suggestions) {
    out += &suggestion == &search.suggestions.front() ? "\n  With " : "\n  Or with ";
    out += counted(std::ssize(suggestion.changes), "change") + " it would be " +
           std::string(to_text(suggestion.verdict)) + ":\n";
    for (const rules::Change& change : suggestion.changes) {
      out += "    " + padded(change.fact, 34) + rules::in_words(report.rules, change) + '\n';
    }
  }
  out += "\n  What you would need to do:\n";
  for (const std::string& id : search.suggestions.front().settles) {
    const auto finding = std::find_if(report.check.findings.begin(), report.check.findings.end(),
                                      [&](const Finding& each) { return each.rule == id; });
    if (finding == report.check.findings.end()) continue;
    out += "    " + padded(id, 8) + (finding->fix.empty() ? finding->say : finding->fix) + '\n';
  }
  return out;
}

}  // namespace

std::string in_json(const EvalReport& report) {
  const Check& check = report.check;
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
    json.member("trouble", finding.trouble);
    if (const auto* why = of(report.why, finding.rule)) write_parts(json, "why", why->parts);
    json.close('}');
  }
  json.close(']');
  write_texts(json, "unknown", check.unknown);
  json.key("questions").open('[');
  for (const Question& question : check.questions) {
    json.open('{').member("fact", question.fact).member("question", question.text);
    write_texts(json, "rules", question.rules);
    json.close('}');
  }
  json.close(']');
  if (!report.why_not.empty()) {
    json.key("not_applied").open('[');
    for (const auto& [rule, explanation] : report.why_not) {
      json.open('{').member("rule", rule->id).member("question", rule->question);
      write_parts(json, "why", explanation.parts);
      json.close('}');
    }
    json.close(']');
  }
  if (report.change) write_change(json, report);
  json.member("gate", to_text(check.gate)).member("at", to_text(check.at));
  json.member("rules", check.rule_set).close('}');
  return text + '\n';
}

std::string in_words(const EvalReport& report) {
  const Check& check = report.check;
  const std::string margin(10, ' ');
  std::string out = std::string(to_text(check.verdict)) + ": " +
                    counted(std::ssize(check.findings), "finding") + ", " +
                    counted(std::ssize(check.questions), "question") + '\n';
  for (const Finding& finding : check.findings) {
    out += "\n  " + padded(finding.rule, 8) + padded(to_text(finding.outcome), 10) + "to " +
           finding.to + ": " + finding.question + '\n';
    const rules::Explanation* why = of(report.why, finding.rule);
    out += why ? part_lines(why->parts, margin) : value_lines(finding);
    if (!finding.trouble.empty()) {
      out += margin + "could not be evaluated: " + finding.trouble + '\n';
    }
    out += margin + finding.say + '\n';
    if (!finding.fix.empty()) out += margin + "-> " + finding.fix + '\n';
  }
  if (!check.questions.empty()) out += "\nTo be answered:\n";
  for (const Question& question : check.questions) {
    out += "  " + padded(question.fact, 34) + question.text + '\n';
  }
  if (!report.why_not.empty()) out += "\nWhat did not apply, and why not:\n";
  for (const auto& [rule, explanation] : report.why_not) {
    out += "\n  " + padded(rule->id, 8) + rule->question + '\n' +
           part_lines(explanation.parts, margin);
  }
  if (report.change) out += change_lines(report);
  return out + "\ngate " + std::string(to_text(check.gate)) + ", rules version " +
         check.rule_set.substr(0, 12) + '\n';
}

}  // namespace lockgate::app
