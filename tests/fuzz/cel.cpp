// Any bytes as an expression over facts of every type: refused, or a value within
// its limits, and the short way gives the same one as the Plan.

#include <algorithm>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "rules/cel/checker.hpp"
#include "rules/cel/evaluator.hpp"
#include "rules/cel/parser.hpp"
#include "rules/cel/plan.hpp"
#include "rules/cel/program.hpp"
#include "tests/fuzz/finding.hpp"

namespace lockgate::fuzz {
namespace {

using cel::Kind;
using cel::Type;
using cel::Value;

const std::shared_ptr<const cel::Record>& person() {
  static const auto record = std::make_shared<const cel::Record>(std::vector<cel::Record::Field>{
      {"name", Kind::string},
      {"age", Kind::integer},
      {"paid", Kind::boolean, true},
      {"tags", Type::list(Kind::string), true},
  });
  return record;
}

const cel::Declarations& declarations() {
  static const cel::Declarations made = [] {
    cel::Declarations d;
    d.declare("b", Kind::boolean);
    d.declare("i", Kind::integer);
    d.declare("n.i", Kind::integer);
    d.declare("u", Kind::uinteger);
    d.declare("d", Kind::real);
    d.declare("s", Kind::string);
    d.declare("n.s", Kind::string);
    d.declare("t", Kind::timestamp);
    d.declare("w", Kind::duration);
    d.declare("is", Type::list(Kind::integer));
    d.declare("ss", Type::list(Kind::string));
    d.declare("m", Type::map(Kind::string, Kind::integer));
    d.declare("p", Type::record(person()));
    d.declare("ps", Type::list(Type::record(person())));
    d.declare("x", Kind::dyn);
    return d;
  }();
  return made;
}

Value random_value(const Type& type, Dice& dice) {
  constexpr std::int64_t integers[] = {0,
                                       1,
                                       -1,
                                       2,
                                       3,
                                       7,
                                       40,
                                       100,
                                       std::numeric_limits<std::int64_t>::max(),
                                       std::numeric_limits<std::int64_t>::min()};
  constexpr double reals[] = {0.0,
                              -0.0,
                              1.0,
                              1.5,
                              -2.5,
                              1e18,
                              1e308,
                              9007199254740993.0,
                              std::numeric_limits<double>::infinity(),
                              std::numeric_limits<double>::quiet_NaN()};
  constexpr std::string_view texts[] = {"",
                                        "a",
                                        "b",
                                        "ab",
                                        "a\xC3\xA9",
                                        "fourteen bytes",
                                        "fifteen bytes..",
                                        "a text that is longer than others"};
  switch (type.kind()) {
    case Kind::boolean:
      return Value::boolean(dice.one_in(2));
    case Kind::integer:
      return Value::integer(dice.any_of(integers));
    case Kind::uinteger:
      return Value::uinteger(static_cast<std::uint64_t>(dice.any_of(integers)));
    case Kind::real:
      return Value::real(dice.any_of(reals));
    case Kind::string:
      return dice.one_in(20) ? Value::string(std::string(3000, 'a'))
                             : Value::string(dice.any_of(texts));
    case Kind::timestamp:
      return Value::timestamp(
          dice.one_in(4) ? 253402300799 : 1790000000 + dice.any_of(integers) % 100,
          dice.one_in(2) ? 0 : 999'999'999);
    case Kind::duration:
      return Value::duration(dice.any_of(integers));
    case Kind::list: {
      std::vector<Value> elements;
      for (std::size_t n = dice.below(5); n > 0; --n) {
        elements.push_back(random_value(type.element(), dice));
      }
      return Value::list(std::move(elements));
    }
    case Kind::map: {
      if (!type.record()) {
        std::vector<Value::Entry> entries;
        if (dice.one_in(2)) {
          entries.emplace_back(Value::string("a"), random_value(type.element(), dice));
        }
        if (dice.one_in(2)) {
          entries.emplace_back(Value::string("fifteen bytes.."),
                               random_value(type.element(), dice));
        }
        return Value::map(std::move(entries));
      }
      const std::uint64_t left_out = dice.below(4);
      std::vector<Value> values;
      std::uint64_t bit = 1;
      for (const auto& field : type.record()->fields) {
        const bool out = field.optional && (left_out & bit) != 0;
        if (field.optional) bit <<= 1;
        if (!out) values.push_back(random_value(field.type, dice));
      }
      return Value::map(type.record()->shape(left_out), std::move(values));
    }
    default: {
      constexpr Kind kinds[] = {Kind::boolean, Kind::integer,   Kind::uinteger, Kind::real,
                                Kind::string,  Kind::timestamp, Kind::duration};
      return dice.one_in(4) ? Value::list({Value::integer(1), Value::string("a")})
                            : random_value(dice.any_of(kinds), dice);
    }
  }
}

// Now and then what is out of the ordinary.
std::vector<Value> random_values(Dice& dice) {
  std::vector<Value> values;
  const bool odd = dice.one_in(2);
  for (std::size_t slot = 0; slot < declarations().size(); ++slot) {
    if (odd && dice.one_in(6)) {
      values.push_back(Value::unknown(slot));
    } else if (odd && dice.one_in(10)) {
      values.push_back(Value::error("it failed"));
    } else if (odd && dice.one_in(20)) {
      values.push_back({});
    } else if (odd && dice.one_in(20)) {
      values.push_back(random_value(Kind::dyn, dice));
    } else {
      values.push_back(random_value(declarations().type(slot), dice));
    }
  }
  if (odd && dice.one_in(10)) values.resize(dice.below(values.size()));
  return values;
}

std::shared_ptr<const cel::Plan> plan_of(std::string_view source) {
  std::vector<cel::Diagnostic> mistakes;
  const cel::CompileOptions options;
  auto tree = cel::parse(source, options);
  if (!tree) return nullptr;
  const cel::Checked checked = cel::check(*tree, declarations(), options, mistakes);
  if (!mistakes.empty()) return nullptr;
  auto plan = cel::make_plan(*tree, checked, mistakes);
  return mistakes.empty() ? plan : nullptr;
}

// What shares its parts may be too large to be compared part by part.
bool is_small(const Value& value, std::size_t& left) {
  if (left == 0) return false;
  --left;
  const auto each = [&](std::span<const Value> parts) {
    return std::all_of(parts.begin(), parts.end(),
                       [&](const Value& part) { return is_small(part, left); });
  };
  if (value.is(Kind::map)) return each(value.as_map().values());
  return (!value.is(Kind::list) && !value.is(Kind::optional)) || each(value.as_list());
}

void expect_the_same_both_ways(const std::shared_ptr<const cel::Plan>& plan, Dice& dice) {
  const cel::Program program(plan);
  for (int round = 0; round < 4; ++round) {
    const std::vector<Value> values = random_values(dice);
    const cel::Limits limits{.cost = 100'000, .finite = dice.one_in(2)};
    std::uint64_t used = 0, left = limits.cost;
    const Value thorough = cel::evaluate(*plan, plan->root, values, limits, used);
    require(used <= limits.cost, "more steps than allowed");
    const Value quick = program.evaluate(values, limits, left);
    require(left <= limits.cost, "more is left than there was");
    std::size_t most = 10'000;
    if (!is_small(thorough, most) || !is_small(quick, most) || quick.identical(thorough)) continue;
    require(false, "`" + quick.text() + "` the short way, `" + thorough.text() + "` by the Plan, " +
                       std::to_string(limits.cost) + " steps");
  }
}

}  // namespace
}  // namespace lockgate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lockgate;
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  fuzz::Dice dice(source);
  const auto plan = fuzz::plan_of(source);
  const auto program = cel::compile(source, fuzz::declarations());
  fuzz::require(program.has_value() == (plan != nullptr), "compiled once in two");
  if (plan) {
    fuzz::expect_the_same_both_ways(plan, dice);
  } else {
    for (const cel::Diagnostic& mistake : program.error()) {
      fuzz::require(!mistake.message.empty() && mistake.offset <= size, "a mistake has no place");
    }
  }
  const auto unchecked = cel::compile(source, fuzz::declarations(), {.check = false});
  if (unchecked) unchecked->evaluate(fuzz::random_values(dice), {.cost = 20'000});
  return 0;
}
