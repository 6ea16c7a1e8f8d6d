#include "rules/mutate.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "rules/evaluate.hpp"
#include "rules/expectation.hpp"
#include "rules/mutants.hpp"
#include "rules/written_expressions.hpp"

namespace lockgate::rules {
namespace {

constexpr std::size_t kMostMutants = 20'000;
constexpr std::uint64_t kMostSteps = 1'000'000'000;
constexpr std::uint64_t kMostStepsPerExpression = 1'000'000;
constexpr std::uint64_t kStepsOfACheck = 10'000;  // what one is charged with
constexpr cel::Limits kLimits{.cost = kMostStepsPerExpression, .finite = true};

// Whether no test can tell one from the other.
bool same(const cel::Value& a, const cel::Value& b) {
  if (a.is_error() && b.is_error()) return true;
  if (a.is_unknown() && b.is_unknown()) return std::ranges::equal(a.waits_for(), b.waits_for());
  return a.identical(b);
}

bool reads(const cel::Program& program, const std::vector<bool>& slots) {
  return std::ranges::any_of(program.slots(), [&](std::size_t slot) { return slots[slot]; });
}

// A test with what its conditions and expressions come to while nothing is changed.
struct Judged {
  const RuleTest* test = nullptr;
  std::vector<cel::Value> slots;
  std::vector<cel::Value> conditions;  // by rule; null where the rule is not asked
};

class Mutation {
 public:
  Mutation(const RuleSet& rules, std::span<const RuleTest> tests)
      : rules_(rules), variant_(rules), written_(rules) {
    for (const RuleTest& test : tests) {
      if (test.skip.empty()) judge(test);
    }
  }

  MutationReport run() {
    for (std::size_t i = 0; i < rules_.expressions().size(); ++i) change_expression(i);
    for (std::size_t i = 0; i < rules_.rules().size(); ++i) change_rule(i);
    std::ranges::stable_sort(report_.survivors, {}, [](const Survivor& each) {
      return std::tie(each.file, each.line, each.column);
    });
    return std::move(report_);
  }

 private:
  void judge(const RuleTest& test) {
    Judged judged{&test, slot_values(rules_, test.facts, test.gate, test.at), {}};
    for (const Rule& rule : rules_.rules()) {
      judged.conditions.push_back(is_asked(rule, test) ? evaluated(rule.when, judged.slots)
                                                       : cel::Value::null());
    }
    tests_.push_back(std::move(judged));
  }

  cel::Value evaluated(const cel::Program& program, const std::vector<cel::Value>& slots) {
    return program.evaluate(slots, kLimits, steps_left_);
  }

  // Calls `is_noticed` with each changed program that has this type.
  template <class IsNoticed>
  void each_change(const std::string& name, const WrittenExpressions::Written* written,
                   const cel::Type& type, IsNoticed is_noticed) {
    if (!written) return;
    const std::string& source = written->expression.source;
    for (const Mutant& mutant : mutants_of(source, rules_.declarations(), rules_.vocabulary())) {
      std::string changed_source = changed(source, mutant);
      auto program = cel::compile(changed_source, rules_.declarations());
      if (!program || program->type() != type) continue;
      if (report_.tried() == kMostMutants || steps_left_ < kMostStepsPerExpression) {
        ++report_.not_tried;
      } else if (is_noticed(*program)) {
        ++report_.caught;
      } else {
        const Issue place = written->text->issue_within(written->expression.place, source,
                                                        mutant.offset, mutant.length, {}, {});
        report_.survivors.push_back({place.file, place.line, place.column, name,
                                     source.substr(mutant.offset, mutant.length), mutant.by,
                                     std::move(changed_source), mutant.offset});
      }
    }
  }

  void change_rule(std::size_t index) {
    const Rule& rule = rules_.rules()[index];
    each_change(rule.id, written_.condition(rule.id), rule.when.type(),
                [&](const cel::Program& program) {
                  const cel::Program before = variant_.exchange_condition(index, program);
                  const bool noticed = std::ranges::any_of(tests_, [&](const Judged& judged) {
                    return is_asked(rule, *judged.test) &&
                           !same(evaluated(program, judged.slots), judged.conditions[index]) &&
                           fails(*judged.test);
                  });
                  variant_.exchange_condition(index, before);
                  return noticed;
                });
  }

  // The rules that an expression may change, through others too.
  std::vector<std::size_t> rules_behind(std::size_t index) const {
    std::vector<bool> slots(rules_.declarations().size());
    slots[rules_.first_expression() + index] = true;
    for (std::size_t i = index + 1; i < rules_.expressions().size(); ++i) {
      if (reads(rules_.expressions()[i].program, slots))
        slots[rules_.first_expression() + i] = true;
    }
    std::vector<std::size_t> behind;
    for (std::size_t i = 0; i < rules_.rules().size(); ++i) {
      if (reads(rules_.rules()[i].when, slots)) behind.push_back(i);
    }
    return behind;
  }

  void change_expression(std::size_t index) {
    const NamedExpression& expression = rules_.expressions()[index];
    const std::size_t slot = rules_.first_expression() + index;
    const std::vector<std::size_t> behind = rules_behind(index);
    each_change(expression.name, written_.expression(expression.name), expression.program.type(),
                [&](const cel::Program& program) {
                  const cel::Program before = variant_.exchange_expression(index, program);
                  const bool noticed = std::ranges::any_of(tests_, [&](const Judged& judged) {
                    return !same(evaluated(program, judged.slots), judged.slots[slot]) &&
                           changes_one_of(behind, judged) && fails(*judged.test);
                  });
                  variant_.exchange_expression(index, before);
                  return noticed;
                });
  }

  // Whether one of these rules comes out otherwise in the variant.
  bool changes_one_of(const std::vector<std::size_t>& rules, const Judged& judged) {
    const RuleTest& test = *judged.test;
    const std::vector<cel::Value> slots = slot_values(variant_, test.facts, test.gate, test.at);
    return std::ranges::any_of(rules, [&](std::size_t i) {
      const Rule& rule = rules_.rules()[i];
      return is_asked(rule, test) && !same(evaluated(rule.when, slots), judged.conditions[i]);
    });
  }

  bool fails(const RuleTest& test) {
    steps_left_ -= std::min(steps_left_, kStepsOfACheck);
    return !differences(variant_, test, checked(variant_, test)).empty();
  }

  const RuleSet& rules_;
  RuleSet variant_;  // a copy, changed in one place at a time
  const WrittenExpressions written_;
  std::vector<Judged> tests_;
  std::uint64_t steps_left_ = kMostSteps;
  MutationReport report_;
};

}  // namespace

MutationReport mutate(const RuleSet& rules, std::span<const RuleTest> tests) {
  return Mutation(rules, tests).run();
}

}  // namespace lockgate::rules
