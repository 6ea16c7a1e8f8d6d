#include "rules/fact_value.hpp"

#include <algorithm>
#include <cmath>

#include "rules/cel/functions.hpp"
#include "rules/json_pointer.hpp"
#include "rules/spelling.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

constexpr std::size_t kMostProblems = 50;

// Without an exponent as far as that is readable.
std::string plain(double number) { return cel::to_text(cel::Value::real(number)); }

std::string choices(const FactDeclaration& declaration) {
  std::string text;
  for (const std::string& each : declaration.values) {
    if (!text.empty()) text += ", ";
    text += '"' + each + '"';
  }
  return text;
}

std::string wanted(const FactDeclaration& declaration) {
  switch (declaration.type) {
    case FactType::boolean:
      return "send true or false";
    case FactType::integer:
      return "send a whole number: 40";
    case FactType::uinteger:
      return "send a whole number, 0 or more: 40";
    case FactType::real:
      return "send a number: 12.5";
    case FactType::money:
      return "send pounds as a number with at most two decimals: 8400.50";
    case FactType::string:
      return "send text";
    case FactType::choice:
      return "send one of " + choices(declaration);
    case FactType::date:
      return "send a date: \"2026-11-23\"";
    case FactType::timestamp:
      return "send a moment: \"2026-11-23T09:00:00Z\"";
    case FactType::duration:
      return "send a length of time: \"36h\"";
    case FactType::list:
      return "send a list";
    case FactType::map:
    case FactType::record:
      return "send an object";
  }
  return {};
}

std::optional<double> number(const FactValue& value) {
  if (const auto* held = std::get_if<std::int64_t>(&value)) return static_cast<double>(*held);
  if (const auto* held = std::get_if<std::uint64_t>(&value)) return static_cast<double>(*held);
  if (const auto* held = std::get_if<double>(&value)) return *held;
  return std::nullopt;
}

std::optional<cel::Value> if_right(cel::Value value) {
  if (value.is_error()) return std::nullopt;
  return value;
}

std::optional<cel::Value> scalar(const FactDeclaration& declaration, const FactValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  switch (declaration.type) {
    case FactType::boolean:
      if (const auto* held = std::get_if<bool>(&value)) return cel::Value::boolean(*held);
      return std::nullopt;
    case FactType::integer:
      if (const auto* held = std::get_if<std::int64_t>(&value)) return cel::Value::integer(*held);
      return std::nullopt;
    case FactType::uinteger:
      if (const auto* held = std::get_if<std::uint64_t>(&value)) {
        return cel::Value::uinteger(*held);
      }
      if (const auto* held = std::get_if<std::int64_t>(&value); held && *held >= 0) {
        return cel::Value::uinteger(static_cast<std::uint64_t>(*held));
      }
      return std::nullopt;
    case FactType::real:
      if (const auto held = number(value)) return cel::Value::real(*held);
      return std::nullopt;
    case FactType::money:
      if (const auto held = number(value)) return money_of(*held);
      return std::nullopt;
    case FactType::string:
      return text ? std::optional(cel::Value::string(*text)) : std::nullopt;
    case FactType::choice:
      if (!text || std::find(declaration.values.begin(), declaration.values.end(), *text) ==
                       declaration.values.end()) {
        return std::nullopt;
      }
      return cel::Value::string(*text);
    case FactType::date:
      return text && text->size() == 10 ? if_right(cel::parse_timestamp(*text + "T00:00:00Z"))
                                        : std::nullopt;
    case FactType::timestamp:
      return text ? if_right(cel::parse_timestamp(*text)) : std::nullopt;
    case FactType::duration:
      return text ? if_right(cel::parse_duration(*text)) : std::nullopt;
    default:
      return std::nullopt;
  }
}

class Conversion {
 public:
  explicit Conversion(std::vector<Problem>& problems) : problems_(problems) {}

