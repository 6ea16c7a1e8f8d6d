#include "plugin/gate/replay.hpp"

#include <algorithm>
#include <set>

#include "plugin/gate/judge.hpp"
#include "rules/evaluate.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::gate {
namespace {

constexpr std::size_t kMostLoaded = 4;
constexpr std::size_t kMostFolders = 4;

std::string folder_of(const std::string& path) { return path.substr(0, path.find('/')); }

// The precedence of folders is not stored: every order in which the files fit
// together.  Almost always there is one.
std::vector<std::shared_ptr<const rules::RuleSet>> loaded_in_every_order(
    const std::vector<std::pair<std::string, std::string>>& files) {
  std::set<std::string> distinct;
  for (const auto& [path, bytes] : files) distinct.insert(folder_of(path));
  std::vector<std::string> folders(distinct.begin(), distinct.end());
  std::vector<std::shared_ptr<const rules::RuleSet>> sets;
  if (folders.size() > kMostFolders) return sets;
  do {
    std::vector<rules::SourceFile> ordered;
    for (const std::string& folder : folders) {
      for (const auto& [path, bytes] : files) {
        if (folder_of(path) == folder) ordered.push_back({path, bytes});
      }
    }
    if (auto loaded = rules::load(std::move(ordered)); loaded.rules) {
      sets.push_back(std::move(loaded.rules));
    }
  } while (std::next_permutation(folders.begin(), folders.end()));
  return sets;
}

// Puts the values of sensitive facts back.  False if one is gone.
bool unseal(std::vector<KeptFact>& facts, const std::vector<Text>& texts) {
  const auto values = opened(facts, texts);
  if (!values || values->size() != facts.size()) return false;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    facts[i].value = (*values)[i].value;
    facts[i].text = {};
  }
  return true;
}

bool unseal(Check& check, const std::vector<Text>& texts) {
  bool whole = unseal(check.facts, texts);
  for (Finding& finding : check.findings) whole = whole && unseal(finding.facts, texts);
  return whole;
}

bool gives(const rules::RuleSet& rules, const Check& check) {
  std::vector<GivenFact> given;
  for (const KeptFact& fact : check.facts) given.push_back({fact.path, {}, fact.value});
  const auto facts = rules::read_facts(rules.vocabulary(), given, check.strict);
  if (!facts) return false;
  Check again = rules::evaluate(rules, *facts, check.gate, check.at);
  again.id = check.id;
  again.number = check.number;
  again.strict = check.strict;
  return again == check;
}

}  // namespace

Result<Replay> Replayer::replay(const Check& check, const std::vector<Text>& texts) {
  if (check.engine != "lockgate " LOCKGATE_VERSION) return Replay::another_engine;
  Check open = check;
  if (!unseal(open, texts)) return Replay::erased;
  LOCKGATE_TRY(const RuleSets* sets, rule_sets(check.rule_set));
  if (sets->empty()) return Replay::no_rules;
  const bool same = std::any_of(sets->begin(), sets->end(),
                                [&](const auto& rules) { return gives(*rules, open); });
  return same ? Replay::same : Replay::differs;
}

Result<const Replayer::RuleSets*> Replayer::rule_sets(const std::string& hash) {
  const auto known = std::find_if(loaded_.begin(), loaded_.end(),
                                  [&](const auto& each) { return each.first == hash; });
  if (known != loaded_.end()) return &known->second;
  LOCKGATE_TRY(const auto files, archive_.rule_files(hash));
  loaded_.emplace_front(hash, loaded_in_every_order(files));
  if (loaded_.size() > kMostLoaded) loaded_.pop_back();
  return &loaded_.front().second;
}

std::vector<TextId> sealed_texts(const Check& check) {
  std::set<TextId> ids;
  const auto add = [&](const std::vector<KeptFact>& facts) {
    for (TextId& id : sealed_texts(std::span<const KeptFact>(facts))) ids.insert(std::move(id));
  };
  add(check.facts);
  for (const Finding& finding : check.findings) add(finding.facts);
  return {ids.begin(), ids.end()};
}

}  // namespace lockgate::gate
