// All rule files -> RuleSet: names declared once, expressions compiled in order, rules
// held to them.

#pragma once

#include <map>

#include "rules/checks/search.hpp"
#include "rules/claims.hpp"
#include "rules/expression_order.hpp"
#include "rules/rule_file.hpp"
#include "rules/rule_set.hpp"
#include "rules/table_builder.hpp"

namespace lockgate::rules {

class RuleSetBuilder {
 public:
  // `complete`: every file could be read.  If not, what is not declared may well
  // be declared in the file that is missing, and is no issue.
  RuleSetBuilder(const std::vector<RankedFile>& files, bool complete, std::vector<Issue>& issues,
                 std::vector<Issue>& advice)
      : files_(files), complete_(complete), issues_(issues), advice_(advice) {}

  void build();

  // What was right.
  const RuleSet& so_far() const { return *set_; }

  // Only if there was no issue.
  std::shared_ptr<const RuleSet> finish(std::vector<SourceFile> files);

 private:
  void report(const Origin& at, std::string_view code, std::string message, std::string help);
  void declare_roles();
  void declare_facts();
  void check_stage(const FactDeclaration& fact, const Origin& here);
  void declare_settings();
  void override_settings();

  // The setting that an override is for, if it may be overridden there.
  std::optional<std::size_t> setting(const OverridePart& part, const Origin& here);

  // A named expression or a decision table.
  struct NamedPart {
    const ExpressionPart* expression = nullptr;
    const TablePart* table = nullptr;
  };
  void declare_expressions();
  void declare_expression(const ExpressionPart& part);
  void declare_table(const TablePart& part);
  void report_row(const std::string& name);
  void report_circle(const std::vector<NamedSources>& parts,
                     const std::vector<std::size_t>& circle);

  std::optional<cel::Program> compiled(const WrittenExpression& expression, const Origin& here);
  void declare_rules();
  void check_role(const RulePart& part, const Origin& here);
  void check_placeholders(const std::string& said, const toml::source_region& place,
                          const RankedFile& file);
  bool condition_is_sound(const cel::Program& when, const RulePart& part, const RankedFile& file);
  void switch_rules_off();
  void report_no_rule(const SwitchOffPart& part, const Origin& here);

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

}  // namespace lockgate::rules
