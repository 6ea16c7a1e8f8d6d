#include "rules/facts.hpp"

#include <algorithm>

#include "rules/fact_value.hpp"
#include "rules/json_pointer.hpp"
#include "rules/spelling.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

constexpr std::pair<FactType, std::string_view> kTypes[] = {
    {FactType::boolean, "bool"},        {FactType::integer, "int"},
    {FactType::uinteger, "uint"},       {FactType::real, "double"},
    {FactType::string, "string"},       {FactType::choice, "enum"},
    {FactType::money, "money"},         {FactType::date, "date"},
    {FactType::timestamp, "timestamp"}, {FactType::duration, "duration"},
    {FactType::list, "list"},           {FactType::map, "map"},
    {FactType::record, "record"}};

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
        give(path.empty() ? key : path + '.' + key, pointer + '/' + pointer_token(key), each);
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
    const std::size_t before = problems_.size();
    cel::Value converted = to_cel(declaration, value, pointer, problems_);
    if (problems_.size() > before) return;
    facts_.values[slot] = std::move(converted);
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
