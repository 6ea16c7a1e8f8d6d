// What is said about conditions is never wrong: every claim on random rules over a
// small vocabulary is held to all inputs that there are, and where a condition
// holds nothing that cannot be looked into, nothing is overlooked.

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>

#include "rules/rule_set.hpp"

namespace lockgate::rules {
namespace {

std::string fact(const std::string& name, const std::string& lines) {
  return "[[fact]]\nname = \"" + name + "\"\nmeaning = \"m\"\nquestion = \"q?\"\n" + lines + "\n";
}

std::string vocabulary(int k, const std::string& truth, const std::string& number) {
  return "roles = [\"Board\"]\n" + fact("f.a", "type = \"bool\"") + fact("f.b", "type = \"bool\"") +
         fact("f.e", "type = \"enum\"\nvalues = [\"x\", \"y\", \"z\"]") +
         fact("f.n", "type = \"int\"\nmin = 0\nmax = 4") +
         fact("f.m", "type = \"money\"\nmin = 0.01\nmax = 0.04") +
         fact("f.s", "type = \"string\"") +
         "[[setting]]\nname = \"cfg.k\"\ntype = \"int\"\nvalue = " + std::to_string(k) +
         "\nmeaning = \"m\"\n"
         "[[expression]]\nname = \"calc.t\"\nmeaning = \"m\"\nis = '" +
         truth +
         "'\n"
         "[[expression]]\nname = \"calc.y\"\nmeaning = \"m\"\nis = '" +
         number + "'\n";
}

std::string rule(const std::string& id, const std::string& when, const std::string& outcome) {
  return "[[rule]]\nid = \"" + id + "\"\nquestion = \"q?\"\nwhen = '" + when +
         "'\nat = { submit = \"" + outcome +
         "\" }\nto = \"Board\"\nsay = \"Words.\"\nbasis = \"our default\"\nsource = [\"s\"]\n"
         "checked_on = 2026-11-23\nreview_by = 2027-12-31\n\n";
}

class Author {
 public:
  Author(unsigned seed, bool plain) : random_(seed), plain_(plain) {}

  std::size_t below(std::size_t count) { return random_() % count; }
  std::string digit() { return std::to_string(int(below(7)) - 1); }
  std::string pence() { return "0.0" + std::to_string(below(6)); }

  std::string order() {
    static constexpr std::array kOrders = {" < ", " <= ", " > ", " >= ", " == ", " != "};
    return kOrders[below(kOrders.size())];
  }

  std::string atom(bool named) {
    switch (below(plain_ ? 8 : named ? 16 : 13)) {
      case 0:
        return "f.a";
      case 1:
        return "f.b";
      case 2:
        return "f.e == \"x\"";
      case 3:
        return "f.e in [\"y\", \"z\"]";
      case 4:
        return "f.n" + order() + digit();
      case 5:
        return "f.n in [" + digit() + ", " + digit() + "]";
      case 6:
        return "f.m" + order() + pence();
      case 7:
        return digit() + order() + "f.n";
      case 8:
        return "f.n" + order() + "cfg.k";
      case 9:
        return "f.n + f.n" + order() + digit();
      case 10:
        return "f.n / (f.n - 1)" + order() + digit();
      case 11:
        return "f.s == \"p\"";
      case 12:
        return "f.s.startsWith(\"p\")";
      case 13:
        return "calc.t";
      case 14:
        return "f.n" + order() + "calc.y";
      default:
        return "calc.y" + order() + digit();
    }
  }

  std::string formula(int depth, bool named = true) {
    if (depth == 0) return atom(named);
    const auto part = [&] { return '(' + formula(depth - 1, named) + ')'; };
    switch (below(6)) {
      case 0:
      case 1:
        return part() + " && " + part();
      case 2:
      case 3:
        return part() + " || " + part();
      case 4:
        return '!' + part();
      default:
        return part() + " ? " + part() + " : " + part();
    }
  }

  std::string number() {
    if (below(2) == 0) return "f.a ? " + digit() + " : cfg.k";
    return "f.e == \"x\" ? " + digit() + " : f.b ? 2 : f.n";
  }

 private:
  std::mt19937 random_;
  bool plain_;  // only what can be looked into
};

// All inputs, and what the conditions give for them.
class Oracle {
 public:
  Oracle(const std::string& truth, const std::string& number, const std::vector<std::string>& when)
      : conditions_(when.size()) {
    using cel::Kind;
    for (const auto& [name, kind] :
         {std::pair{"f.a", Kind::boolean}, std::pair{"f.b", Kind::boolean},
          std::pair{"f.e", Kind::string}, std::pair{"f.n", Kind::integer},
          std::pair{"f.m", Kind::real}, std::pair{"f.s", Kind::string},
          std::pair{"cfg.k", Kind::integer}, std::pair{"calc.t", Kind::boolean},
          std::pair{"calc.y", Kind::integer}}) {
      declarations_.declare(name, kind);
    }
    truth_ = compiled(truth);
    number_ = compiled(number);
    for (std::size_t i = 0; i < when.size(); ++i) conditions_[i] = compiled(when[i]);
  }

  // Calls `look` with the results of the conditions for each input.
  template <class Look>
  void each(int k, Look look) const {
    for (int code = 0; code < 2 * 2 * 3 * 5 * 4 * 3; ++code) {
      int rest = code;
      const auto next = [&](int count) { return std::exchange(rest, rest / count) % count; };
      using cel::Value;
      std::vector<Value> values = {Value::boolean(next(2) == 1),
                                   Value::boolean(next(2) == 1),
                                   Value::string(std::string(1, static_cast<char>('x' + next(3)))),
                                   Value::integer(next(5)),
                                   Value::real((1 + next(4)) / 100.0),
                                   Value::string(std::string(1, static_cast<char>('p' + next(3)))),
                                   Value::integer(k)};
      values.push_back(truth_->evaluate(values));
      values.push_back(number_->evaluate(values));
      std::vector<Value> results;
      for (const auto& condition : conditions_) results.push_back(condition->evaluate(values));
      look(results);
    }
  }

