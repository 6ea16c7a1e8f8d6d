// Any bytes as facts in JSON: the quick reader of values takes nothing that the
// thorough one refuses, and gives the same values.

#include "rules/json_facts.hpp"
#include "tests/fuzz/council.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lockgate;
  static const std::shared_ptr<const rules::RuleSet> council =
      rules::load({{"packs/council.toml", fuzz::kCouncil}}).rules;
  fuzz::require(council != nullptr, "the council does not load");
  static rules::JsonFacts reader(council->vocabulary());
  static std::vector<cel::Value> values;
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  const bool quickly = reader.read_values(json, values);
  const auto facts = reader.read(json);
  const auto strictly = reader.read(json, true);
  fuzz::require(facts || !strictly, "strict takes what is refused otherwise");
  if (!facts) {
    fuzz::require(!facts.error().problems.empty(), "facts are refused without a word");
    fuzz::require(!quickly,
                  "read_values takes what read refuses: " + facts.error().problems.front().detail);
    return 0;
  }
  if (!quickly) return 0;
  fuzz::require(values.size() == facts->values.size(), "read_values gives another number");
  for (std::size_t slot = 0; slot < values.size(); ++slot) {
    if (values[slot].identical(facts->values[slot])) continue;
    fuzz::require(false, council->declarations().name(slot) + " is " + values[slot].text() +
                             " and " + facts->values[slot].text());
  }
  return 0;
}
