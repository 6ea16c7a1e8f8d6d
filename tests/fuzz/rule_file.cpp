// Any bytes as a rule file: refused with issues, or a rule set that judges; and laid
// out, where they are TOML, without a change to what they say.

#include "rules/evaluate.hpp"
#include "rules/explain.hpp"
#include "rules/format.hpp"
#include "tests/fuzz/council.hpp"

namespace {

void lay_out(std::string_view text) {
  using namespace lockgate;
  std::vector<rules::Issue> issues;
  const auto once = rules::formatted("a.toml", std::string(text), issues);
  fuzz::require(once.has_value() == issues.empty(), "no issue, and no text");
  if (!once) return;
  fuzz::require(rules::formatted("a.toml", *once, issues) == once, "formatted twice is not once");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lockgate;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  lay_out(text);
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
