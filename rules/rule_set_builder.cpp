#include "rules/rule_set_builder.hpp"

#include <algorithm>

#include "rules/content_hash.hpp"
#include "rules/expression.hpp"
#include "rules/fact_reader.hpp"
#include "rules/spelling.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

constexpr std::size_t kMostInARow = 64;    // so that no value is nested without end
constexpr std::size_t kMostIssues = 1000;  // after that many no further expression is compiled
constexpr std::string_view kStage = "proposal.stage";

// How many lists, maps and the like are within each other.
std::size_t depth_of(const cel::Type& type) {
  std::size_t deepest = 0;
  for (const cel::Type& each : type.parameters()) deepest = std::max(deepest, depth_of(each));
  return type.parameters().empty() ? 0 : deepest + 1;
}

}  // namespace

void RuleSetBuilder::build() {
  declare_roles();
  declare_facts();
  declare_settings();
  override_settings();
  declare_expressions();
  declare_rules();
  switch_rules_off();
}

std::shared_ptr<const RuleSet> RuleSetBuilder::finish(std::vector<SourceFile> files) {
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  std::vector<const cel::Program*> conditions;
  for (const Rule& rule : set_->rules_) conditions.push_back(&rule.when);
  set_->conditions_ = cel::Conditions(conditions);
  set_->hash_ = content_hash(files);
  set_->files_ = std::move(files);
  return std::move(set_);
}

void RuleSetBuilder::report(const Origin& at, std::string_view code, std::string message,
                            std::string help) {
  issues_.push_back(at.issue(code, std::move(message), std::move(help)));
}

void RuleSetBuilder::declare_roles() {
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

void RuleSetBuilder::declare_facts() {
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

void RuleSetBuilder::check_stage(const FactDeclaration& fact, const Origin& here) {
  bool right = fact.type == FactType::choice && fact.values.size() == 4;
  for (const std::string& value : fact.values) right = right && gate_from_text(value);
  if (right) return;
  report(here, "LG108", ticked(kStage) + " is set by Lockgate to the gate asked",
         "declare it `type = \"enum\"`, "
         "`values = [\"submit\", \"decide\", \"run\", \"close\"]`");
}

void RuleSetBuilder::declare_settings() {
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

void RuleSetBuilder::override_settings() {
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

std::optional<std::size_t> RuleSetBuilder::setting(const OverridePart& part, const Origin& here) {
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

void RuleSetBuilder::declare_expressions() {
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
    if (order.lengths[i] > kMostInARow) {
      // Those that use it are too many as well: one message is enough.
      if (order.lengths[i] == kMostInARow + 1) report_row(sources[i].name);
    } else if (parts[i].table) {
      declare_table(*parts[i].table);
    } else {
      declare_expression(*parts[i].expression);
    }
  }
}

void RuleSetBuilder::declare_expression(const ExpressionPart& part) {
  const auto program = compiled(part.is, *names_.find(part.name));
  if (!program) return;
  if (depth_of(program->type()) > kMostDepth) {
    report(*names_.find(part.name), "LG100",
           ticked(part.name) + " is nested more than " + std::to_string(kMostDepth) + " deep",
           "give parts of it names of their own, without lists around them");
    return;
  }
  set_->declarations_.declare(part.name, program->type());
  written_.emplace(*set_->declarations_.find(part.name), part.is.source);
  set_->expressions_.push_back({part.name, part.meaning, *program, part.is.source});
}

void RuleSetBuilder::declare_table(const TablePart& part) {
  if (issues_.size() > kMostIssues) return;
  const Names names{set_->declarations_, set_->vocabulary_, outcomes_, complete_};
  auto built =
      build_table(part, names_.find(part.name)->file->file.text, names, tables_, issues_, advice_);
  if (!built) return;
  set_->declarations_.declare(part.name, built->type);
  outcomes_.emplace(*set_->declarations_.find(part.name), std::move(built->outcomes));
  set_->expressions_.push_back(std::move(built->expression));
}

void RuleSetBuilder::report_circle(const std::vector<NamedSources>& parts,
                                   const std::vector<std::size_t>& circle) {
  const std::string& first = parts[circle.front()].name;
  std::string way = ticked(first);
  for (std::size_t i = 1; i < circle.size(); ++i) {
    way += (i > 1 ? ", which uses " : " uses ") + ticked(parts[circle[i]].name);
  }
  way += (circle.size() > 1 ? ", which uses " : " uses ") + ticked(first);
  report(*names_.find(first), "LG114", ticked(first) + " depends on itself", way);
}

void RuleSetBuilder::report_row(const std::string& name) {
  report(*names_.find(name), "LG100",
         ticked(name) + " is the last of more than " + std::to_string(kMostInARow) +
             " named expressions of which each uses the one before",
         "put some of them together");
}

std::optional<cel::Program> RuleSetBuilder::compiled(const WrittenExpression& expression,
                                                     const Origin& here) {
  if (!expression.given() || issues_.size() > kMostIssues) return std::nullopt;
  const Names names{set_->declarations_, set_->vocabulary_, outcomes_, complete_};
  return compile(expression, here.file->file.text, names, issues_);
}

}  // namespace lockgate::rules
