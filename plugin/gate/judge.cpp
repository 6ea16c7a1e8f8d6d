#include "plugin/gate/judge.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "plugin/record/json_codec.hpp"
#include "rules/evaluate.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::gate {
namespace {

// The names whose values may not stand in the record: the facts that are marked
// sensitive, and the named expressions that read one of them.
std::set<std::string> sensitive_names(const rules::RuleSet& rules) {
  std::set<std::string> names;
  std::set<std::size_t> slots;
  const auto facts = rules.vocabulary().facts();
  for (std::size_t slot = 0; slot < facts.size(); ++slot) {
    if (!facts[slot].sensitive) continue;
    names.insert(facts[slot].name);
    slots.insert(slot);
  }
  if (slots.empty()) return names;
  std::size_t slot = rules.first_expression();
  for (const rules::NamedExpression& expression : rules.expressions()) {
    const auto reads = expression.program.slots();
    if (std::any_of(reads.begin(), reads.end(),
                    [&](std::size_t read) { return slots.count(read) > 0; })) {
      names.insert(expression.name);
      slots.insert(slot);
    }
    ++slot;
  }
  return names;
}

// Puts the values of sensitive facts aside, each once.
void seal(Check& check, const rules::RuleSet& rules, Round& round) {
  const std::set<std::string> sensitive = sensitive_names(rules);
  if (sensitive.empty()) return;
  std::map<std::string, TextId> sealed;
  const auto seal_all = [&](std::vector<KeptFact>& facts) {
    for (KeptFact& fact : facts) {
      if (sensitive.count(fact.path) == 0) continue;
      const auto [entry, fresh] = sealed.try_emplace(fact.path);
      if (fresh) entry->second = round.keep(record::to_json(fact.value));
      fact.text = entry->second;
      fact.value = {};
    }
  };
  seal_all(check.facts);
  for (Finding& finding : check.findings) seal_all(finding.facts);
}

// What the ballots of `now`, all carried, say about the meeting.  Of several
// boards, the one with the fewest members present speaks.
std::array<GivenFact, 4> supplied(const Prototype& now) {
  std::int64_t total = 0;
  std::int64_t present = -1;
  bool conflict = false;
  for (const Ballot& ballot : now.ballots) {
    if (ballot.state != BallotState::carried) continue;
    std::set<MemberId> voted;
    for (const Vote& vote : ballot.votes) voted.insert(vote.member);
    const auto& seats = ballot.terms.seats;
    conflict = conflict ||
               std::any_of(seats.begin(), seats.end(), [](const Seat& seat) { return seat.own; });
    const auto here = static_cast<std::int64_t>(voted.size());
    if (present >= 0 && here >= present) continue;
    present = here;
    total = static_cast<std::int64_t>(seats.size());
  }
  return {{{"gov.members_total", {}, FactValue(total)},
           {"gov.members_present", {}, FactValue(std::max<std::int64_t>(present, 0))},
           {"gov.vote", {}, FactValue(std::string("carried"))},
           {"gov.conflict", {}, FactValue(std::string(conflict ? "declared_withdrew" : "none"))}}};
}

bool fits(const rules::FactDeclaration* declaration, const FactValue& value) {
  return declaration != nullptr && rules::to_cel(*declaration, value).has_value();
}

}  // namespace

Result<Check> Judge::judge(std::span<const GivenFact> given, Gate gate, bool strict, UtcTime at,
                           Round& round) const {
  LOCKGATE_TRY(const rules::Facts facts, rules::read_facts(rules_->vocabulary(), given, strict));
  Check check = rules::evaluate(*rules_, facts, gate, at);
  check.id = {new_id("chk", random_)};
  check.strict = strict;
  seal(check, *rules_, round);
  return check;
}

Result<Check> Judge::judge_again(const Check& earlier, UtcTime at, Store& store,
                                 Round& round) const {
  const rules::Vocabulary& vocabulary = rules_->vocabulary();
  std::vector<GivenFact> given;
  for (GivenFact& fact : supplied(round.now())) {
    const rules::FactDeclaration* declaration = vocabulary.find(fact.path);
    if (declaration != nullptr && declaration->from_lockgate && fits(declaration, fact.value)) {
      given.push_back(std::move(fact));
    }
  }
  LOCKGATE_TRY(const std::vector<Text> texts, round.texts(sealed_texts(earlier.facts), store));
  LOCKGATE_TRY(std::vector<GivenFact> kept, opened(earlier.facts, texts));
  for (GivenFact& fact : kept) {
    const bool known = std::any_of(given.begin(), given.end(),
                                   [&](const auto& each) { return each.path == fact.path; });
    if (!known && fits(vocabulary.find(fact.path), fact.value)) given.push_back(std::move(fact));
  }
  return judge(given, Gate::decide, earlier.strict, at, round);
}

std::vector<TextId> sealed_texts(std::span<const KeptFact> kept) {
  std::vector<TextId> ids;
  for (const KeptFact& fact : kept) {
    if (!fact.text.empty()) ids.push_back(fact.text);
  }
  return ids;
}

Result<std::vector<GivenFact>> opened(std::span<const KeptFact> kept, std::span<const Text> texts) {
  std::vector<GivenFact> facts;
  for (const KeptFact& fact : kept) {
    if (fact.text.empty()) {
      facts.push_back({fact.path, {}, fact.value});
      continue;
    }
    const auto text = std::find_if(texts.begin(), texts.end(),
                                   [&](const Text& each) { return each.id == fact.text; });
    if (text == texts.end()) continue;  // erased
    LOCKGATE_TRY(FactValue value, record::fact_value_from_json(text->text));
    facts.push_back({fact.path, {}, std::move(value)});
  }
  return facts;
}

}  // namespace lockgate::gate
