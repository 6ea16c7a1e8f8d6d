// Why, and what would change it, for the rules that Lockgate ships: over the
// worked examples and over facts made up at random.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "adapters/strict_json.hpp"
#include "rules/change.hpp"
#include "rules/explain.hpp"

namespace lockgate::rules {
namespace {

namespace fs = std::filesystem;

constexpr Gate kGates[] = {Gate::submit, Gate::decide, Gate::run, Gate::close};
const UtcTime kNoon = *time_from_text("2026-11-23T12:00:00.000000Z");

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

const RuleSet& packs() {
  static const std::shared_ptr<const RuleSet> rules = [] {
    std::vector<SourceFile> sources;
    for (const auto& entry : fs::directory_iterator("rules/packs")) {
      const fs::path& path = entry.path();
      if (path.extension() != ".toml" || path.stem().extension() == ".test") continue;
      sources.push_back({"packs/" + path.filename().string(), bytes_of(path)});
    }
    Loaded loaded = load(std::move(sources));
    if (!loaded.rules) throw std::runtime_error(in_plain(loaded.issues));
    return loaded.rules;
  }();
  return *rules;
}

std::vector<Facts> examples() {
  std::vector<Facts> all;
  for (const auto& entry : fs::directory_iterator("examples/council/deliveries")) {
    const auto json = adapters::parse_json(bytes_of(entry.path()));
    EXPECT_TRUE(json.has_value()) << entry.path();
    if (!json) continue;
    for (const auto& [key, data] : std::get<FactMap>(*json)) {
      if (key != "data") continue;
      for (const auto& [inner, facts] : std::get<FactMap>(data)) {
        if (inner != "facts") continue;
        const GivenFact given{.path = {}, .pointer = {}, .value = facts};
        const auto read = read_facts(packs().vocabulary(), {&given, 1});
        EXPECT_TRUE(read.has_value()) << entry.path();
        if (read) all.push_back(*read);
      }
    }
  }
  return all;
}

FactValue value_at_random(const FactDeclaration& fact, std::mt19937& dice) {
  const auto roll = [&](int sides) {
    return std::uniform_int_distribution<int>(0, sides - 1)(dice);
  };
  const auto least = static_cast<std::int64_t>(fact.min.value_or(0));
  const auto most = static_cast<std::int64_t>(fact.max.value_or(400'000));
  switch (fact.type) {
    case FactType::boolean:
      return roll(2) == 0;
    case FactType::choice:
      return fact.values[static_cast<std::size_t>(roll(static_cast<int>(fact.values.size())))];
    case FactType::integer:
    case FactType::real:
    case FactType::money:
      return std::min(most, least + roll(roll(2) == 0 ? 40 : 400'000));
    case FactType::date:
      return "2026-0" + std::to_string(1 + roll(9)) + "-15";
    default:
      return {};
  }
}

Facts facts_at_random(unsigned seed) {
  std::mt19937 dice(seed);
  std::vector<GivenFact> given;
  for (const FactDeclaration& fact : packs().vocabulary().facts()) {
    if (std::uniform_int_distribution<int>(0, 3)(dice) == 0) continue;
    FactValue value = value_at_random(fact, dice);
    if (!std::holds_alternative<std::monostate>(value)) {
      given.push_back({fact.name, "/" + fact.name, std::move(value)});
    }
  }
  const auto facts = read_facts(packs().vocabulary(), given);
  EXPECT_TRUE(facts.has_value());
  return facts.value_or(Facts{packs().vocabulary().defaults(), {}});
}

// What the parts name, with everything else unknown, must be enough for the rule
// to come out as it did.
void expect_enough(const Rule& rule, const Facts& facts, Gate gate) {
  const Explanation found = explain(packs(), facts, gate, kNoon, rule);
  const std::vector<cel::Value> all = slot_values(packs(), facts, gate, kNoon);
  std::vector<cel::Value> named;
  for (std::size_t slot = 0; slot < all.size(); ++slot) {
    named.push_back(slot == packs().now_slot() ? all[slot] : cel::Value::unknown(slot));
  }
  std::string text;
  for (const Part& part : found.parts) {
    text += part.words + '\n';
    for (const std::string& name : part.names) {
      const auto slot = packs().declarations().find(name);
      ASSERT_TRUE(slot.has_value()) << name;
      named[*slot] = all[*slot];
    }
  }
  const cel::Value before = rule.when.evaluate(all);
  const cel::Value after = rule.when.evaluate(named);
  EXPECT_FALSE(found.parts.empty()) << rule.id;
  if (before.is(cel::Kind::boolean)) {
    EXPECT_TRUE(after.identical(before)) << rule.id << '\n' << text;
  } else {
    EXPECT_EQ(after.kind(), before.kind()) << rule.id << '\n' << text;
  }
}

TEST(PacksWhy, NamesEnoughForEveryRuleToComeOutAsItDid) {
  std::vector<Facts> cases = examples();
  for (unsigned seed = 1; seed <= 6; ++seed) cases.push_back(facts_at_random(seed));
  ASSERT_EQ(cases.size(), 19u);
  for (const Facts& facts : cases) {
    for (const Rule& rule : packs().rules()) expect_enough(rule, facts, rule.at.front().first);
  }
}

int expect_that_suggestions_hold(const Facts& facts, Gate gate) {
  const ChangeSearch search = smallest_change(packs(), facts, gate, kNoon);
  EXPECT_EQ(search.now, evaluate(packs(), facts, gate, kNoon).verdict);
  EXPECT_NE(search.found, Found::gave_up);
  for (const Suggestion& suggestion : search.suggestions) {
    EXPECT_LE(suggestion.changes.size(), kMostChanges);
    for (const Change& change : suggestion.changes) {
      const FactDeclaration* fact = packs().vocabulary().find(change.fact);
      EXPECT_TRUE(fact && fact->changeable) << change.fact;
      EXPECT_FALSE(change.from == change.to) << change.fact;
    }
    const Verdict after =
        evaluate(packs(), changed(packs(), facts, suggestion.changes), gate, kNoon).verdict;
    EXPECT_EQ(after, suggestion.verdict);
    EXPECT_LT(after, search.now);
    EXPECT_FALSE(suggestion.settles.empty());
  }
  return static_cast<int>(search.suggestions.size());
}

TEST(PacksChange, FlipsTheVerdictOfTheWorkedExamples) {
  int suggestions = 0;
  for (const Facts& facts : examples()) {
    for (const Gate gate : kGates) suggestions += expect_that_suggestions_hold(facts, gate);
  }
  EXPECT_GE(suggestions, 5);
}

TEST(PacksChange, FlipsTheVerdictWhateverTheFacts) {
  int suggestions = 0;
  for (unsigned seed = 1; seed <= 10; ++seed) {
    suggestions += expect_that_suggestions_hold(facts_at_random(seed), kGates[seed % 4]);
  }
  EXPECT_GE(suggestions, 1);
}

}  // namespace
}  // namespace lockgate::rules
