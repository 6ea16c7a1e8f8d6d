// Any bytes as a file of rule tests: refused with issues, or run.

#include "rules/rule_test.hpp"
#include "tests/fuzz/council.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lockgate;
  static const std::shared_ptr<const rules::RuleSet> council = fuzz::load_beside_council(R"([[rule]]
id = "aa-01"
question = "Are there many people?"
when = 'calc.many && data.personal'
at = { submit = "refer", decide = "block" }
to = "Board"
say = "There are {people.count}."
basis = "our default"
source = ["Standing orders"]
checked_on = 2026-11-23
review_by = 2027-12-31
)")
                                                                   .rules;
  fuzz::require(council != nullptr, "the council does not load");
  const rules::SourceFile file{"a.test.toml",
                               std::string(reinterpret_cast<const char*>(data), size)};
  const rules::TestRun run = rules::run_tests(*council, std::span(&file, 1));
  for (const rules::Issue& issue : run.issues) {
    fuzz::require(!issue.message.empty() && !issue.code.empty(), "an issue says nothing");
  }
  rules::in_human(run.issues, [&](std::string_view) -> std::string_view { return file.bytes; });
  return 0;
}
