#include "rules/schema_names.hpp"

#include "rules/keys.hpp"
#include "rules/schema_text.hpp"

namespace lockgate::rules {
namespace {

namespace json = boost::json;

json::object value_of(const FactDeclaration& fact);

json::object number_of(const FactDeclaration& fact, std::string_view type) {
  json::object number{{"type", type}};
  if (fact.min) number["minimum"] = *fact.min;
  if (fact.max) number["maximum"] = *fact.max;
  return number;
}

json::object record_of(const FactDeclaration& fact) {
  json::object fields;
  for (const FactDeclaration& field : fact.fields) fields[field.name] = value_of(field);
  return closed(std::move(fields));
}

json::object value_of(const FactDeclaration& fact) {
  switch (fact.type) {
    case FactType::boolean:
      return {{"type", "boolean"}};
    case FactType::integer:
    case FactType::uinteger:
      return number_of(fact, "integer");
    case FactType::real:
    case FactType::money:
      return number_of(fact, "number");
    case FactType::choice:
      return one_of_words(fact.values);
    case FactType::string:
    case FactType::date:
    case FactType::timestamp:
    case FactType::duration:
      return {{"type", "string"}};
    case FactType::list:
      return {{"type", "array"}, {"items", value_of(*fact.of)}};
    case FactType::map:
      return {{"type", "object"}, {"additionalProperties", value_of(*fact.of)}};
    case FactType::record:
      return record_of(fact);
  }
  return {};
}

json::object branch() {
  json::object table = closed({});
  table["patternProperties"] = json::object{{"\\.", json::object{}}};
  return table;
}

// Below the tables of its dotted name.
void put(json::object& root, std::string_view name, json::object value) {
  json::object* table = &root;
  for (std::size_t dot = name.find('.'); dot != name.npos; dot = name.find('.')) {
    json::value& below = (*table)["properties"].as_object()[name.substr(0, dot)];
    if (below.is_null()) below = branch();
    table = &below.as_object();
    name.remove_prefix(dot + 1);
  }
  (*table)["properties"].as_object()[name] = std::move(value);
}

std::string_view type_of(const FactValue& value) {
  if (std::holds_alternative<bool>(value)) return "boolean";
  return std::holds_alternative<std::string>(value) ? "string" : "number";
}

}  // namespace

std::vector<std::string> ids_of(const RuleSet& rules) {
  std::vector<std::string> ids;
  for (const Rule& rule : rules.rules()) ids.push_back(rule.id);
  return ids;
}

std::vector<std::string> all_ids_of(const RuleSet& rules) {
  std::vector<std::string> ids = ids_of(rules);
  for (const SwitchedOff& each : rules.switched_off()) ids.push_back(each.rule);
  return ids;
}

json::object findings_of(const RuleSet& rules) {
  json::object properties;
  for (const Rule& rule : rules.rules()) {
    properties[rule.id] = described(rule.question, one_of_words(outcome_words()));
  }
  return closed(std::move(properties));
}

json::object facts_of(const Vocabulary& vocabulary) {
  json::object root = branch();
  for (const FactDeclaration& fact : vocabulary.facts()) {
    put(root, fact.name, described(fact.question, value_of(fact)));
  }
  return root;
}

json::object settings_of(const RuleSet& rules) {
  json::object root = closed({});
  for (const Setting& setting : rules.settings()) {
    const json::object value = described(setting.meaning, {{"type", type_of(setting.value)}});
    put(root, setting.name, value);
    root["properties"].as_object()[setting.name] = value;  // in quotes
  }
  return root;
}

}  // namespace lockgate::rules
