#include <set>

#include "rules/checks/advice.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

constexpr std::size_t kNamed = 5;  // facts in one message

// The slots that rules look at, by themselves or through named expressions.
class Uses {
 public:
  Uses(const RuleSet& rules, std::span<const RankedFile> files) {
    for (const RankedFile& file : files) {
      for (const RulePart& part : file.file.rules) {
        use(part.when, rules.declarations());  // one that is switched off may be switched on
      }
      // An expression that nothing uses is told by itself, without what is in it.
      for (const ExpressionPart& part : file.file.expressions) use(part.is, rules.declarations());
    }
    for (const NamedExpression& each : rules.expressions()) {
      if (each.table) used_.insert(each.program.slots().begin(), each.program.slots().end());
    }
  }

  // Whether an expression cannot be read, so that nobody knows what it uses.
  bool unsure() const { return unsure_; }

  bool of(const RuleSet& rules, std::string_view name) const {
    const auto slot = rules.declarations().find(name);
    return slot && used_.contains(*slot);
  }

 private:
  void use(const WrittenExpression& expression, const cel::Declarations& declarations) {
    const auto program = cel::compile(expression.source, declarations, {.check = false});
    unsure_ |= !program;
    if (program) used_.insert(program->slots().begin(), program->slots().end());
  }

  std::set<std::size_t> used_;
  bool unsure_ = false;
};

std::optional<Issue> unused_facts(const RuleSet& rules, const Uses& uses, const RankedFile& file) {
  std::vector<const FactPart*> unused;
  for (const FactPart& part : file.file.facts) {
    if (!part.declaration.from_lockgate && !uses.of(rules, part.declaration.name)) {
      unused.push_back(&part);
    }
  }
  if (file.file.rules.empty() || unused.empty()) return std::nullopt;
  std::string names;
  for (std::size_t i = 0; i < std::min(unused.size(), kNamed); ++i) {
    names += (i > 0 ? ", " : "") + ticked(unused[i]->declaration.name);
  }
  if (unused.size() > kNamed) {
    names += " and " + std::to_string(unused.size() - kNamed) + " more";
  }
  return warning(
      {&file, unused.front()->name}, "LG209",
      unused.size() == 1 ? "no rule uses the fact " + names : "no rule uses these facts: " + names,
      "take them out, or move them to a file that holds the vocabulary alone");
}

}  // namespace

std::vector<Issue> advise_on_use(const RuleSet& rules, std::span<const RankedFile> files) {
  const Uses uses(rules, files);
  std::vector<Issue> advice;
  if (uses.unsure()) return advice;
  for (const RankedFile& file : files) {
    for (const SettingPart& part : file.file.settings) {
      if (uses.of(rules, part.setting.name)) continue;
      advice.push_back(warning({&file, part.name}, "LG207",
                               "no rule uses the setting " + ticked(part.setting.name),
                               "use it where its value now stands written out, or take it out"));
    }
    for (const ExpressionPart& part : file.file.expressions) {
      if (uses.of(rules, part.name)) continue;
      advice.push_back(warning({&file, part.place}, "LG208",
                               "no rule uses the named expression " + ticked(part.name),
                               "use it where rules write the same thing out, or take it out"));
    }
    for (const TablePart& part : file.file.tables) {
      if (uses.of(rules, part.name)) continue;
      advice.push_back(warning({&file, part.place}, "LG208",
                               "no rule uses the decision table " + ticked(part.name),
                               "compare its result in a rule, or take it out"));
    }
    if (auto issue = unused_facts(rules, uses, file)) advice.push_back(*std::move(issue));
  }
  return advice;
}

}  // namespace lockgate::rules
