#include "rules/facts.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "rules/cel/functions.hpp"
#include "rules/cel/program.hpp"
#include "rules/spelling.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

constexpr std::pair<FactType, std::string_view> kTypes[] = {
    {FactType::boolean, "bool"},     {FactType::integer, "int"},
    {FactType::real, "double"},      {FactType::string, "string"},
    {FactType::choice, "enum"},      {FactType::money, "money"},
    {FactType::date, "date"},        {FactType::timestamp, "timestamp"},
    {FactType::duration, "duration"}};

// Without an exponent as far as that is readable.
std::string plain(double number) { return cel::to_text(cel::Value::real(number)); }

// What somebody sent, short enough to be shown to them again.
std::string shown(const FactValue& value) {
  struct Show {
    std::string operator()(std::monostate) const { return "null"; }
    std::string operator()(bool held) const { return held ? "true" : "false"; }
    std::string operator()(std::int64_t held) const { return "the number " + std::to_string(held); }
    std::string operator()(std::uint64_t held) const {
      return "the number " + std::to_string(held);
    }
    std::string operator()(double held) const { return "the number " + plain(held); }
    std::string operator()(const std::string& held) const {
      constexpr std::size_t kLongest = 40;
      return "the text \"" + held.substr(0, kLongest) + (held.size() > kLongest ? "…\"" : "\"");
    }
    std::string operator()(const FactList&) const { return "a list"; }
    std::string operator()(const FactMap&) const { return "an object"; }
  };
  return std::visit(Show{}, static_cast<const FactValue::variant&>(value));
}

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
  }
  return {};
}

Problem wrong(const FactDeclaration& declaration, const FactValue& value) {
  return {{}, declaration.name + " is " + shown(value), wanted(declaration)};
}

std::optional<double> number(const FactValue& value) {
  if (const auto* held = std::get_if<std::int64_t>(&value)) return static_cast<double>(*held);
  if (const auto* held = std::get_if<std::uint64_t>(&value)) return static_cast<double>(*held);
  if (const auto* held = std::get_if<double>(&value)) return *held;
  return std::nullopt;
}

// Text, read by CEL itself so that there is one reading of times.
std::optional<cel::Value> by_cel(std::string_view function, const std::string& text) {
  if (text.find_first_not_of("0123456789-+:.TZtzhmsun") != text.npos) return std::nullopt;
  const auto program = cel::compile(std::string(function) + "('" + text + "')", {});
  if (!program) return std::nullopt;
  cel::Value value = program->evaluate({});
  if (value.is_error() || value.is_unknown()) return std::nullopt;
  return value;
}

std::optional<cel::Value> converted(const FactDeclaration& declaration, const FactValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  switch (declaration.type) {
    case FactType::boolean:
      if (const auto* held = std::get_if<bool>(&value)) return cel::Value::boolean(*held);
      return std::nullopt;
    case FactType::integer:
      if (const auto* held = std::get_if<std::int64_t>(&value)) return cel::Value::integer(*held);
      return std::nullopt;
    case FactType::real:
      if (const auto held = number(value)) return cel::Value::real(*held);
      return std::nullopt;
    case FactType::money: {
      const auto held = number(value);
      constexpr double kMost = 9e13;  // beyond it pence are not exact
      if (!held || std::abs(*held) > kMost) return std::nullopt;
      const double pence = std::round(*held * 100);
      if (pence / 100 != *held) return std::nullopt;
      return cel::Value::real(pence / 100);
    }
    case FactType::string:
      return text ? std::optional(cel::Value::string(*text)) : std::nullopt;
    case FactType::choice:
      if (!text || std::find(declaration.values.begin(), declaration.values.end(), *text) ==
                       declaration.values.end()) {
        return std::nullopt;
      }
      return cel::Value::string(*text);
    case FactType::date:
      return text && text->size() == 10 ? by_cel("timestamp", *text + "T00:00:00Z") : std::nullopt;
    case FactType::timestamp:
      return text ? by_cel("timestamp", *text) : std::nullopt;
    case FactType::duration:
      return text ? by_cel("duration", *text) : std::nullopt;
  }
  return std::nullopt;
}

// Collects what was given under the names of the vocabulary.
class Reading {
 public:
  Reading(const Vocabulary& vocabulary, Facts& facts) : vocabulary_(vocabulary), facts_(facts) {}

  // An object without a declaration of its own is a branch: its members are
  // looked at instead.
  void give(const std::string& path, const std::string& pointer, const FactValue& value) {
    const auto slot = path.empty() ? std::nullopt : vocabulary_.index(path);
    if (slot) return take(*slot, pointer, value);
    const auto* object = std::get_if<FactMap>(&value);
    if (object && (path.empty() || vocabulary_.has_below(path))) {
      for (const auto& [key, each] : *object) {
        give(path.empty() ? key : path + '.' + key, pointer + '/' + escaped(key), each);
      }
      return;
    }
    if (path.empty()) {
      problems_.push_back({pointer, "the facts are " + shown(value), "send an object with facts"});
    } else {
      unknown(path, pointer);
    }
  }

