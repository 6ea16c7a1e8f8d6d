// Any bytes as a rule file: refused with issues, or a rule set that judges.

#include "rules/evaluate.hpp"
#include "rules/explain.hpp"
#include "tests/fuzz/council.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lockgate;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  fuzz::Dice dice(text);
  const rules::Loaded loaded = fuzz::load_beside_council(text);
  fuzz::require((loaded.rules == nullptr) == !loaded.issues.empty(), "issues, or rules");
  for (const auto* issues : {&loaded.issues, &loaded.advice}) {
    for (const rules::Issue& issue : *issues) {
      fuzz::require(!issue.message.empty() && !issue.code.empty(), "an issue says nothing");
    }
    rules::in_human(*issues, [&](std::string_view) { return text; });
    rules::in_json(*issues);
  }
  if (!loaded.rules) return 0;
  const UtcTime at = *time_from_text("2026-11-27T12:00:00.000000Z");
  for (const Gate gate : {Gate::submit, Gate::decide}) {
    const rules::Facts facts = fuzz::random_facts(loaded.rules->vocabulary(), dice);
    const Check check = rules::evaluate(*loaded.rules, facts, gate, at);
    fuzz::require(check == rules::evaluate(*loaded.rules, facts, gate, at),
                  "the same check came out differently");
    rules::rows_used(*loaded.rules, facts, gate, at);
    std::size_t left = 5;
    for (const rules::Rule& rule : loaded.rules->rules()) {
      if (left-- == 0) break;
      rules::explain(*loaded.rules, facts, gate, at, rule);
    }
  }
  return 0;
}