  template <class Holds>
  bool always(int k, Holds holds) const {
    bool all = true;
    each(k, [&](const std::vector<cel::Value>& results) { all = all && holds(results); });
    return all;
  }

 private:
  std::optional<cel::Program> compiled(const std::string& source) const {
    auto program = cel::compile(source, declarations_);
    if (program) return *std::move(program);
    ADD_FAILURE() << source << ": " << program.error().front().message;
    return std::nullopt;
  }

  cel::Declarations declarations_;
  std::optional<cel::Program> truth_;
  std::optional<cel::Program> number_;
  std::vector<std::optional<cel::Program>> conditions_;
};

bool first_is_false(const std::vector<cel::Value>& results) { return results[0].is_false(); }
bool second_is_false(const std::vector<cel::Value>& results) { return results[1].is_false(); }
bool first_is_true(const std::vector<cel::Value>& results) { return results[0].is_true(); }
bool second_is_true(const std::vector<cel::Value>& results) { return results[1].is_true(); }
bool one_is_true(const std::vector<cel::Value>& results) {
  return results[0].is_true() || results[1].is_true();
}
bool first_in_second(const std::vector<cel::Value>& results) {
  return results[0].is_false() || results[1].is_true() ||
         (results[0].is_error() && results[1].is_error());
}
bool second_in_first(const std::vector<cel::Value>& results) {
  return first_in_second({results[1], results[0]});
}

TEST(ClaimsAboutConditions, AreTrueOfEveryInput) {
  std::map<std::string, int> told;
  for (unsigned seed = 1; seed <= 400; ++seed) {
    Author author(seed, false);
    const int k = static_cast<int>(author.below(6));
    const std::string truth = author.formula(1, false);
    const std::string number = author.number();
    const std::vector<std::string> when = {author.formula(int(author.below(3))),
                                           author.formula(int(author.below(3)))};
    const std::string first = vocabulary(k, truth, number) + rule("rr-01", when[0], "block");
    const std::string text = first + rule("rr-02", when[1], "block");
    const auto second_line = std::count(first.begin(), first.end(), '\n');
    const Oracle oracle(truth, number, when);
    const Loaded loaded = load({{"a.toml", text}}, {.advise = true});
    std::vector<Issue> all = loaded.issues;
    all.insert(all.end(), loaded.advice.begin(), loaded.advice.end());
    for (const Issue& issue : all) {
      const bool of_second = issue.line > static_cast<std::size_t>(second_line);
      const std::string said = issue.code + " " + issue.message + "\n" + text;
      ++told[issue.code];
      if (issue.code == "LG115") {
        for (int other = -2; other < 7; ++other) {
          EXPECT_TRUE(oracle.always(other, of_second ? second_is_false : first_is_false)) << said;
        }
      } else if (issue.code == "LG201") {
        EXPECT_TRUE(oracle.always(k, of_second ? second_is_false : first_is_false)) << said;
      } else if (issue.code == "LG202") {
        EXPECT_TRUE(oracle.always(k, of_second ? second_is_true : first_is_true)) << said;
      } else if (issue.code == "LG203") {
        EXPECT_TRUE(oracle.always(k, first_in_second) && oracle.always(k, second_in_first)) << said;
      } else if (issue.code == "LG204") {
        EXPECT_TRUE(oracle.always(k, of_second ? second_in_first : first_in_second)) << said;
      } else if (issue.code == "LG205") {
        EXPECT_TRUE(oracle.always(k, one_is_true)) << said;
      } else {
        EXPECT_TRUE(issue.code == "LG207" || issue.code == "LG208" || issue.code == "LG209")
            << said;
      }
      if (HasFailure()) return;
    }
  }
  for (const char* code : {"LG115", "LG201", "LG202", "LG203", "LG204", "LG205"}) {
    EXPECT_GT(told[code], 0) << code;
  }
}

TEST(ClaimsAboutConditions, OverlookNothingWhereEverythingCanBeLookedInto) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    Author author(seed, true);
    const std::vector<std::string> when = {author.formula(2), author.formula(1)};
    const std::string text = vocabulary(2, "f.a", "1") + rule("rr-01", when[0], "block") +
                             rule("rr-02", when[1], "block");
    const Oracle oracle("f.a", "1", when);
    const Loaded loaded = load({{"a.toml", text}}, {.advise = true});
    std::map<std::string, int> told;
    for (const Issue& issue : loaded.issues) ++told[issue.code];
    for (const Issue& issue : loaded.advice) ++told[issue.code];
    const int never = oracle.always(2, first_is_false) + oracle.always(2, second_is_false);
    EXPECT_EQ(told["LG115"], never) << text;
    if (never > 0) continue;
    const int always = oracle.always(2, first_is_true) + oracle.always(2, second_is_true);
    EXPECT_EQ(told["LG202"], always) << text;
    if (always > 0) continue;
    EXPECT_EQ(told["LG205"], int(oracle.always(2, one_is_true))) << text;
    const bool same = oracle.always(2, first_in_second) && oracle.always(2, second_in_first);
    EXPECT_EQ(told["LG203"], int(same)) << text;
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace lockgate::rules
