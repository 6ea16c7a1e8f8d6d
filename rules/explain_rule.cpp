#include "rules/explain_rule.hpp"

#include <algorithm>

#include "rules/rule_file.hpp"

namespace lockgate::rules {
namespace {

std::string date_text(const std::chrono::year_month_day& date) {
  const auto padded = [](unsigned number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return std::to_string(int(date.year())) + '-' + padded(unsigned(date.month())) + '-' +
         padded(unsigned(date.day()));
}

std::string_view what_it_does(Outcome outcome) {
  switch (outcome) {
    case Outcome::block:
      return "stops it (block)";
    case Outcome::ask:
      return "sends it back with a question (ask)";
    case Outcome::refer:
      return "takes it to people who decide (refer)";
    case Outcome::condition:
      return "lets it pass on a condition (condition)";
    case Outcome::note:
      break;
  }
  return "leaves a note (note)";
}

// The condition and where it stands: the file is read once more.
struct Written {
  std::string when;
  std::string place;
};

Written written(const RuleSet& rules, const Rule& rule) {
  for (const SourceFile& file : rules.files()) {
    std::vector<Issue> none;
    auto text = TomlText::parse(file.path, file.bytes, none);
    if (!text) continue;
    const RuleFile read = read_rule_file(*std::move(text), none);
    for (const RulePart& part : read.rules) {
      if (part.rule.id == rule.id) return {part.when.source, read.text.place(part.id)};
    }
  }
  return {};
}

std::string meaning_of(const RuleSet& rules, std::size_t slot) {
  if (slot < rules.first_setting()) return rules.vocabulary().facts()[slot].meaning;
  if (slot < rules.first_expression()) {
    return rules.settings()[slot - rules.first_setting()].meaning;
  }
  if (slot < rules.now_slot()) return rules.expressions()[slot - rules.first_expression()].meaning;
  return "the moment of the check";
}

std::string indented(std::string_view text) {
  std::string out = "    ";
  while (text.starts_with('\n')) text.remove_prefix(1);
  for (const char c : text) {
    out += c;
    if (c == '\n') out += "    ";
  }
  return out + '\n';
}

}  // namespace

std::string in_words(const RuleSet& rules, const Rule& rule) {
  const Written source = written(rules, rule);
  std::string out = rule.id + ": " + rule.question + '\n';
  if (!source.place.empty()) out += source.place + '\n';
  out += "\nIt applies when\n\n" + indented(source.when) + '\n';
  std::size_t widest = 0;
  for (const std::size_t slot : rule.when.slots()) {
    widest = std::max(widest, rules.declarations().name(slot).size());
  }
  for (const std::size_t slot : rule.when.slots()) {
    std::string name = rules.declarations().name(slot);
    name.append(widest - name.size() + 2, ' ');
    out += "    " + name + meaning_of(rules, slot) + '\n';
  }
  out += rule.when.slots().empty() ? "Then it\n" : "\nThen it\n";
  for (const auto& [gate, outcome] : rule.at) {
    out += "    at gate " + std::string(to_text(gate)) + ' ' + std::string(what_it_does(outcome)) +
           '\n';
  }
  out += "    for: " + rule.to + "\n\nIt says: " + rule.say + '\n';
  if (!rule.fix.empty()) out += "What to do: " + rule.fix + '\n';
  if (!rule.takes.empty()) out += "That takes: " + rule.takes + '\n';
  const bool holds = std::any_of(rule.at.begin(), rule.at.end(),
                                 [](const auto& at) { return at.second == Outcome::condition; });
  if (holds) out += "As a condition, to be met before: the " + rule.before + '\n';
  out += "\nIt rests on " + rule.basis + ":\n";
  for (const std::string& each : rule.source) out += "    " + each + '\n';
  if (rule.checked_on && rule.review_by) {
    out += "Last checked on " + date_text(*rule.checked_on) + ", to be looked at again by " +
           date_text(*rule.review_by) + ".\n";
  }
  return out;
}

}  // namespace lockgate::rules
