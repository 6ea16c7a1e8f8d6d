#include "plugin/web/fact_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "plugin/record/json_codec.hpp"
#include "plugin/web/when.hpp"
#include "plugin/web/words.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::web {
namespace {

// What the rules in force say about a fact, a setting or a named expression.
struct Meaning {
  std::string label;
  std::string unit = {};
  std::optional<rules::FactType> type = {};
};

Meaning meaning_of(const std::string& path, const rules::RuleSet& in_force) {
  if (const auto* fact = in_force.vocabulary().find(path)) {
    return {fact->meaning, fact->unit, fact->type};
  }
  for (const rules::Setting& setting : in_force.settings()) {
    if (setting.name == path) return {setting.meaning, setting.unit};
  }
  for (const rules::NamedExpression& expression : in_force.expressions()) {
    if (expression.name == path) return {expression.meaning};
  }
  return {path};
}

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
  if (unit.starts_with("GBP") || meaning.type == rules::FactType::money) {
    return money_text(number) + (unit.size() > 3 ? unit.substr(3) : "");
  }
  if (unit.empty()) return digits;
  const bool scale = unit.front() >= '0' && unit.front() <= '9';
  return scale ? digits + " (on a scale of " + unit + ")" : digits + ' ' + unit_for(number, unit);
}

std::string words_of(const FactValue& value, const Meaning& meaning);

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
    if (meaning.type == rules::FactType::date) return date_in_words(text);
    if (meaning.type != rules::FactType::choice) return text;
    std::string words = text;
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
  }
  std::string operator()(const FactList& list) const {
    std::vector<std::string> parts;
    for (const FactValue& each : list) parts.push_back(words_of(each, meaning));
    return parts.empty() ? "(none)" : listed(parts);
  }
  std::string operator()(const FactMap& map) const {
    std::string text;
    for (const auto& [key, each] : map) {
      text += (text.empty() ? "" : "; ") + key + ": " + words_of(each, meaning);
    }
    return text.empty() ? "(none)" : text;
  }
};

std::string words_of(const FactValue& value, const Meaning& meaning) {
  const std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string,
                     FactList, FactMap>& plain = value;
  return std::visit(ToWords{meaning}, plain);
}

}  // namespace

FactLine fact_line(const KeptFact& fact, const rules::RuleSet& in_force, const Texts& texts) {
  const Meaning meaning = meaning_of(fact.path, in_force);
  FactLine line{.label = capitalised(meaning.label), .value = {}, .path = fact.path};
  if (fact.text.empty()) {
    line.value = words_of(fact.value, meaning);
    return line;
  }
  const std::string* text = texts.find(fact.text);
  const auto value = text ? record::fact_value_from_json(*text)
                          : Result<FactValue>(fail(Errc::not_found, "the text was erased"));
  line.value = value ? words_of(*value, meaning) : kErased;
  return line;
}

std::vector<FactLine> fact_lines(const std::vector<KeptFact>& facts, const rules::RuleSet& in_force,
                                 const Texts& texts) {
  std::vector<FactLine> lines;
  lines.reserve(facts.size());
  for (const KeptFact& fact : facts) lines.push_back(fact_line(fact, in_force, texts));
  return lines;
}

std::string capitalised(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  }
  return text;
}

}  // namespace lockgate::web
