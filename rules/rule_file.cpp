#include "rules/rule_file.hpp"

#include <algorithm>

#include "rules/fact_reader.hpp"
#include "rules/keys.hpp"
#include "rules/name.hpp"
#include "rules/table_file.hpp"
#include "rules/toml_reader.hpp"
#include "rules/toml_value.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

class FileReader {
 public:
  FileReader(RuleFile& file, std::vector<Issue>& issues) : file_(file), issues_(issues) {}

  void run() {
    TomlReader reader(file_.text.table(), file_.text, "", issues_);
    reader.expect(keys_of(FilePart::rule_file));
    reader.text("title");
    read_roles(reader);
    for (const toml::table* each : reader.tables("fact")) {
      TomlReader fact = part(*each, name_of(*each, "name", "fact"));
      file_.facts.push_back(read_fact(fact, file_.text, issues_));
    }
    for (const toml::table* each : reader.tables("setting")) read_setting(*each);
    if (const toml::table* overrides = reader.table("settings")) read_overrides(*overrides, "");
    for (const toml::table* each : reader.tables("expression")) read_expression(*each);
    for (const toml::table* each : reader.tables("table")) {
      file_.tables.push_back(
          read_table(part(*each, name_of(*each, "name", "table")), file_.text, issues_));
    }
    for (const toml::table* each : reader.tables("rule")) read_rule(*each);
    for (const toml::table* each : reader.tables("switch_off")) read_switch_off(*each);
  }

 private:
  TomlReader part(const toml::table& table, std::string where) {
    return {table, file_.text, std::move(where), issues_};
  }

  static std::string name_of(const toml::table& table, std::string_view key,
                             std::string_view kind) {
    const auto name = table[key].value_exact<std::string>();
    return name && name->size() <= 60 ? " in " + std::string(kind) + ' ' + ticked(*name)
                                      : " in this " + std::string(kind);
  }

  WrittenExpression expression(TomlReader& reader, std::string_view key) {
    std::string source = reader.required_text(key);
    if (source.empty()) return {};
    return {std::move(source), reader.place(key)};
  }

  void read_roles(TomlReader& reader) {
    const std::vector<std::string> names = reader.texts("roles");
    const toml::node* node = reader.node("roles");
    if (!node || !node->is_array()) return;
    for (const toml::node& each : *node->as_array()) {
      if (const auto name = each.value_exact<std::string>()) {
        file_.roles.push_back({*name, each.source()});
      }
    }
  }

  void read_setting(const toml::table& table) {
    TomlReader reader = part(table, name_of(table, "name", "setting"));
    reader.expect(keys_of(FilePart::setting));
    SettingPart part;
    part.setting.name = read_name(reader, "cfg.quorum_min", is_setting_name, "a setting");
    part.name = reader.place("name");
    part.declaration.name = part.setting.name;
    part.typed = read_type(reader, part.declaration, "a type of setting", setting_type_words());
    part.setting.unit = reader.text("unit").value_or("");
    part.setting.meaning = reader.required_text("meaning");
    if (reader.require("value")) {
      const toml::node& node = *reader.node("value");
      part.setting.value = to_fact_value(node);
      if (part.typed) {
        part.typed = fits(part.declaration, part.setting.value, "`value`", file_.text,
                          node.source(), issues_);
      }
    } else {
      part.typed = false;
    }
    file_.settings.push_back(std::move(part));
  }

  // "cfg.x" = 1, or cfg.x = 1 without quotes, which TOML makes a table.
  void read_overrides(const toml::table& table, const std::string& prefix) {
    for (const auto& [key, node] : table) {
      const std::string name = prefix + std::string(key.str());
      if (const toml::table* below = node.as_table()) {
        read_overrides(*below, name + '.');
      } else {
        file_.overrides.push_back({name, to_fact_value(node), key.source(), node.source()});
      }
    }
  }

  void read_expression(const toml::table& table) {
    TomlReader reader = part(table, name_of(table, "name", "expression"));
    reader.expect(keys_of(FilePart::expression));
    ExpressionPart part;
    part.name = read_name(reader, "calc.score", is_expression_name, "a named expression");
    part.place = reader.place("name");
    part.meaning = reader.required_text("meaning");
    part.is = expression(reader, "is");
    file_.expressions.push_back(std::move(part));
  }

