#include <algorithm>
#include <map>

#include "rules/checks/advice.hpp"
#include "rules/checks/search.hpp"
#include "rules/claims.hpp"
#include "rules/content_hash.hpp"
#include "rules/expression.hpp"
#include "rules/expression_order.hpp"
#include "rules/fact_reader.hpp"
#include "rules/filled_text.hpp"
#include "rules/rule_file.hpp"
#include "rules/rule_set.hpp"
#include "rules/spelling.hpp"
#include "rules/table_builder.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

constexpr std::size_t kMostIssues = 1000;   // after that many no further expression is compiled
constexpr std::uint64_t kMostTries = 1000;  // to tell that a rule can never apply
constexpr std::string_view kStage = "proposal.stage";

std::string_view folder_of(std::string_view path) { return path.substr(0, path.find('/')); }

}  // namespace

class RuleSetBuilder {
 public:
  // `complete`: every file could be read.  If not, what is not declared may well
  // be declared in the file that is missing, and is no issue.
  RuleSetBuilder(const std::vector<RankedFile>& files, bool complete, std::vector<Issue>& issues,
                 std::vector<Issue>& advice)
      : files_(files), complete_(complete), issues_(issues), advice_(advice) {}

  void build() {
    declare_roles();
    declare_facts();
    declare_settings();
    override_settings();
    declare_expressions();
    declare_rules();
    switch_rules_off();
  }

  // What was right.
  const RuleSet& so_far() const { return *set_; }

