#include "rules/fact_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "rules/cel/functions.hpp"

namespace lockgate::rules {
namespace {

// "1234567" as "1,234,567".
std::string grouped(std::string digits) {
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

std::string number_text(double number) {
  std::array<char, 40> text{};
  const bool large = std::abs(number) >= 1e15;
  const auto [end, error] = large ? std::to_chars(text.data(), text.data() + text.size(), number)
                                  : std::to_chars(text.data(), text.data() + text.size(), number,
                                                  std::chars_format::fixed);
  if (error != std::errc()) return "a number";
  std::string digits(text.data(), end);
  if (large) return digits;
  const std::size_t point = std::min(digits.find('.'), digits.size());
  return grouped(digits.substr(0, point)) + digits.substr(point);
}

std::string money_text(double pounds) {
  std::array<char, 40> text{};
  const bool whole = pounds == std::floor(pounds);
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), std::abs(pounds),
                                          std::chars_format::fixed, whole ? 0 : 2);
  if (error != std::errc()) return "£" + number_text(pounds);
  const std::string digits(text.data(), end);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  return (pounds < 0 ? "-£" : "£") + grouped(digits.substr(0, point)) + digits.substr(point);
}

// "days" beside 1 is "day".
std::string unit_for(double number, const std::string& unit) {
  if (number != 1) return unit;
  if (unit == "people") return "person";
  return unit.ends_with('s') ? unit.substr(0, unit.size() - 1) : unit;
}

std::string number_words(double number, std::string digits, const Meaning& meaning) {
  const std::string& unit = meaning.unit;
  if (unit.starts_with("GBP") || meaning.type == FactType::money) {
    return money_text(number) + (unit.size() > 3 ? unit.substr(3) : "");
  }
  if (unit.empty()) return digits;
  const bool scale = unit.front() >= '0' && unit.front() <= '9';
  return scale ? digits + " (on a scale of " + unit + ")" : digits + ' ' + unit_for(number, unit);
}

// "2026-03-27" as "27 March 2026"; anything else as it is.
std::string date_words(const std::string& date) {
  int year = 0;
  unsigned month = 0, day = 0;
  int end = 0;
  if (std::sscanf(date.c_str(), "%4d-%2u-%2u%n", &year, &month, &day, &end) != 3 ||
      static_cast<std::size_t>(end) != date.size()) {
    return date;
  }
  const std::chrono::year_month_day read{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  return read.ok() ? date_in_words(read) : date;
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text.empty() ? "(none)" : text;
}

struct ToWords {
  const Meaning& meaning;

  std::string operator()(std::monostate) const { return "(empty)"; }
  std::string operator()(bool truth) const { return truth ? "Yes" : "No"; }
  std::string operator()(std::int64_t number) const {
    return number_words(static_cast<double>(number), grouped(std::to_string(number)), meaning);
  }
  std::string operator()(std::uint64_t number) const {
    return number_words(static_cast<double>(number), grouped(std::to_string(number)), meaning);
  }
  std::string operator()(double number) const {
    return number_words(number, number_text(number), meaning);
  }
  std::string operator()(const std::string& text) const {
    if (text.empty()) return "(empty)";
    if (meaning.type == FactType::date) return date_words(text);
    if (meaning.type != FactType::choice) return text;
    std::string words = text;
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
  }
  std::string operator()(const FactList& list) const {
    std::vector<std::string> parts;
    for (const FactValue& each : list) parts.push_back(in_words(each, meaning));
    return listed(parts);
  }
  std::string operator()(const FactMap& map) const {
    std::string text;
    for (const auto& [key, each] : map) {
      text += (text.empty() ? "" : "; ") + key + ": " + in_words(each, meaning);
    }
    return text.empty() ? "(none)" : text;
  }
};

std::string time_words(const cel::Value& moment) {
  constexpr std::string_view kMidnight = "T00:00:00Z";
  const std::string text = cel::to_text(moment);
  return text.ends_with(kMidnight) ? date_words(text.substr(0, text.size() - kMidnight.size()))
                                   : text;
}

}  // namespace

Meaning meaning_of(std::string_view name, const RuleSet& rules) {
  if (const FactDeclaration* fact = rules.vocabulary().find(name)) {
    return {fact->meaning, fact->unit, fact->type};
  }
  for (const Setting& setting : rules.settings()) {
    if (setting.name == name) return {setting.meaning, setting.unit};
  }
  for (const NamedExpression& expression : rules.expressions()) {
    if (expression.name == name) return {expression.meaning};
  }
  return {std::string(name)};
}

std::string in_words(const FactValue& value, const Meaning& meaning) {
  return std::visit(ToWords{meaning}, static_cast<const FactValue::variant&>(value));
}

// In one sentence.
constexpr std::size_t kMostListed = 50;

std::string in_words(const cel::Value& value, const Meaning& meaning) {
  const ToWords words{meaning};
  switch (value.kind()) {
    case cel::Kind::boolean:
      return words(value.as_bool());
    case cel::Kind::integer:
      return words(value.as_int());
    case cel::Kind::uinteger:
      return words(value.as_uint());
    case cel::Kind::real:
      return words(value.as_double());
    case cel::Kind::string:
      return words(std::string(value.as_string()));
    case cel::Kind::timestamp:
      return time_words(value);
    case cel::Kind::list: {
      std::vector<std::string> parts;
      for (const cel::Value& each : value.as_list()) {
        if (parts.size() == kMostListed) {
          parts.push_back(std::to_string(value.as_list().size() - kMostListed) + " more");
          break;
        }
        parts.push_back(each.is(cel::Kind::list) ? each.text() : in_words(each, meaning));
      }
      return listed(parts);
    }
    case cel::Kind::null:
      return "(empty)";
    default:
      return value.is_unknown() || value.is_error() ? "not known" : value.text();
  }
}

std::string date_in_words(const std::chrono::year_month_day& date) {
  constexpr std::array<const char*, 12> kMonths{"January",   "February", "March",    "April",
                                                "May",       "June",     "July",     "August",
                                                "September", "October",  "November", "December"};
  return std::to_string(static_cast<unsigned>(date.day())) + ' ' +
         kMonths[static_cast<unsigned>(date.month()) - 1] + ' ' +
         std::to_string(static_cast<int>(date.year()));
}

}  // namespace lockgate::rules
