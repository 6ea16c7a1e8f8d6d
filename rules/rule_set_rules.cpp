// The part of RuleSetBuilder that holds rules to what is declared.

#include <algorithm>

#include "rules/filled_text.hpp"
#include "rules/rule_set_builder.hpp"
#include "rules/spelling.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

constexpr std::uint64_t kMostTries = 1000;  // to tell that a rule can never apply

}  // namespace

void RuleSetBuilder::declare_rules() {
  for (const RankedFile& file : files_) {
    for (const RulePart& part : file.file.rules) {
      const Origin here{&file, part.id};
      const bool fresh = rules_.claim("rule", part.rule.id, here);
      check_role(part, {&file, part.to});
      check_placeholders(part.rule.say, part.say, file);
      check_placeholders(part.rule.fix, part.fix, file);
      auto when = compiled(part.when, here);
      if (!when || !condition_is_sound(*when, part, file)) continue;
      if (!fresh) continue;
      Rule rule = part.rule;
      rule.when = *std::move(when);
      rule.when_text = part.when.source;
      set_->rules_.push_back(std::move(rule));
    }
  }
  std::sort(set_->rules_.begin(), set_->rules_.end(),
            [](const Rule& a, const Rule& b) { return a.id < b.id; });
}

void RuleSetBuilder::check_role(const RulePart& part, const Origin& here) {
  const std::string& to = part.rule.to;
  if (to == kProposer && std::any_of(part.rule.at.begin(), part.rule.at.end(),
                                     [](const auto& at) { return at.second == Outcome::refer; })) {
    report(here, "LG116", "a `refer` cannot go to the proposer",
           "name a role that sits on a board, or write `condition`");
    return;
  }
  if (to.empty() || !complete_ || roles_.find(to)) return;
  if (roles_.empty()) {
    if (!no_roles_reported_) {
      report(here, "LG116", "no file declares roles, so there is no role " + ticked(to),
             "declare them all in one file: `roles = [\"" + to + "\"]`");
    }
    no_roles_reported_ = true;
    return;
  }
  const std::string guess = nearest(to, set_->roles_);
  report(here, "LG116", "there is no role " + ticked(to),
         guess.empty() ? "declare it with `roles = [...]`" : did_you_mean(guess));
}

void RuleSetBuilder::check_placeholders(const std::string& said, const toml::source_region& place,
                                        const RankedFile& file) {
  for (const TextPiece& piece : pieces(said)) {
    if (piece.is == TextPiece::Is::words) continue;
    const auto complain = [&](std::string_view code, std::string message, std::string help) {
      issues_.push_back(file.file.text.issue_within(place, said, piece.offset, piece.length, code,
                                                    std::move(message)));
      issues_.back().help = std::move(help);
    };
    const std::string name(piece.text);
    const FactDeclaration* fact = set_->vocabulary_.find(name);
    if (piece.is == TextPiece::Is::broken) {
      complain("LG150", "`{` does not begin the name of a fact",
               "write `{people.participants}`, or `{{` for a brace");
    } else if (fact && fact->sensitive) {
      complain("LG152", ticked(name) + " is sensitive, and findings are kept for good",
               "say it without the value");
    } else if (!set_->declarations_.find(name) && complete_) {
      const std::string guess = set_->declarations_.nearest(name);
      complain("LG151", "there is no fact, setting or expression " + ticked(name),
               guess.empty() ? "write `{{` for a brace" : did_you_mean(guess));
    }
  }
}

bool RuleSetBuilder::condition_is_sound(const cel::Program& when, const RulePart& part,
                                        const RankedFile& file) {
  const cel::Type& type = when.type();
  if (type.kind() != cel::Kind::boolean && !type.is_dyn()) {
    Issue issue = file.file.text.issue(part.when.place, "LG112", "`when` must be true or false");
    issue.label = "this is " + type.in_words();
    issue.help = "compare it with something: `... > 0`";
    issues_.push_back(std::move(issue));
    return false;
  }
  if (!conditions_) {
    conditions_.emplace(
        Slots{set_->declarations_, set_->vocabulary_, set_->settings_.size(), written_},
        std::span<const cel::Value>());
  }
  const auto condition = conditions_->read(part.when.source);
  if (!condition) return true;
  std::vector<Gate> gates;
  for (const auto& [gate, outcome] : part.rule.at) gates.push_back(gate);
  const Condition* const one[] = {&*condition};
  if (!Search(*conditions_, kMostTries).prove(is_false, one, gates).proven) return true;
  Issue issue = file.file.text.issue(part.when.place, "LG115", "this rule can never apply");
  issue.label = "this is never true";
  issue.help = "look for two conditions that exclude each other, or take the rule out";
  issues_.push_back(std::move(issue));
  return false;
}

void RuleSetBuilder::switch_rules_off() {
  std::map<std::string, Origin, std::less<>> off;
  for (const RankedFile& file : files_) {
    for (const SwitchOffPart& part : file.file.switch_offs) {
      const Origin here{&file, part.place};
      if (part.rule.empty()) continue;
      const Origin* rule = rules_.find(part.rule);
      if (!rule) {
        report_no_rule(part, here);
      } else if (rule->file->rank >= file.rank) {
        report(here, "LG118", ticked(part.rule) + " can be switched off only in a later folder",
               "take the rule itself out, at " + rule->text());
      } else if (const auto [first, fresh] = off.try_emplace(part.rule, here); !fresh) {
        report(here, "LG107", ticked(part.rule) + " is switched off twice",
               "keep one of them; the first is at " + first->second.text());
      } else {
        std::erase_if(set_->rules_, [&](const Rule& each) { return each.id == part.rule; });
        set_->switched_off_.push_back({part.rule, part.reason, file.file.text.file()});
      }
    }
  }
}

void RuleSetBuilder::report_no_rule(const SwitchOffPart& part, const Origin& here) {
  if (!complete_) return;
  report(here, "LG117", "there is no rule " + ticked(part.rule),
         did_you_mean(nearest(part.rule, rules_.names())));
}

}  // namespace lockgate::rules