  // Only if there was no issue.
  std::shared_ptr<const RuleSet> finish(std::vector<SourceFile> files) {
    std::sort(files.begin(), files.end(),
              [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    set_->hash_ = content_hash(files);
    set_->files_ = std::move(files);
    return std::move(set_);
  }

 private:
  void report(const Origin& at, std::string_view code, std::string message, std::string help) {
    issues_.push_back(at.issue(code, std::move(message), std::move(help)));
  }

  void declare_roles() {
    for (const RankedFile& file : files_) {
      for (const RolePart& role : file.file.roles) {
        if (role.name.empty()) {
          report({&file, role.place}, "LG106", "a role has no name", "take it out");
        } else if (roles_.claim("role", role.name, {&file, role.place})) {
          set_->roles_.push_back(role.name);
        }
      }
    }
  }

  void declare_facts() {
    for (const RankedFile& file : files_) {
      for (const FactPart& part : file.file.facts) {
        const FactDeclaration& fact = part.declaration;
        if (!names_.claim("fact", fact.name, {&file, part.name})) continue;
        set_->declarations_.declare(fact.name,
                                    part.typed ? cel_type(fact) : cel::Type(cel::Kind::dyn));
        set_->vocabulary_.declare(fact);
        if (fact.name == kStage && part.typed) check_stage(fact, {&file, part.name});
      }
    }
    for (const FactDeclaration& fact : set_->vocabulary_.facts()) {
      for (std::size_t dot = fact.name.find('.'); dot != fact.name.npos;
           dot = fact.name.find('.', dot + 1)) {
        const std::string above = fact.name.substr(0, dot);
        const Origin* other = names_.find(above);
        if (!other) continue;
        report(*names_.find(fact.name), "LG107",
               ticked(fact.name) + " is a part of " + ticked(above) + ", which is a fact itself",
               "rename one of them; the other is at " + other->text());
      }
    }
  }

  void check_stage(const FactDeclaration& fact, const Origin& here) {
    bool right = fact.type == FactType::choice && fact.values.size() == 4;
    for (const std::string& value : fact.values) right = right && gate_from_text(value);
    if (right) return;
    report(here, "LG108", ticked(kStage) + " is set by Lockgate to the gate asked",
           "declare it `type = \"enum\"`, "
           "`values = [\"submit\", \"decide\", \"run\", \"close\"]`");
  }

  void declare_settings() {
    for (const RankedFile& file : files_) {
      for (const SettingPart& part : file.file.settings) {
        if (!names_.claim("setting", part.setting.name, {&file, part.name})) continue;
        set_->declarations_.declare(
            part.setting.name, part.typed ? cel_type(part.declaration) : cel::Type(cel::Kind::dyn));
        set_->settings_.push_back(part.setting);
        settings_.push_back(&part);
      }
    }
  }

  void override_settings() {
    struct Override {
      const OverridePart* part;
      const RankedFile* file;
    };
    std::map<std::string_view, Override> given;  // of the highest rank so far
    for (const RankedFile& file : files_) {
      for (const OverridePart& part : file.file.overrides) {
        const auto index = setting(part, {&file, part.key});
        if (!index) continue;
        const auto [before, fresh] = given.try_emplace(part.name, Override{&part, &file});
        if (!fresh && before->second.file->rank == file.rank) {
          report({&file, part.key}, "LG107", ticked(part.name) + " is given twice",
                 "keep one of them; the first is at " +
                     Origin{before->second.file, before->second.part->key}.text());
          continue;
        }
        const SettingPart& declared = *settings_[*index];
        if (declared.typed &&
            !fits(declared.declaration, part.value, "this", file.file.text, part.place, issues_)) {
          continue;
        }
        if (!fresh && before->second.file->rank > file.rank) continue;
        before->second = {&part, &file};
        set_->settings_[*index].value = part.value;
      }
    }
    for (std::size_t i = 0; i < settings_.size(); ++i) {
      const auto value = to_cel(settings_[i]->declaration, set_->settings_[i].value);
      set_->setting_values_.push_back(value.value_or(cel::Value::null()));
    }
  }

  // The setting that an override is for, if it may be overridden there.
  std::optional<std::size_t> setting(const OverridePart& part, const Origin& here) {
    for (std::size_t i = 0; i < settings_.size(); ++i) {
      if (settings_[i]->setting.name != part.name) continue;
      const Origin& declared = *names_.find(part.name);
      if (declared.file->rank < here.file->rank) return i;
      report(here, "LG118", ticked(part.name) + " can be overridden only in a later folder",
             "change it where it is declared, at " + declared.text());
      return std::nullopt;
    }
    if (complete_) {
      std::vector<std::string> known;
      for (const SettingPart* each : settings_) known.push_back(each->setting.name);
      const std::string guess = nearest(part.name, known);
      report(here, "LG117", "there is no setting " + ticked(part.name),
             guess.empty() ? "declare it with [[setting]] first" : did_you_mean(guess));
    }
    return std::nullopt;
  }

  // A named expression or a decision table.
  struct NamedPart {
    const ExpressionPart* expression = nullptr;
    const TablePart* table = nullptr;
  };

  void declare_expressions() {
    std::vector<NamedPart> parts;
    std::vector<NamedSources> sources;
    for (const RankedFile& file : files_) {
      for (const ExpressionPart& part : file.file.expressions) {
        if (!names_.claim("expression", part.name, {&file, part.place})) continue;
        parts.push_back({.expression = &part});
        sources.push_back({part.name, {part.is.source}});
      }
      for (const TablePart& part : file.file.tables) {
        if (!names_.claim("table", part.name, {&file, part.place})) continue;
        parts.push_back({.table = &part});
        sources.push_back({part.name, part.expressions()});
      }
    }
    const ExpressionOrder order = order_expressions(sources, set_->declarations_);
    for (const std::vector<std::size_t>& circle : order.circles) report_circle(sources, circle);
    for (const std::size_t i : order.sorted) {
      set_->declarations_.declare(sources[i].name, cel::Kind::dyn);
    }
    set_->declarations_.declare("now", cel::Kind::timestamp);
    for (const std::size_t i : order.sorted) {
      if (order.is_in_circle(i)) continue;
      if (parts[i].table) {
        declare_table(*parts[i].table);
      } else {
        declare_expression(*parts[i].expression);
      }
    }
  }

  void declare_expression(const ExpressionPart& part) {
    const auto program = compiled(part.is, *names_.find(part.name));
    if (!program) return;
    set_->declarations_.declare(part.name, program->type());
    written_.emplace(*set_->declarations_.find(part.name), part.is.source);
    set_->expressions_.push_back({part.name, part.meaning, *program, part.is.source});
  }

  void declare_table(const TablePart& part) {
    if (issues_.size() > kMostIssues) return;
    const Names names{set_->declarations_, set_->vocabulary_, outcomes_, complete_};
    auto built = build_table(part, names_.find(part.name)->file->file.text, names, tables_, issues_,
                             advice_);
    if (!built) return;
    set_->declarations_.declare(part.name, built->type);
    outcomes_.emplace(*set_->declarations_.find(part.name), std::move(built->outcomes));
    set_->expressions_.push_back(std::move(built->expression));
  }

  void report_circle(const std::vector<NamedSources>& parts,
                     const std::vector<std::size_t>& circle) {
    const std::string& first = parts[circle.front()].name;
    std::string way = ticked(first);
    for (std::size_t i = 1; i < circle.size(); ++i) {
      way += (i > 1 ? ", which uses " : " uses ") + ticked(parts[circle[i]].name);
    }
    way += (circle.size() > 1 ? ", which uses " : " uses ") + ticked(first);
    report(*names_.find(first), "LG114", ticked(first) + " depends on itself", way);
  }

  std::optional<cel::Program> compiled(const WrittenExpression& expression, const Origin& here) {
    if (!expression.given() || issues_.size() > kMostIssues) return std::nullopt;
    const Names names{set_->declarations_, set_->vocabulary_, outcomes_, complete_};
    return compile(expression, here.file->file.text, names, issues_);
  }

  void declare_rules() {
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

  void check_role(const RulePart& part, const Origin& here) {
    const std::string& to = part.rule.to;
    if (to == kProposer &&
        std::any_of(part.rule.at.begin(), part.rule.at.end(),
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

  void check_placeholders(const std::string& said, const toml::source_region& place,
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

  bool condition_is_sound(const cel::Program& when, const RulePart& part, const RankedFile& file) {
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

  void switch_rules_off() {
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

  void report_no_rule(const SwitchOffPart& part, const Origin& here) {
    if (!complete_) return;
    report(here, "LG117", "there is no rule " + ticked(part.rule),
           did_you_mean(nearest(part.rule, rules_.names())));
  }

  const std::vector<RankedFile>& files_;
  const bool complete_;
  std::vector<Issue>& issues_;
  std::vector<Issue>& advice_;
  std::shared_ptr<RuleSet> set_ = std::make_shared<RuleSet>();
  Claims names_{issues_};  // facts, settings, expressions
  Claims roles_{issues_};
  Claims rules_{issues_};
  std::vector<const SettingPart*> settings_;
  TableBudget tables_;
  std::map<std::size_t, std::vector<cel::Value>> outcomes_;  // of tables, by slot
  std::optional<Conditions> conditions_;                     // whatever the settings are
  std::map<std::size_t, std::string_view> written_;          // named expressions that are right
  bool no_roles_reported_ = false;
};

Loaded load(std::vector<SourceFile> files, const LoadOptions& options) {
  Loaded loaded;
  std::vector<RankedFile> read;
  std::map<std::string_view, std::size_t> ranks;
  std::map<std::string_view, std::size_t> seen;
  bool complete = true;
  for (const SourceFile& file : files) {
    const std::size_t rank = ranks.try_emplace(folder_of(file.path), ranks.size()).first->second;
    if (++seen[file.path] > 1) {
      Issue issue{.code = "LG107", .file = file.path, .message = "this file is given twice"};
      loaded.issues.push_back(std::move(issue));
      continue;
    }
    auto text = TomlText::parse(file.path, file.bytes, loaded.issues);
    if (text) {
      read.push_back({read_rule_file(*std::move(text), loaded.issues), rank});
    } else {
      complete = false;
    }
  }
  RuleSetBuilder builder(read, complete, loaded.issues, loaded.advice);
  builder.build();
  sort(loaded.issues);
  if (options.advise && complete) {
    std::vector<Issue> further = advise(builder.so_far(), read, options.today);
    loaded.advice.insert(loaded.advice.end(), further.begin(), further.end());
  } else {
    loaded.advice.clear();
  }
  sort(loaded.advice);
  if (loaded.issues.empty()) loaded.rules = builder.finish(std::move(files));
  return loaded;
}

}  // namespace lockgate::rules
