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

}  // namespace

std::vector<std::string> ids_of(const RuleSet& rules) {
  std::vector<std::string> ids;
  for (const Rule& rule : rules.rules()) ids.push_back(rule.id);
  return ids;
}

json::object findings_of(const RuleSet& rules) {
  json::object properties;
  for (const Rule& rule : rules.rules()) {
    json::object outcome{{"description", rule.question}};
    for (auto& [name, value] : one_of_words(outcome_words())) outcome[name] = std::move(value);
    properties[rule.id] = std::move(outcome);
  }
  return closed(std::move(properties));
}

json::object facts_of(const Vocabulary& vocabulary) {
  json::object root = branch();
  for (const FactDeclaration& fact : vocabulary.facts()) {
    json::object* table = &root;
    std::string_view rest = fact.name;
    for (std::size_t dot = rest.find('.'); dot != rest.npos; dot = rest.find('.')) {
      json::value& below = (*table)["properties"].as_object()[rest.substr(0, dot)];
      if (below.is_null()) below = branch();
      table = &below.as_object();
      rest.remove_prefix(dot + 1);
    }
    json::object value{{"description", fact.question}};
    for (auto& [name, each] : value_of(fact)) value[name] = std::move(each);
    (*table)["properties"].as_object()[rest] = std::move(value);
  }
  return root;
}

}  // namespace lockgate::rules
