// What would change it: the smallest change, held to a search of everything.

#include "rules/change.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "tests/rules/small_council.hpp"

namespace lockgate::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string fact(const std::string& name, const std::string& type, bool changeable = true,
                 const std::string& more = {}) {
  return "[[fact]]\nname = \"" + name + "\"\ntype = \"" + type + "\"\nmeaning = \"" + name +
         " as it is\"\nquestion = \"What is it?\"\n" + (changeable ? "changeable = true\n" : "") +
         more + "\n";
}

std::shared_ptr<const RuleSet> set_of(const std::string& text) {
  Loaded loaded = load({{"packs/a.toml", "roles = [\"Board\", \"Proposer\"]\n" + text}});
  EXPECT_EQ(in_plain(loaded.issues).substr(0, 2000), in_plain({}));
  return loaded.rules;
}

ChangeSearch search(const RuleSet& rules, const Given& given, std::optional<Verdict> to = {},
                    std::uint64_t most = 150'000) {
  const Result<Facts> facts = facts_of(rules, given);
  EXPECT_TRUE(facts.has_value());
  return smallest_change(rules, *facts, Gate::submit, kNoon, to, most);
}

// "refer with x.a = false, x.n = 3"
std::vector<std::string> told(const RuleSet& rules, const ChangeSearch& search) {
  std::vector<std::string> lines;
  for (const Suggestion& suggestion : search.suggestions) {
    lines.push_back(std::string(to_text(suggestion.verdict)));
    for (const Change& change : suggestion.changes) {
      lines.back() += "; " + in_words(rules, change);
    }
  }
  return lines;
}

TEST(SmallestChange, IsAFactThatTheRuleLooksAt) {
  const auto rules =
      set_of(fact("x.signed", "bool", true, "default = false") + fact("x.risky", "bool", false) +
             rule("x-01", "x.risky && !x.signed", R"(submit = "block")"));
  const ChangeSearch found = search(*rules, {{"x.risky", true}});
  EXPECT_EQ(found.found, Found::suggestions);
  EXPECT_EQ(found.now, Verdict::block);
  EXPECT_THAT(told(*rules, found), ElementsAre("approve; x.signed as it is: yes (nobody said, so "
                                               "taken to be no)"));
  EXPECT_THAT(found.suggestions[0].settles, ElementsAre("x-01"));
}

TEST(SmallestChange, MovesANumberNoFurtherThanTheRuleAsks) {
  const auto rules = set_of(fact("x.people", "int", true, "unit = \"people\"") +
                            rule("x-01", "x.people > 25", R"(submit = "refer")"));
  EXPECT_THAT(told(*rules, search(*rules, {{"x.people", std::int64_t{40}}})),
              ElementsAre("approve; x.people as it is: 25 people (now 40 people)"));
}

TEST(SmallestChange, FollowsSettingsNamedExpressionsPenceAndDays) {
  const auto rules = set_of(
      fact("x.cost", "money") + fact("x.end", "date") +
      "[[setting]]\nname = \"cfg.most\"\ntype = \"money\"\nvalue = 1000\nmeaning = \"most\"\n\n"
      "[[expression]]\nname = \"calc.dear\"\nmeaning = \"too dear\"\n"
      "is = 'x.cost >= cfg.most'\n\n" +
      rule("x-01", "calc.dear", R"(submit = "refer")") +
      rule("x-02", R"(x.end > timestamp("2026-12-24T00:00:00Z"))", R"(submit = "block")"));
  EXPECT_THAT(
      told(*rules, search(*rules, {{"x.cost", std::int64_t{1500}}, {"x.end", "2027-02-01"}})),
      ElementsAre("approve; x.cost as it is: £999.99 (now £1,500); x.end as it is: 24 "
                  "December 2026 (now 1 February 2027)"));
}

TEST(SmallestChange, AnswersWhatNobodyHasSaid) {
  const auto rules =
      set_of(fact("x.signed", "bool") + rule("x-01", "!x.signed", R"(submit = "block")"));
  const ChangeSearch found = search(*rules, {});
  EXPECT_EQ(found.now, Verdict::ask_for_info);
  EXPECT_THAT(told(*rules, found),
              ElementsAre("approve; x.signed as it is: yes (nobody has said)"));
}

TEST(SmallestChange, OffersOtherFactsThatWouldDoAsWellInOrderOfTheVocabulary) {
  const auto rules = set_of(fact("x.b", "bool") + fact("x.a", "bool") +
                            rule("x-01", "x.a && x.b", R"(submit = "block")"));
  EXPECT_THAT(
      told(*rules, search(*rules, {{"x.a", true}, {"x.b", true}})),
      ElementsAre("approve; x.b as it is: no (now yes)", "approve; x.a as it is: no (now yes)"));
}