  // `called`: the value's name to people, "team/0/role".
  cel::Value convert(const FactDeclaration& declaration, const FactValue& value,
                     const std::string& called, const std::string& pointer) {
    switch (declaration.type) {
      case FactType::list:
        if (const auto* list = std::get_if<FactList>(&value)) {
          return convert_list(declaration, *list, called, pointer);
        }
        break;
      case FactType::map:
        if (const auto* map = std::get_if<FactMap>(&value)) {
          return convert_map(declaration, *map, called, pointer);
        }
        break;
      case FactType::record:
        if (const auto* map = std::get_if<FactMap>(&value)) {
          return convert_record(declaration, *map, called, pointer);
        }
        break;
      default:
        if (auto converted = scalar(declaration, value)) {
          check_bounds(declaration, value, called, pointer);
          return *std::move(converted);
        }
    }
    report(pointer, called + " is " + shown(value), wanted(declaration));
    return {};
  }

 private:
  void report(const std::string& pointer, std::string message, std::string fix) {
    if (problems_.size() < kMostProblems) {
      problems_.push_back({pointer, std::move(message), std::move(fix)});
    }
  }

  void check_bounds(const FactDeclaration& declaration, const FactValue& value,
                    const std::string& called, const std::string& pointer) {
    const auto held = number(value);
    if (!held) return;
    if (declaration.min && *held < *declaration.min) {
      report(pointer, called + " is " + shown(value), "send at least " + plain(*declaration.min));
    }
    if (declaration.max && *held > *declaration.max) {
      report(pointer, called + " is " + shown(value), "send at most " + plain(*declaration.max));
    }
  }

  bool too_many(const FactDeclaration& declaration, std::size_t size, const std::string& called,
                const std::string& pointer) {
    if (size <= declaration.max_items) return false;
    report(pointer, called + " has " + std::to_string(size) + " entries",
           "send at most " + std::to_string(declaration.max_items));
    return true;
  }

  cel::Value convert_list(const FactDeclaration& declaration, const FactList& list,
                          const std::string& called, const std::string& pointer) {
    if (too_many(declaration, list.size(), called, pointer)) return {};
    std::vector<cel::Value> elements;
    elements.reserve(list.size());
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string step = '/' + std::to_string(i);
      elements.push_back(convert(*declaration.of, list[i], called + step, pointer + step));
    }
    return cel::Value::list(std::move(elements));
  }

  cel::Value convert_map(const FactDeclaration& declaration, const FactMap& map,
                         const std::string& called, const std::string& pointer) {
    if (too_many(declaration, map.size(), called, pointer)) return {};
    std::vector<cel::Value::Entry> entries;
    entries.reserve(map.size());
    for (const auto& [key, each] : map) {
      entries.emplace_back(
          cel::Value::string(key),
          convert(*declaration.of, each, called + '/' + key, pointer + '/' + pointer_token(key)));
    }
    cel::Value made = cel::Value::map(std::move(entries));
    if (!made.is_error()) return made;
    report(pointer, called + " has a name twice", "keep one of them");
    return {};
  }

  cel::Value convert_record(const FactDeclaration& declaration, const FactMap& map,
                            const std::string& called, const std::string& pointer) {
    std::vector<const FactValue*> given(declaration.fields.size());
    std::vector<std::string> names;
    for (const FactDeclaration& field : declaration.fields) names.push_back(field.name);
    for (const auto& [key, each] : map) {
      const auto at = std::find(names.begin(), names.end(), key);
      const std::string place = pointer + '/' + pointer_token(key);
      if (at == names.end()) {
        const std::string near = nearest(key, names);
        report(place, called + " has no field " + key.substr(0, 100),
               near.empty() ? "leave it out, or declare it in the vocabulary" : did_you_mean(near));
      } else if (const FactValue*& first = given[static_cast<std::size_t>(at - names.begin())];
                 first) {
        report(place, called + '/' + key + " is given twice", "keep one of them");
      } else {
        first = &each;
      }
    }
    return made_record(declaration, given, called, pointer);
  }

  cel::Value made_record(const FactDeclaration& declaration,
                         const std::vector<const FactValue*>& given, const std::string& called,
                         const std::string& pointer) {
    std::vector<cel::Value> values;
    std::uint64_t left_out = 0, bit = 1;
    for (std::size_t i = 0; i < given.size(); ++i) {
      const FactDeclaration& field = declaration.fields[i];
      if (given[i]) {
        values.push_back(convert(field, *given[i], called + '/' + field.name,
                                 pointer + '/' + pointer_token(field.name)));
      } else if (field.optional) {
        left_out |= bit;
      } else {
        report(pointer, called + " has no " + field.name, "give it: " + wanted(field));
        values.emplace_back();
      }
      if (field.optional) bit <<= 1;
    }
    return cel::Value::map(declaration.record->shape(left_out), std::move(values));
  }

  std::vector<Problem>& problems_;
};

}  // namespace

