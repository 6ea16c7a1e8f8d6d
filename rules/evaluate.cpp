#include "rules/evaluate.hpp"

#include <algorithm>
#include <map>

#include "rules/fact_value.hpp"
#include "rules/filled_text.hpp"

namespace lockgate::rules {
namespace {

constexpr std::uint64_t kMostStepsPerCheck = 10'000'000;
constexpr cel::Limits kLimits{.cost = 1'000'000, .finite = true};  // of an expression

cel::Value to_cel(UtcTime time) {
  using namespace std::chrono;
  const auto whole = floor<seconds>(time.time_since_epoch());
  const auto rest = duration_cast<nanoseconds>(time.time_since_epoch() - whole);
  return cel::Value::timestamp(whole.count(), static_cast<std::int32_t>(rest.count()));
}

// The values of all slots for one check.
class Values {
 public:
  Values(const RuleSet& rules, const Facts& facts, Gate gate, UtcTime at)
      : rules_(rules), facts_(facts), values_(facts.values) {
    const auto declared = rules.vocabulary().facts();
    for (std::size_t slot = 0; slot < values_.size(); ++slot) {
      if (!values_[slot].is(cel::Kind::null)) continue;
      values_[slot] = cel::Value::error('`' + declared[slot].name + "` is null");
    }
    if (const auto stage = rules.vocabulary().index("proposal.stage")) {
      values_[*stage] = cel::Value::string(std::string(to_text(gate)));
    }
    values_.insert(values_.end(), rules.setting_values().begin(), rules.setting_values().end());
    values_.resize(rules.now_slot() + 1);
    values_[rules.now_slot()] = to_cel(at);
    std::size_t slot = rules.first_expression();
    for (const NamedExpression& expression : rules.expressions()) {
      cel::Value value =
          expression.table ? looked_up(*expression.table, nullptr) : computed(expression.program);
      if (value.is_error()) {
        value = cel::Value::error("`" + expression.name + "`: " + std::string(value.message()));
      }
      values_[slot++] = std::move(value);
    }
  }

  cel::Value computed(const cel::Program& program) {
    return program.evaluate(values_, kLimits, left_);
  }

  const std::vector<cel::Value>& all() const { return values_; }

  // `rows` as Table::answer.
  cel::Value looked_up(const Table& table, std::vector<std::size_t>* rows) {
    std::vector<cel::Value> inputs;
    for (const TableInput& input : table.definition().inputs) {
      inputs.push_back(computed(*input.program));
    }
    TableContext context{values_, kLimits, left_};
    cel::Value value = table.answer(inputs, context, rows);
    left_ = context.left;
    return value;
  }

  // A table's value is followed by what the table looked at.
  std::vector<KeptFact> looked_at(const Rule& rule) const {
    std::vector<std::size_t> slots;
    for (const std::size_t slot : rule.when.slots()) {
      add_once(slots, slot);
      if (slot < rules_.first_expression() || slot >= rules_.now_slot()) continue;
      const NamedExpression& used = rules_.expressions()[slot - rules_.first_expression()];
      if (!used.table) continue;
      for (const std::size_t below : used.program.slots()) add_once(slots, below);
    }
    std::vector<KeptFact> kept;
    for (const std::size_t slot : slots) {
      if (values_[slot].is_unknown() || slot == rules_.now_slot()) continue;
      kept.push_back({rules_.declarations().name(slot), kept_value(slot)});
    }
    return kept;
  }

 private:
  static void add_once(std::vector<std::size_t>& slots, std::size_t slot) {
    if (std::find(slots.begin(), slots.end(), slot) == slots.end()) slots.push_back(slot);
  }

  // As it was given or set where that is so: money keeps its pence.
  FactValue kept_value(std::size_t slot) const {
    if (slot >= rules_.first_expression()) return from_cel(values_[slot]);
    if (slot >= rules_.first_setting())
      return rules_.settings()[slot - rules_.first_setting()].value;
    const FactDeclaration& fact = rules_.vocabulary().facts()[slot];
    if (fact.name == "proposal.stage") return from_cel(values_[slot]);
    const auto given = std::lower_bound(
        facts_.given.begin(), facts_.given.end(), fact.name,
        [](const KeptFact& each, const std::string& name) { return each.path < name; });
    if (given != facts_.given.end() && given->path == fact.name) return given->value;
    return fact.fallback.value_or(FactValue());
  }