TEST(SmallestChange, FallsBackToTheMildestVerdictThatCanBeReached) {
  const auto rules = set_of(fact("x.signed", "bool") + fact("x.kind", "bool", false) +
                            rule("x-01", "!x.signed", R"(submit = "block")") +
                            rule("x-02", "x.kind", R"(submit = "refer")"));
  const ChangeSearch found = search(*rules, {{"x.signed", false}, {"x.kind", true}});
  EXPECT_EQ(found.wanted, Verdict::refer);
  EXPECT_THAT(told(*rules, found), ElementsAre("refer; x.signed as it is: yes (now no)"));
  const ChangeSearch strict =
      search(*rules, {{"x.signed", false}, {"x.kind", true}}, Verdict::approve);
  EXPECT_EQ(strict.found, Found::nothing_changeable);
  EXPECT_THAT(strict.fixed, ElementsAre("x-02"));
}

TEST(SmallestChange, SaysWhyThereIsNone) {
  const std::string four = fact("x.a", "bool") + fact("x.b", "bool") + fact("x.c", "bool") +
                           fact("x.d", "bool") +
                           rule("x-01", "x.a || x.b || x.c || x.d", R"(submit = "block")");
  const auto rules = set_of(four + fact("x.fixed", "bool", false) +
                            rule("x-02", "x.fixed", R"(submit = "refer")"));
  const Given all = {
      {"x.a", true}, {"x.b", true}, {"x.c", true}, {"x.d", true}, {"x.fixed", false}};
  EXPECT_EQ(search(*rules, all).found, Found::no_change);
  EXPECT_EQ(in_words(search(*rules, all)),
            "no change of up to 3 facts that can be changed would do it");
  EXPECT_EQ(search(*rules, all, {}, 2).found, Found::gave_up);
  Given none = {{"x.a", false}, {"x.b", false}, {"x.c", false}, {"x.d", false}, {"x.fixed", true}};
  EXPECT_EQ(search(*rules, none, Verdict::approve).found, Found::nothing_changeable);
  none.back().second = false;
  EXPECT_EQ(search(*rules, none).found, Found::nothing_to_do);
}

TEST(SmallestChange, NeverSuggestsWhatTheVocabularyForbids) {
  const auto rules = set_of(fact("x.n", "int", true, "min = 10\nmax = 90") +
                            rule("x-01", "x.n >= 10", R"(submit = "block")"));
  EXPECT_EQ(search(*rules, {{"x.n", std::int64_t{50}}}).found, Found::no_change);
}

TEST(Changeable, IsNothingThatLockgateFillsIn) {
  const Loaded loaded = load({{"packs/a.toml", fact("x.a", "bool", true, "from = \"lockgate\"")}});
  ASSERT_THAT(loaded.issues, SizeIs(1));
  EXPECT_EQ(loaded.issues[0].code, "LG153");
}

// --- held to a search of everything -----------------------------------------

struct SmallFact {
  std::string name;
  std::vector<FactValue> values;
  bool changeable;
};

class SmallWorld {
 public:
  explicit SmallWorld(unsigned seed) : dice_(seed) {
    facts_ = {{"x.a", {false, true}, true},
              {"x.b", {false, true}, true},
              {"x.c", {false, true}, roll(2) == 0},
              {"x.e", {"one", "two", "three"}, true},
              {"x.n", {}, true},
              {"x.m", {}, roll(3) > 0}};
    for (std::int64_t n = 0; n <= 4; ++n) facts_[4].values.push_back(n);
    for (std::int64_t m = 0; m <= 11; ++m) facts_[5].values.push_back(m);
    std::string text;
    for (const SmallFact& each : facts_) {
      const bool truth = std::holds_alternative<bool>(each.values[0]);
      text += fact(each.name,
                   truth                ? "bool"
                   : each.name == "x.e" ? "enum"
                                        : "int",
                   each.changeable,
                   each.name == "x.e"   ? R"(values = ["one", "two", "three"])"
                   : each.name == "x.n" ? "min = 0\nmax = 4"
                                        : "");
    }
    const std::vector<std::string> outcomes = {"block", "refer", "ask", "condition", "block"};
    for (int i = 1; i <= 5; ++i) {
      text += rule("x-0" + std::to_string(i), condition(),
                   "submit = \"" + outcomes[static_cast<std::size_t>(roll(5))] + "\"");
    }
    rules_ = load({{"packs/a.toml", "roles = [\"Board\"]\n" + text}}).rules;
    for (const SmallFact& each : facts_) {
      const bool unknown = roll(8) == 0;
      if (!unknown) {
        base_.emplace_back(
            each.name,
            each.values[static_cast<std::size_t>(roll(static_cast<int>(each.values.size())))]);
      }
      unknown_ = unknown_ || unknown;
    }
  }