std::optional<cel::Value> money_of(double pounds) {
  constexpr double kMost = 9e13;  // beyond it pence are not exact
  if (std::abs(pounds) > kMost) return std::nullopt;
  const double pence = std::round(pounds * 100);
  if (pence / 100 != pounds) return std::nullopt;
  return cel::Value::real(pence / 100);
}

std::string shown(const FactValue& value) {
  struct Show {
    std::string operator()(std::monostate) const { return "null"; }
    std::string operator()(bool held) const { return held ? "true" : "false"; }
    std::string operator()(std::int64_t held) const { return "the number " + std::to_string(held); }
    std::string operator()(std::uint64_t held) const {
      return "the number " + std::to_string(held);
    }
    std::string operator()(double held) const {  // 1.0 as it was sent, not as a whole number
      std::string text = plain(held);
      if (text.find_first_not_of("-0123456789") == text.npos) text += ".0";
      return "the number " + text;
    }
    std::string operator()(const std::string& held) const {
      constexpr std::size_t kLongest = 40;
      return "the text \"" + held.substr(0, kLongest) + (held.size() > kLongest ? "…\"" : "\"");
    }
    std::string operator()(const FactList&) const { return "a list"; }
    std::string operator()(const FactMap&) const { return "an object"; }
  };
  return std::visit(Show{}, static_cast<const FactValue::variant&>(value));
}

cel::Type cel_type(const FactDeclaration& declaration) {
  switch (declaration.type) {
    case FactType::boolean:
      return cel::Kind::boolean;
    case FactType::integer:
      return cel::Kind::integer;
    case FactType::uinteger:
      return cel::Kind::uinteger;
    case FactType::real:
    case FactType::money:
      return cel::Kind::real;
    case FactType::string:
    case FactType::choice:
      return cel::Kind::string;
    case FactType::date:
    case FactType::timestamp:
      return cel::Kind::timestamp;
    case FactType::duration:
      return cel::Kind::duration;
    case FactType::list:
      return cel::Type::list(cel_type(*declaration.of));
    case FactType::map:
      return cel::Type::map(cel::Kind::string, cel_type(*declaration.of));
    case FactType::record:
      return cel::Type::record(declaration.record);
  }
  return cel::Kind::dyn;
}

std::shared_ptr<const cel::Record> as_record(const std::vector<FactDeclaration>& fields) {
  std::vector<cel::Record::Field> made;
  for (const FactDeclaration& field : fields) {
    made.push_back({field.name, cel_type(field), field.optional});
  }
  return std::make_shared<const cel::Record>(std::move(made));
}

cel::Value to_cel(const FactDeclaration& declaration, const FactValue& value,
                  const std::string& pointer, std::vector<Problem>& problems) {
  if (std::holds_alternative<std::monostate>(value)) return cel::Value::null();
  return Conversion(problems).convert(declaration, value, declaration.name, pointer);
}

tl::expected<cel::Value, Problem> to_cel(const FactDeclaration& declaration,
                                         const FactValue& value) {
  std::vector<Problem> problems;
  cel::Value converted = to_cel(declaration, value, {}, problems);
  if (!problems.empty()) return tl::unexpected(std::move(problems.front()));
  return converted;
}

}  // namespace lockgate::rules
