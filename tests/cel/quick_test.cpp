// The short way gives what the Plan gives, and takes no memory.

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "rules/cel/checker.hpp"
#include "rules/cel/conditions.hpp"
#include "rules/cel/evaluator.hpp"
#include "rules/cel/parser.hpp"
#include "rules/cel/plan.hpp"
#include "rules/cel/program.hpp"
#include "tests/rules/counted_memory.hpp"

namespace lockgate::cel {
namespace {

const std::shared_ptr<const Record> kPerson =
    std::make_shared<const Record>(std::vector<Record::Field>{
        {"name", Kind::string},
        {"age", Kind::integer},
        {"paid", Kind::boolean, true},
        {"tags", Type::list(Kind::string), true},
    });

Declarations facts() {
  Declarations d;
  d.declare("b", Kind::boolean);
  d.declare("c", Kind::boolean);
  d.declare("i", Kind::integer);
  d.declare("j", Kind::integer);
  d.declare("u", Kind::uinteger);
  d.declare("d", Kind::real);
  d.declare("s", Kind::string);
  d.declare("z", Kind::string);
  d.declare("t", Kind::timestamp);
  d.declare("w", Kind::duration);
  d.declare("is", Type::list(Kind::integer));
  d.declare("ss", Type::list(Kind::string));
  d.declare("m", Type::map(Kind::string, Kind::integer));
  d.declare("p", Type::record(kPerson));
  d.declare("ps", Type::list(Type::record(kPerson)));
  d.declare("x", Kind::dyn);
  return d;
}

Value person(std::string_view name, std::int64_t age) {
  return Value::map(kPerson->shape(3), {Value::string(name), Value::integer(age)});
}

Value whole_person(std::string_view name, std::int64_t age, bool paid) {
  return Value::map(kPerson->shape(),
                    {Value::string(name), Value::integer(age), Value::boolean(paid),
                     Value::list({Value::string("a"), Value::string(name)})});
}

// By slot; everything is known and as declared.
std::vector<Value> plain_values() {
  return {Value::boolean(true),
          Value::boolean(false),
          Value::integer(7),
          Value::integer(-2),
          Value::uinteger(3),
          Value::real(2.5),
          Value::string("ab"),
          Value::string("a text that is longer than others"),
          Value::timestamp(1790000000, 5),
          Value::duration(3'600'000'000'000),
          Value::list({Value::integer(1), Value::integer(7), Value::integer(9)}),
          Value::list({Value::string("ab"), Value::string("a text that is longer than others")}),
          Value::map({{Value::string("ab"), Value::integer(7)}}),
          whole_person("ab", 40, true),
          Value::list({whole_person("ab", 40, false), person("c", 7),
                       person("a text that is longer than others", 3)}),
          Value::integer(7)};
}

// Those, and others in which one thing is out of the ordinary.
std::vector<std::vector<Value>> all_values() {
  std::vector<std::vector<Value>> all = {plain_values()};
  const std::vector<Value> plain = plain_values();
  for (std::size_t slot = 0; slot < plain.size(); ++slot) {
    for (const Value& odd :
         {Value::unknown(slot), Value::error("it failed"), Value::null(), Value::string("ab"),
          Value::integer(std::numeric_limits<std::int64_t>::max()),
          Value::integer(std::numeric_limits<std::int64_t>::min()), Value::real(0),
          Value::real(std::numeric_limits<double>::quiet_NaN()),
          Value::real(std::numeric_limits<double>::infinity()), Value::uinteger(7), Value::list({}),
          Value::map({}), Value::string(std::string(5000, 'a')),
          Value::list({Value::error("it failed"), Value::integer(7)}),
          Value::list({Value::unknown(slot), whole_person("ab", 40, true)}), person("ab", 40)}) {
      all.push_back(plain);
      all.back()[slot] = odd;
    }
  }
  std::vector<Value> none;
  for (std::size_t slot = 0; slot < plain.size(); ++slot) none.push_back(Value::unknown(slot));
  all.push_back(none);
  all.emplace_back();
  all.push_back(plain);
  all.back().resize(6);
  return all;
}

std::shared_ptr<const Plan> plan_of(const std::string& source) {
  const CompileOptions options;
  std::vector<Diagnostic> mistakes;
  const auto tree = parse(source, options);
  if (!tree) return nullptr;
  const Declarations declared = facts();
  const Checked checked = check(*tree, declared, options, mistakes);
  auto plan = make_plan(*tree, checked, mistakes);
  return mistakes.empty() ? plan : nullptr;
}

void expect_the_same(const Plan& plan, const Program& program, std::span<const Value> values,
                     const Limits& limits) {
  std::uint64_t used = 0, left = limits.cost;
  const Value thorough = evaluate(plan, plan.root, values, limits, used);
  const Value quick = program.evaluate(values, limits, left);
  ASSERT_TRUE(quick.identical(thorough)) << quick.text() << " the short way, " << thorough.text()
                                         << " by the Plan, within " << limits.cost << " steps";
  ASSERT_LE(left, limits.cost);
}

// Conditions of two operands over what is there of each type.
std::vector<std::string> expressions() {
  std::vector<std::string> all = {
      "b",
      "!b",
      "-i < j",
      "-d < 0.0",
      "b ? i > 3 : j > 3",
      "(b ? i : j) > 3",
      "(c ? d : d * 2.0) > 3.0",
      "(b ? s : z) == \"ab\"",
      "(b ? p : ps[0]).age > 3",
      "b && c || !b && i > 3",
      "b || c || i / 0 == 1",
      "c && i / 0 == 1",
      "i / 0 == 1 || b",
      "x == 7",
      "x > 3",
      "x == \"ab\" || b",
      "u == 3u",
      "u > 2u && u + 1u < 9u",
      "dyn(i) == dyn(d)",
      "i in [1, 2, 7]",
      "i in is",
      "d in [1.0, 2.5]",
      "d in [1, 2]",
      "s in [\"a\", \"ab\"]",
      "z in [\"a\", \"a text that is longer than others\"]",
      "s in ss",
      "z in ss",
      "s in m",
      "z in m",
      "x in is",
      "p in ps",
      "i in m",
      "s.startsWith(\"a\")",
      "z.startsWith(s)",
      "z.endsWith(\"others\")",
      "z.contains(\"longer\") && !s.contains(z)",
      "s.matches(\"^[a-z]+$\")",
      "p.name.matches(\"b\")",
      "s.matches(z)",
      "size(s) > 1",
      "size(z) + size(ss) + size(m) > 3",
      "size(p) == 4",
      "m[\"ab\"] > 3",
      "m[s] == i",
      "m[z] == i",
      "m.ab == 7",
      "m.nosuch == 7",
      "has(m.ab) && has(m.nosuch)",
      "is[0] == 1",
      "is[i] == 1",
      "is[j] == 1",
      "ss[1] == z",
      "p.name == s && p.age >= 40",
      "p.paid",
      "has(p.paid) && p.paid",
      "has(p.tags) ? size(p.tags) > 1 : c",
      "p.tags.exists(e, e == s)",
      "p == ps[0]",
      "p != {\"name\": s}",
      "p.?paid.orValue(c)",
      "ps[0].age + ps[1].age > p.age",
      "ps.exists(e, e.age == 7)",
      "ps.exists(e, e.paid)",
      "ps.exists(e, has(e.paid) && !e.paid)",
      "ps.all(e, e.age > 2 && e.name != \"\")",
      "ps.all(e, e.tags.all(g, g.startsWith(\"a\")))",
      "ps.exists_one(e, e.name == z)",
      "ps.map(e, e.age).exists(a, a == 7)",
      "ps.map(e, e.name).all(n, n in ss)",
      "ps.map(e, e.age + 1).exists(a, a == 8)",
      "ps.filter(e, e.age > 5).exists(e, e.name == s)",
      "size(ps.filter(e, e.age > 5)) == 2",
      "ps.filter(e, e.age > 5).size() == 2 && b",
      "size(ps.filter(e, has(e.paid))) + i",
      "is.exists(e, is.exists(f, f > e && f == 9))",
      "is.all(e, e / (e - 7) >= 0)",
      "is.exists(e, e / (e - 7) < 0)",
      "m.exists(k, k == s)",
      "m.all(k, m[k] > 3)",
      "is.exists(k, v, v == 9 && k == 2)",
      "t > timestamp(\"2026-01-01T00:00:00Z\")",
      "timestamp(t) == t",
      "t - timestamp(\"2026-01-01T00:00:00Z\") > w",
      "t.getFullYear() == 2026 && t.getDayOfWeek() != 3",
      "t.getHours(\"Europe/London\") < 24",
      "w > duration(\"30m\") && w.getMinutes() == 60",
      "t + w > t",
      "cel.bind(v, i + j, v * v > 20)",
      "i",
      "i * j + 3",
      "i % j - i / j",
      "d",
      "d / 2.0 - d * d",
      "w",
      "s",
      "s + z",
      "p",
      "[i, j]",
      "has(p.paid)",
      "type(i) == int",
      "int(s) == 3 || b",
      "optional.of(i).hasValue()",
      "true",
      "1 / 0 == 1",
      "[1, 2].exists(e, e == i) || [true].exists(e, e == b)",
      "[[1, 7], [2]].exists(l, i in l)",
      "[p, {\"name\": \"x\"}].exists(e, e.name == \"x\")",
  };
  for (const char* op : {"==", "!=", "<", "<=", ">", ">="}) {
    for (const char* pair :
         {"i #7",         "i #j",           "7 #i",
          "i + 1 #j * 2", "d #2.5",         "d #d * 1.0",
          "s #\"ab\"",    "s #z",           "z #\"a text that is longer than others\"",
          "b #c",         "t #t",           "w #duration(\"1h\")",
          "p.age #40",    "p.name #\"ab\"", "p.age #ps[1].age",
          "u #3u",        "x #7",           "x #x",
          "size(z) #33",  "i #dyn(d)",      "is[0] #1"}) {
      std::string source = pair;
      source.replace(source.find('#'), 1, std::string(op) + ' ');
      all.push_back(source);
      all.push_back("b && " + source);
    }
  }
  for (const char* op : {"+", "-", "*", "/", "%"}) {
    for (const char* pair : {"i #j > 3", "i #2 == 5", "is[0] #i != j", "p.age #i < 3"}) {
      std::string source = pair;
      source.replace(source.find('#'), 1, std::string(op) + ' ');
      all.push_back(source);
    }
  }
  return all;
}

TEST(Quick, GivesWhatThePlanGives) {
  const std::vector<std::vector<Value>> all = all_values();
  std::size_t compiled = 0, short_ways = 0;
  for (const std::string& source : expressions()) {
    SCOPED_TRACE(source);
    const auto plan = plan_of(source);
    if (!plan) continue;  // `b < c` and the like
    ++compiled;
    short_ways += plan->quick != nullptr;
    const Program program(plan);
    for (const std::vector<Value>& values : all) {
      for (const bool finite : {false, true}) {
        expect_the_same(*plan, program, values, {.cost = 100'000, .finite = finite});
      }
    }
  }
  EXPECT_GT(compiled, 300u);
  EXPECT_GT(short_ways, 200u);
}

TEST(Quick, GivesWhatThePlanGivesWhereverTheStepsEnd) {
  const std::vector<Value> plain = plain_values();
  for (const std::string& source : expressions()) {
    SCOPED_TRACE(source);
    const auto plan = plan_of(source);
    if (!plan) continue;
    const Program program(plan);
    for (std::uint64_t cost = 0; cost < 80; ++cost) {
      expect_the_same(*plan, program, plain, {.cost = cost});
    }
  }
}

TEST(Conditions, HoldWhereTheirProgramsDo) {
  std::vector<Program> programs;
  for (const std::string& source : expressions()) {
    if (const auto plan = plan_of(source)) programs.emplace_back(plan);
  }
  std::vector<const Program*> pointers;
  for (const Program& program : programs) pointers.push_back(&program);
  Conditions conditions(pointers);
  std::size_t answered = 0;
  const auto expect_the_same = [&](std::span<const Value> values, std::uint64_t cost) {
    for (std::size_t i = 0; i < programs.size(); ++i) {
      std::uint64_t left = cost, left_by_program = cost;
      const auto holds = conditions.holds(i, values, {.cost = cost}, left);
      const Value value = programs[i].evaluate(values, {.cost = cost}, left_by_program);
      if (!holds) {
        ASSERT_EQ(left, cost);
        continue;
      }
      ++answered;
      ASSERT_TRUE(value.identical(Value::boolean(*holds))) << i << ": " << value.text();
      ASSERT_EQ(left, left_by_program);
    }
  };
  for (const std::vector<Value>& values : all_values()) expect_the_same(values, 100'000);
  for (std::uint64_t cost = 0; cost < 80; ++cost) expect_the_same(plain_values(), cost);
  EXPECT_GT(answered, 10'000u);

  std::uint64_t left = 1'000;
  const Program holds(plan_of("i == i")), fails(plan_of("i != i"));
  conditions.replace(0, holds);
  EXPECT_EQ(conditions.holds(0, plain_values(), {}, left), true);
  conditions.replace(0, fails);
  EXPECT_EQ(conditions.holds(0, plain_values(), {}, left), false);
}

TEST(Quick, TakesNoMemoryForARuleOverPlainValues) {
  const std::vector<Value> values = plain_values();
  for (const char* source : {
           "b && i > 3 || d * 2.0 < 1.5 && !c",
           "i * j + 3 < i % 4 - j / 2",
           "s == \"ab\" && z != s && z == \"a text that is longer than others\"",
           "s in [\"a\", \"ab\"] && i in [1, 2, 7] && !(s in [])",
           "z in [\"a\", \"a text that is longer than others\"] && s in ss && i in is",
           "s.startsWith(\"a\") && z.endsWith(\"others\") && z.contains(\"longer\")",
           "s.matches(\"^[a-z]+$\")",
           "size(ps.filter(e, e.age > 5)) == 2 && size(z) > 3",
           "ps.exists(e, e.age == 7) && ps.all(e, e.name != \"\")",
           "ps.exists_one(e, e.age == 7) && ps.map(e, e.age).exists(a, a == 7)",
           "p.age > 3 && has(p.paid) && p.paid && m[\"ab\"] > 3",
           "t > timestamp(\"2026-01-01T00:00:00Z\") && t - t < w && t.getFullYear() == 2026",
           "(b ? i : j) > 3 && (b ? s : z) == \"ab\"",
       }) {
    SCOPED_TRACE(source);
    const auto program = compile(source, facts());
    ASSERT_TRUE(program.has_value()) << program.error().front().message;
    EXPECT_TRUE(program->evaluate(values).is_true());  // RE2 makes what it needs once
    const MemoryPeak peak;
    for (int times = 0; times < 3; ++times) program->evaluate(values);
    EXPECT_EQ(peak.bytes(), 0u);
  }
}

TEST(CountedMemory, SeesWhatTakesSome) {
  const auto program = compile("s + z + s", facts());
  ASSERT_TRUE(program.has_value());
  const MemoryPeak peak;
  program->evaluate(plain_values());
  EXPECT_GT(peak.bytes(), 0u);
}

}  // namespace
}  // namespace lockgate::cel
