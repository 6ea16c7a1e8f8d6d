#include "rules/json_values.hpp"

#include <algorithm>

#include "rules/cel/functions.hpp"
#include "rules/fact_value.hpp"

namespace lockgate::rules {
namespace {

using simdjson::dom::element_type;
using Element = simdjson::dom::element;

std::vector<cel::Value> texts(const std::vector<std::string>& of) {
  std::vector<cel::Value> values;
  for (const std::string& each : of) values.push_back(cel::Value::string(each));
  return values;
}

// The values of a map of this shape that was read before and that nobody else has.
std::span<cel::Value> again(cel::Value& map, const cel::Shape& shape) {
  return map.is(cel::Kind::map) && &map.as_map().shape() == &shape ? map.own_values()
                                                                   : std::span<cel::Value>();
}

bool in_bounds(const JsonForm& form, double number) {
  const FactDeclaration& fact = *form.fact;
  return !form.bounded ||
         ((!fact.min || number >= *fact.min) && (!fact.max || number <= *fact.max));
}

bool real(const JsonForm& form, Element element, cel::Value& out) {
  if (!element.is_number()) return false;
  const double number = element.get_double().value_unsafe();
  if (form.type == FactType::money) {
    const auto pounds = money_of(number);
    if (!pounds) return false;
    out = *pounds;
  } else {
    out = cel::Value::real(number);
  }
  return in_bounds(form, number);
}

bool general(const JsonForm& form, Element element, cel::Value& out) {
  std::vector<Problem> problems;
  out = to_cel(*form.fact, to_fact_value(element), {}, problems);
  return problems.empty();
}

}  // namespace

FactValue to_fact_value(Element element) {
  switch (element.type()) {
    case element_type::OBJECT: {
      FactMap map;
      const simdjson::dom::object object = element.get_object().value_unsafe();
      for (const auto [key, value] : object) {
        map.emplace_back(std::string(key), to_fact_value(value));
      }
      return map;
    }
    case element_type::ARRAY: {
      FactList list;
      const simdjson::dom::array array = element.get_array().value_unsafe();
      for (const Element each : array) {
        list.push_back(to_fact_value(each));
      }
      return list;
    }
    case element_type::STRING:
      return std::string(element.get_string().value_unsafe());
    case element_type::INT64:
      return element.get_int64().value_unsafe();
    case element_type::UINT64:
      return element.get_uint64().value_unsafe();
    case element_type::DOUBLE:
      return element.get_double().value_unsafe();
    case element_type::BOOL:
      return element.get_bool().value_unsafe();
    case element_type::NULL_VALUE:
      break;
  }
  return {};
}

JsonForm::JsonForm(const FactDeclaration& declaration)
    : type(declaration.type),
      bounded(declaration.min || declaration.max),
      fact(&declaration),
      names(texts(declaration.values)) {
  for (const FactDeclaration& field : declaration.fields) {
    names.push_back(cel::Value::string(field.name));
    below.emplace_back(field);
  }
  if (declaration.of) below.emplace_back(*declaration.of);
  if (declaration.record) shape = declaration.record->shape();
}

std::size_t search(std::string_view name, std::span<const cel::Value> names) {
  const auto found = std::find_if(names.begin(), names.end(), [&](const cel::Value& each) {
    return same_text(each.as_string(), name);
  });
  return static_cast<std::size_t>(found - names.begin());
}

bool JsonValues::convert(const JsonForm& form, Element element, cel::Value& out) {
  switch (form.type) {
    case FactType::boolean:
      if (!element.is_bool()) return false;
      out = cel::Value::boolean(element.get_bool().value_unsafe());
      return true;
    case FactType::integer:
      if (!element.is_int64()) return false;
      out = cel::Value::integer(element.get_int64().value_unsafe());
      return in_bounds(form, static_cast<double>(out.as_int()));
    case FactType::uinteger:
      if (!element.is_uint64()) return false;
      out = cel::Value::uinteger(element.get_uint64().value_unsafe());
      return in_bounds(form, static_cast<double>(out.as_uint()));
    case FactType::real:
    case FactType::money:
      return real(form, element, out);
    case FactType::string:
      if (!element.is_string()) return false;
      out = cel::Value::string(element.get_string().value_unsafe());
      return true;
    case FactType::choice: {
      if (!element.is_string()) return false;
      std::size_t first = 0;
      const std::size_t at = place_of(element.get_string().value_unsafe(), form.names, first);
      if (at == form.names.size()) return false;
      out = form.names[at];
      return true;
    }
    case FactType::timestamp:
      if (!element.is_string()) return false;
      out = cel::parse_timestamp(element.get_string().value_unsafe());
      return !out.is_error();
    case FactType::list:
      return element.is_array() && list(form, element.get_array().value_unsafe(), out);
    case FactType::map:
      return element.is_object() && map(form, element.get_object().value_unsafe(), out);
    case FactType::record:
      return element.is_object() && record(form, element.get_object().value_unsafe(), out);
    default:
      return general(form, element, out);
  }
}

bool JsonValues::list(const JsonForm& form, simdjson::dom::array array, cel::Value& out) {
  if (array.size() > form.fact->max_items) return false;
  std::span<cel::Value> elements =
      out.is(cel::Kind::list) ? out.own_values() : std::span<cel::Value>();
  if (elements.empty() || elements.size() != array.size()) {
    out = cel::Value::list_to_fill(array.size(), elements);
  }
  std::size_t at = 0;
  for (const Element each : array) {
    if (!convert(form.below[0], each, elements[at++])) return false;
  }
  return true;
}

bool JsonValues::map(const JsonForm& form, simdjson::dom::object object, cel::Value& out) {
  if (object.size() > form.fact->max_items) return false;
  std::shared_ptr<const cel::Shape> shape = shape_of(object);
  if (!shape) return false;
  std::span<cel::Value> values = again(out, *shape);
  if (values.empty()) out = cel::Value::map_to_fill(std::move(shape), values);
  std::size_t at = 0;
  for (const auto [key, each] : object) {
    if (!convert(form.below[0], each, values[at++])) return false;
  }
  return true;
}

// Most maps have the keys of the one before.
std::shared_ptr<const cel::Shape> JsonValues::shape_of(simdjson::dom::object object) {
  const std::span<const cel::Value> known = last_ ? last_->keys() : std::span<const cel::Value>();
  std::size_t at = 0;
  bool right = last_ && known.size() == object.size();
  for (const auto [key, each] : object) {
    right = right && same_text(known[at++].as_string(), key);
    if (!right) break;
  }
  if (right) return last_;
  std::vector<cel::Value> keys;
  for (const auto [key, each] : object) keys.push_back(cel::Value::string(key));
  auto shape = std::make_shared<const cel::Shape>(std::move(keys));
  if (shape->has_repeated_key()) return nullptr;
  last_ = shape;
  return shape;
}

bool JsonValues::record(const JsonForm& form, simdjson::dom::object object, cel::Value& out) {
  const std::size_t count = form.below.size();
  if (count > 64) return false;  // bits of `seen`, enough for most
  std::span<cel::Value> fields = again(out, *form.shape);
  if (fields.empty()) out = cel::Value::map_to_fill(form.shape, fields);
  std::uint64_t seen = 0;
  std::size_t next = 0, given = 0;
  for (const auto [key, each] : object) {
    const std::size_t at = place_of(key, form.names, next);
    if (at == count || (seen >> at & 1) != 0) return false;
    if (!convert(form.below[at], each, fields[at])) return false;
    seen |= std::uint64_t{1} << at;
    ++given;
  }
  return given == count || partial(form, seen, fields, out);
}

// A record without all its fields: `fields` are those of `out`, which becomes a smaller one.
bool JsonValues::partial(const JsonForm& form, std::uint64_t seen, std::span<cel::Value> fields,
                         cel::Value& out) {
  std::uint64_t left_out = 0, bit = 1;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const bool optional = form.fact->fields[i].optional;
    if ((seen >> i & 1) == 0) {
      if (!optional) return false;
      left_out |= bit;
    }
    if (optional) bit <<= 1;
  }
  std::span<cel::Value> kept;
  cel::Value smaller = cel::Value::map_to_fill(form.fact->record->shape(left_out), kept);
  std::size_t at = 0;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if ((seen >> i & 1) != 0) kept[at++] = std::move(fields[i]);
  }
  out = std::move(smaller);
  return true;
}

}  // namespace lockgate::rules