  void read_rule(const toml::table& table) {
    TomlReader reader = part(table, name_of(table, "id", "rule"));
    reader.expect(keys_of(FilePart::rule));
    RulePart part{.rule = {.when = cel::Program(nullptr)}, .when = {}};
    Rule& rule = part.rule;
    rule.id = reader.required_text("id");
    if (!rule.id.empty() && !is_rule_id(rule.id)) {
      reader.complain("id", ticked(rule.id) + " is not an id for a rule",
                      "write letters, a hyphen and at least two digits: `fp-03`", "LG106");
    }
    part.id = reader.place("id");
    rule.question = read_question(reader);
    part.when = expression(reader, "when");
    read_gates(reader, rule);
    rule.to = reader.required_text("to");
    part.to = reader.place("to");
    rule.say = reader.required_text("say");
    part.say = reader.place("say");
    rule.fix = reader.text("fix").value_or("");
    part.fix = reader.place("fix");
    rule.takes = reader.text("takes").value_or("");
    rule.before = reader.node("before")
                      ? reader.word("before", "what a condition can hold", before_words())
                      : "start";
    if (reader.require("basis")) {
      rule.basis = reader.word("basis", "a basis", basis_words());
    }
    read_source(reader, rule);
    if (reader.require("checked_on")) rule.checked_on = reader.date("checked_on");
    if (reader.require("review_by")) rule.review_by = reader.date("review_by");
    part.review_by = reader.place("review_by");
    if (rule.checked_on && rule.review_by && *rule.review_by < *rule.checked_on) {
      reader.complain("review_by", "`review_by` is before `checked_on`",
                      "give the day by which somebody must look again", "LG109");
    }
    file_.rules.push_back(std::move(part));
  }

  void read_gates(TomlReader& reader, Rule& rule) {
    if (!reader.require("at")) return;
    const toml::table* at = reader.table("at");
    if (!at) return;
    for (const auto& [key, node] : *at) {
      const auto gate = gate_from_text(key.str());
      if (!gate) reader.not_a_word(key.source(), key.str(), "a gate", gate_words());
      const auto text = node.value_exact<std::string>();
      const auto outcome = outcome_from_text(text.value_or(""));
      if (!text) {
        Issue issue = file_.text.issue(node.source(), "LG104", "an outcome must be text");
        issue.label = "this is " + std::string(kind_of(node));
        issue.help = "put the word in quotes: `submit = \"refer\"`";
        issues_.push_back(std::move(issue));
      } else if (!outcome) {
        reader.not_a_word(node.source(), *text, "an outcome", outcome_words());
      }
      if (gate && outcome) rule.at.emplace_back(*gate, *outcome);
    }
    if (at->empty()) {
      reader.complain("at", "`at` names no gate",
                      "write `at = { submit = \"refer\", decide = \"block\" }`", "LG106");
    }
    std::sort(rule.at.begin(), rule.at.end());
  }

  void read_source(TomlReader& reader, Rule& rule) {
    if (!reader.require("source")) return;
    rule.source = reader.texts("source");
    const toml::node* node = reader.node("source");
    if (!node->is_array()) return;
    const bool blank = std::any_of(rule.source.begin(), rule.source.end(),
                                   [](const std::string& each) { return each.empty(); });
    if (node->as_array()->empty() || blank) {
      reader.complain("source", "`source` names no source",
                      "say where the rule comes from: `[\"Children Act 1989 s.47\"]`", "LG106");
    }
  }

  void read_switch_off(const toml::table& table) {
    TomlReader reader = part(table, " in this `[[switch_off]]`");
    reader.expect(keys_of(FilePart::switch_off));
    std::string rule = reader.required_text("rule");
    std::string reason = reader.required_text("reason");
    file_.switch_offs.push_back({std::move(rule), std::move(reason), reader.place("rule")});
  }

  RuleFile& file_;
  std::vector<Issue>& issues_;
};

}  // namespace

RuleFile read_rule_file(TomlText text, std::vector<Issue>& issues) {
  RuleFile file{.text = std::move(text)};
  FileReader(file, issues).run();
  return file;
}

}  // namespace lockgate::rules
