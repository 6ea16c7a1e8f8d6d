#include "rules/schema.hpp"

#include "rules/keys.hpp"
#include "rules/schema_names.hpp"
#include "rules/schema_text.hpp"

namespace lockgate::rules {
namespace {

namespace json = boost::json;

constexpr std::string_view kRuleId = "^[a-z]+-[0-9]{2,}$";

json::object pattern(std::string_view expression) {
  return {{"type", "string"}, {"pattern", expression}};
}

json::object list_of(json::object items, int least = 0) {
  json::object list{{"type", "array"}, {"items", std::move(items)}};
  if (least > 0) list["minItems"] = least;
  return list;
}

// An editor shows no description that stands beside a reference, so all but types,
// which hold types, stand where they are needed.
json::object type_reference() {
  return {{"anyOf", json::array{one_of_words(whole_type_words()),
                                json::object{{"$ref", "#/definitions/type"}}}}};
}

class Writer {
 public:
  explicit Writer(const RuleSet* known) : known_(known) {}

  json::object table(FilePart part) const {
    json::object properties;
    for (const Key& key : keys_of(part)) {
      properties[key.name] = described(key.meaning, shape_of(key));
    }
    return closed(std::move(properties));
  }

 private:
  json::object shape_of(const Key& key) const {
    const json::object text{{"type", "string"}};
    const json::object filled{{"type", "string"}, {"minLength", 1}};
    switch (key.shape) {
      case Shape::anything:
        return {};
      case Shape::text:
      case Shape::date:  // to an editor a date is its text
      case Shape::moment:
        return text;
      case Shape::filled_text:
        return filled;
      case Shape::question:
        return pattern("\\?$");
      case Shape::texts:
        return list_of(text);
      case Shape::filled_texts:
        return list_of(filled, 1);
      case Shape::truth:
        return {{"type", "boolean"}};
      case Shape::number:
        return {{"type", "number"}};
      case Shape::count:
        return {{"type", "integer"}, {"minimum", 1}};
      case Shape::scalar:
        return {{"type", json::array{"boolean", "number", "string"}}};
      case Shape::list:
        return {{"type", "array"}};
      case Shape::word:
        return one_of_words(key.words());
      case Shape::fact_name:
        return pattern("^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_-]*)*$");
      case Shape::setting_name:
        return pattern("^cfg(\\.[a-z][a-z0-9_-]*)+$");
      case Shape::expression_name:
        return pattern("^calc(\\.[a-z][a-z0-9_-]*)+$");
      case Shape::rule_id:
        return pattern(kRuleId);
      case Shape::rule:
        return known_ ? one_of_words(all_ids_of(*known_)) : pattern(kRuleId);
      case Shape::role:
        return known_ ? one_of_words(known_->roles()) : filled;
      case Shape::fact_names:
        return list_of(known_ ? one_of_words(known_->vocabulary().names()) : filled);
      case Shape::rule_ids:
        return list_of(known_ ? one_of_words(ids_of(*known_)) : pattern(kRuleId));
      case Shape::type:
        return type_reference();
      case Shape::fields:
        return {{"type", "object"}, {"additionalProperties", type_reference()}};
      case Shape::outcomes:
        return outcomes();
      case Shape::findings:
        return known_ ? findings_of(*known_)
                      : json::object{{"type", "object"},
                                     {"additionalProperties", one_of_words(outcome_words())}};
      case Shape::facts:
        return known_ ? facts_of(known_->vocabulary()) : json::object{{"type", "object"}};
      case Shape::overrides:
        return known_ ? settings_of(*known_) : json::object{{"type", "object"}};
      case Shape::cells:
        return list_of(cell());
      case Shape::tables:
        return list_of(table(*key.part));
    }
    return {};
  }

  static json::object outcomes() {
    json::object properties;
    for (const std::string& gate : gate_words()) {
      properties[gate] = one_of_words(outcome_words());
    }
    return closed(std::move(properties));
  }

  json::object cell() const {
    json::object table = this->table(FilePart::cell);
    table["properties"].as_object()["not"] =
        json::object{{"description", "Every value but this one, or but these."}};
    table.erase("type");  // other cells are plain values
    return table;
  }

  const RuleSet* known_;
};

}  // namespace

std::string json_schema(SchemaOf kind, const RuleSet* known) {
  const bool rules = kind == SchemaOf::rules;
  const Writer writer(known);
  json::object schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
                      {"title", rules ? "Lockgate rules" : "Tests of Lockgate rules"}};
  for (auto& [name, value] : writer.table(rules ? FilePart::rule_file : FilePart::test_file)) {
    schema[name] = std::move(value);
  }
  if (rules) schema["definitions"] = json::object{{"type", writer.table(FilePart::type)}};
  return indented(schema);
}

}  // namespace lockgate::rules