  const std::shared_ptr<const RuleSet>& rules() const { return rules_; }
  const Given& base() const { return base_; }
  bool has_unknown() const { return unknown_; }

  // The fewest changes with which the verdict is `target` or milder; 4 if more
  // than three are needed.
  std::size_t fewest(Verdict target) const {
    std::size_t best = 4;
    Given chosen;
    choose(0, 0, chosen, target, best);
    return best;
  }

 private:
  int roll(int sides) { return std::uniform_int_distribution<int>(0, sides - 1)(dice_); }

  std::string atom() {
    switch (roll(8)) {
      case 0:
        return "x.a";
      case 1:
        return "!x.b";
      case 2:
        return "x.c";
      case 3:
        return "x.e == \"two\"";
      case 4:
        return "!(x.e in [\"one\", \"two\"])";
      case 5:
        return "x.n > " + std::to_string(roll(4));
      case 6:
        return "x.m >= " + std::to_string(1 + roll(10));
      default:
        return "x.m != " + std::to_string(1 + roll(10));
    }
  }

  std::string condition() {
    std::string text = atom();
    for (int i = roll(3); i > 0; --i) {
      text = '(' + text + (roll(2) == 0 ? " && " : " || ") + atom() + ')';
    }
    return text;
  }

  void choose(std::size_t index, std::size_t changes, Given& chosen, Verdict target,
              std::size_t& best) const {
    if (changes >= best) return;
    if (index == facts_.size()) {
      if (check(*rules_, chosen).verdict <= target) best = changes;
      return;
    }
    const SmallFact& fact = facts_[index];
    const auto before = std::find_if(base_.begin(), base_.end(),
                                     [&](const auto& each) { return each.first == fact.name; });
    if (before != base_.end()) chosen.push_back(*before);
    choose(index + 1, changes, chosen, target, best);
    if (before != base_.end()) chosen.pop_back();
    for (const FactValue& value : fact.values) {
      if (!fact.changeable || (before != base_.end() && before->second == value)) continue;
      chosen.emplace_back(fact.name, value);
      choose(index + 1, changes + 1, chosen, target, best);
      chosen.pop_back();
    }
  }

  std::mt19937 dice_;
  std::vector<SmallFact> facts_;
  std::shared_ptr<const RuleSet> rules_;
  Given base_;
  bool unknown_ = false;
};

TEST(SmallestChange, IsAsSmallAsASearchOfEverythingFinds) {
  int compared = 0;
  int none = 0;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    const SmallWorld world(seed);
    if (!world.rules()) continue;  // a rule that could never apply
    const ChangeSearch found = search(*world.rules(), world.base());
    if (found.found == Found::nothing_to_do) continue;
    ASSERT_NE(found.found, Found::gave_up) << seed;
    std::vector<Verdict> targets = {Verdict::approve_with_conditions};
    for (const Verdict next : {Verdict::refer, Verdict::ask_for_info}) {
      if (next < found.now) targets.push_back(next);
    }
    std::size_t fewest = 4;
    for (const Verdict target : targets) {
      fewest = world.fewest(target);
      if (fewest < 4) {
        // That a question need not be answered because another rule has become
        // stricter is not offered: with something unknown more may be needed.
        if (!world.has_unknown()) {
          EXPECT_EQ(found.wanted, target) << seed;
        }
        break;
      }
    }
    if (found.suggestions.empty()) {
      EXPECT_TRUE(fewest == 4 || world.has_unknown()) << seed;
      ++none;
      continue;
    }
    ++compared;
    for (const Suggestion& suggestion : found.suggestions) {
      if (!world.has_unknown()) {
        EXPECT_EQ(suggestion.changes.size(), fewest) << seed;
      }
      Given after = world.base();
      for (const Change& change : suggestion.changes) {
        std::erase_if(after, [&](const auto& each) { return each.first == change.fact; });
        after.emplace_back(change.fact, change.to);
      }
      const Verdict verdict = check(*world.rules(), after).verdict;
      EXPECT_EQ(verdict, suggestion.verdict) << seed;
      EXPECT_LT(verdict, found.now) << seed;
    }
  }
  EXPECT_GE(compared, 25);
  EXPECT_GE(none, 1);
}

}  // namespace
}  // namespace lockgate::rules