  std::vector<Problem> take_problems() { return std::move(problems_); }

 private:
  static std::string escaped(std::string_view key) {  // RFC 6901
    std::string text;
    for (const char c : key) {
      if (c == '~') {
        text += "~0";
      } else if (c == '/') {
        text += "~1";
      } else {
        text += c;
      }
    }
    return text;
  }

  void unknown(const std::string& path, const std::string& pointer) {
    const std::string guess = nearest(path, vocabulary_.names());
    problems_.push_back(
        {pointer, "there is no fact called " + path.substr(0, 100),
         guess.empty() ? "leave it out, or declare it in the vocabulary" : did_you_mean(guess)});
  }

  void take(std::size_t slot, const std::string& pointer, const FactValue& value) {
    const FactDeclaration& declaration = vocabulary_.facts()[slot];
    if (const auto [first, fresh] = seen_.try_emplace(slot, pointer); !fresh) {
      problems_.push_back({pointer, declaration.name + " is given twice",
                           "keep one of them; the other is at " + first->second});
      return;
    }
    auto converted = to_cel(declaration, value);
    if (!converted) {
      converted.error().pointer = pointer;
      problems_.push_back(std::move(converted).error());
      return;
    }
    facts_.values[slot] = *std::move(converted);
    facts_.given.push_back({declaration.name, value});
  }

  const Vocabulary& vocabulary_;
  Facts& facts_;
  std::vector<Problem> problems_;
  std::map<std::size_t, std::string> seen_;
};

}  // namespace

std::string_view to_text(FactType type) {
  for (const auto& [known, word] : kTypes) {
    if (known == type) return word;
  }
  return "?";
}

std::optional<FactType> fact_type_from_text(std::string_view text) {
  for (const auto& [type, word] : kTypes) {
    if (word == text) return type;
  }
  return std::nullopt;
}

cel::Type cel_type(FactType type) {
  switch (type) {
    case FactType::boolean:
      return cel::Kind::boolean;
    case FactType::integer:
      return cel::Kind::integer;
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
  }
  return cel::Kind::dyn;
}

bool Vocabulary::declare(FactDeclaration declaration) {
  const std::size_t slot = facts_.size();
  if (!index_.emplace(declaration.name, slot).second) return false;
  const std::string_view name = declaration.name;
  for (std::size_t dot = name.find('.'); dot != name.npos; dot = name.find('.', dot + 1)) {
    branches_.emplace(name.substr(0, dot));
  }
  defaults_.push_back(cel::Value::unknown(slot));
  if (declaration.fallback) {
    if (auto value = to_cel(declaration, *declaration.fallback)) {
      defaults_.back() = *std::move(value);
    }
  }
  names_.push_back(declaration.name);
  facts_.push_back(std::move(declaration));
  return true;
}

std::optional<std::size_t> Vocabulary::index(std::string_view name) const {
  const auto found = index_.find(name);
  return found == index_.end() ? std::nullopt : std::optional(found->second);
}

const FactDeclaration* Vocabulary::find(std::string_view name) const {
  const auto slot = index(name);
  return slot ? &facts_[*slot] : nullptr;
}

tl::expected<cel::Value, Problem> to_cel(const FactDeclaration& declaration,
                                         const FactValue& value) {
  if (std::holds_alternative<std::monostate>(value)) return cel::Value::null();
  auto result = converted(declaration, value);
  if (!result) return tl::unexpected(wrong(declaration, value));
  if (const auto held = number(value)) {
    if (declaration.min && *held < *declaration.min) {
      return tl::unexpected(Problem{{},
                                    declaration.name + " is " + shown(value),
                                    "send at least " + plain(*declaration.min)});
    }
    if (declaration.max && *held > *declaration.max) {
      return tl::unexpected(Problem{
          {}, declaration.name + " is " + shown(value), "send at most " + plain(*declaration.max)});
    }
  }
  return *std::move(result);
}

Result<Facts> read_facts(const Vocabulary& vocabulary, std::span<const GivenFact> given,
                         bool strict) {
  Facts facts;
  facts.values = vocabulary.defaults();
  for (std::size_t slot = 0; strict && slot < facts.values.size(); ++slot) {
    if (vocabulary.facts()[slot].always_ask) facts.values[slot] = cel::Value::unknown(slot);
  }
  Reading reading(vocabulary, facts);
  for (const GivenFact& each : given) reading.give(each.path, each.pointer, each.value);
  if (std::vector<Problem> problems = reading.take_problems(); !problems.empty()) {
    const std::string message = problems.size() == 1
                                    ? "1 fact needs changing"
                                    : std::to_string(problems.size()) + " facts need changing";
    return fail(Errc::invalid, message, std::move(problems));
  }
  std::sort(facts.given.begin(), facts.given.end(),
            [](const KeptFact& a, const KeptFact& b) { return a.path < b.path; });
  return facts;
}

}  // namespace lockgate::rules
