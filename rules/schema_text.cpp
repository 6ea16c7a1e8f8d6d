#include "rules/schema_text.hpp"

#include <utility>

namespace lockgate::rules {
namespace {

namespace json = boost::json;

void write(const json::value& value, const std::string& margin, std::string& text) {
  const std::string within = margin + "  ";
  std::string_view before = "\n";
  if (const json::object* object = value.if_object(); object && !object->empty()) {
    text += '{';
    for (const auto& [key, each] : *object) {
      text.append(std::exchange(before, ",\n")).append(within);
      text.append(json::serialize(json::value(key))).append(": ");
      write(each, within, text);
    }
    text.append("\n").append(margin) += '}';
  } else if (const json::array* array = value.if_array(); array && !array->empty()) {
    text += '[';
    for (const json::value& each : *array) {
      text.append(std::exchange(before, ",\n")).append(within);
      write(each, within, text);
    }
    text.append("\n").append(margin) += ']';
  } else {
    text += json::serialize(value);
  }
}

}  // namespace

json::object one_of_words(std::span<const std::string> words) {
  json::array list;
  for (const std::string& word : words) list.emplace_back(word);
  return {{"type", "string"}, {"enum", std::move(list)}};
}

json::object described(std::string_view description, json::object value) {
  json::object whole{{"description", description}};
  for (auto& [name, each] : value) whole[name] = std::move(each);
  return whole;
}

json::object closed(json::object properties) {
  // `false` would be one complaint, of the whole table; of `not`, editors show the title.
  const json::object unknown{{"title", "unknown key"}};
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"additionalProperties", json::object{{"not", unknown}}}};
}

std::string indented(const json::value& value) {
  std::string text;
  write(value, {}, text);
  return text + '\n';
}

}  // namespace lockgate::rules