  const RuleSet& rules_;
  const Facts& facts_;
  std::vector<cel::Value> values_;
  std::uint64_t left_ = kMostStepsPerCheck;
};

Finding finding_of(const Rule& rule, Outcome outcome) {
  return {.rule = rule.id,
          .outcome = outcome,
          .question = rule.question,
          .to = rule.to,
          .say = {},
          .fix = {},
          .takes = rule.takes,
          .before = rule.before,
          .basis = rule.basis,
          .source = rule.source,
          .facts = {},
          .waits_for = {},
          .trouble = {}};
}

// A fact that rules wait for.
struct Wait {
  std::vector<std::string> rules;
  Verdict worst = Verdict::approve;  // the strongest verdict that hangs on it
};

// Questions in the order of the vocabulary, those that hold the verdict up first.
void ask(const RuleSet& rules, std::map<std::size_t, Wait> waits, Verdict known, Check& check) {
  for (const bool holding : {true, false}) {
    for (auto& [slot, wait] : waits) {
      if ((wait.worst > known) != holding) continue;
      const FactDeclaration& fact = rules.vocabulary().facts()[slot];
      check.questions.push_back({fact.name, fact.question, std::move(wait.rules)});
      if (holding) check.unknown.push_back(fact.name);
    }
  }
}

}  // namespace

Verdict verdict_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::note:
      return Verdict::approve;
    case Outcome::condition:
      return Verdict::approve_with_conditions;
    case Outcome::refer:
      return Verdict::refer;
    case Outcome::ask:
      return Verdict::ask_for_info;
    case Outcome::block:
      return Verdict::block;
  }
  return Verdict::refer;
}

Check evaluate(const RuleSet& rules, const Facts& facts, Gate gate, UtcTime at) {
  Check check;
  check.gate = gate;
  check.facts = facts.given;
  check.rule_set = rules.hash();
  check.engine = "lockgate " LOCKGATE_VERSION;
  check.at = at;

  Values values(rules, facts, gate, at);
  std::map<std::size_t, Wait> waits;  // by slot
  Verdict known = Verdict::approve;
  for (const Rule& rule : rules.rules()) {
    const auto outcome = rule.outcome_at(gate);
    if (!outcome) continue;
    const cel::Value value = values.computed(rule.when);
    if (value.is_false()) continue;
    Finding finding = finding_of(rule, *outcome);
    finding.say = filled(rule.say, rules, values.all());
    finding.fix = filled(rule.fix, rules, values.all());
    finding.facts = values.looked_at(rule);
    if (value.is_unknown()) {
      finding.outcome = Outcome::ask;
      for (const std::size_t slot : value.waits_for()) {
        finding.waits_for.push_back(rules.declarations().name(slot));
        Wait& wait = waits[slot];
        wait.rules.push_back(rule.id);
        wait.worst = std::max(wait.worst, verdict_of(*outcome));
      }
    } else {
      if (!value.is_true()) {
        finding.outcome = Outcome::refer;
        if (finding.to == kProposer) finding.to = rules.instead_of_proposer();
        finding.trouble =
            value.is_error() ? std::string(value.message()) : "it is neither true nor false";
      }
      known = std::max(known, verdict_of(finding.outcome));
    }
    check.findings.push_back(std::move(finding));
  }
  std::stable_sort(check.findings.begin(), check.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.outcome > b.outcome; });
  ask(rules, std::move(waits), known, check);
  check.verdict = check.unknown.empty() ? known : std::max(known, Verdict::ask_for_info);
  return check;
}

std::vector<cel::Value> slot_values(const RuleSet& rules, const Facts& facts, Gate gate,
                                    UtcTime at) {
  return Values(rules, facts, gate, at).all();
}

std::vector<RowsUsed> rows_used(const RuleSet& rules, const Facts& facts, Gate gate, UtcTime at) {
  Values values(rules, facts, gate, at);
  std::vector<RowsUsed> used;
  for (const NamedExpression& expression : rules.expressions()) {
    if (!expression.table) continue;
    used.push_back({expression.name, {}});
    values.looked_up(*expression.table, &used.back().rows);
  }
  return used;
}

}  // namespace lockgate::rules
