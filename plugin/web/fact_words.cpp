#include "plugin/web/fact_words.hpp"

#include "plugin/record/json_codec.hpp"
#include "rules/fact_words.hpp"

namespace lockgate::web {

FactLine fact_line(const KeptFact& fact, const rules::RuleSet& in_force, const Texts& texts) {
  const rules::Meaning meaning = rules::meaning_of(fact.path, in_force);
  FactLine line{.label = capitalised(meaning.label), .value = {}, .path = fact.path};
  if (fact.text.empty()) {
    line.value = rules::in_words(fact.value, meaning);
    return line;
  }
  const std::string* text = texts.find(fact.text);
  const auto value = text ? record::fact_value_from_json(*text)
                          : Result<FactValue>(fail(Errc::not_found, "the text was erased"));
  line.value = value ? rules::in_words(*value, meaning) : kErased;
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
