#include "rules/checks/numbers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lockgate::rules {
namespace {

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

double as_double(const cel::Value& value) {
  if (value.is(cel::Kind::integer)) return static_cast<double>(value.as_int());
  if (value.is(cel::Kind::uinteger)) return static_cast<double>(value.as_uint());
  return value.as_double();
}

// The nearest integer at or below; at the ends where it is beyond them.
std::int64_t at_or_below(double number) {
  constexpr double kEnd = 9223372036854775808.0;
  if (number >= kEnd) return kMost;
  if (number < -kEnd) return kLeast;
  return static_cast<std::int64_t>(std::floor(number));
}

std::int64_t at_or_below(const cel::Value& value) {
  if (value.is(cel::Kind::integer)) return value.as_int();
  if (value.is(cel::Kind::uinteger)) {
    return static_cast<std::int64_t>(
        std::min<std::uint64_t>(value.as_uint(), static_cast<std::uint64_t>(kMost)));
  }
  return at_or_below(value.as_double());
}

// The integers next to each constant on both sides, and the ends.
std::vector<std::int64_t> integers(const std::vector<cel::Value>& constants) {
  std::vector<std::int64_t> found;
  for (const cel::Value& constant : constants) {
    const std::int64_t below = at_or_below(constant);
    found.push_back(below);
    if (below > kLeast) found.push_back(below - 1);
    if (below < kMost) found.push_back(below + 1);
  }
  found.insert(found.end(), {0, kLeast, kMost});
  return found;
}

// Each constant, its neighbours, and nicer numbers near it.
std::vector<double> reals(const std::vector<cel::Value>& constants) {
  constexpr double kEnd = std::numeric_limits<double>::max();
  std::vector<double> found;
  for (const cel::Value& constant : constants) {
    const double number = as_double(constant);
    found.insert(found.end(), {number, number - 1, number + 1});
  }
  for (const cel::Value& constant : constants) {
    const double number = as_double(constant);
    found.insert(found.end(), {std::nextafter(number, -kEnd), std::nextafter(number, kEnd)});
  }
  found.insert(found.end(), {0, -kEnd, kEnd});
  return found;
}

// Pounds, exact to the penny.
std::vector<double> pounds(const std::vector<cel::Value>& constants) {
  constexpr double kEnd = 9e13;  // as far as a fact that is money goes
  std::vector<double> found;
  for (const cel::Value& constant : constants) {
    const double number = as_double(constant);
    if (std::abs(number) > kEnd) continue;
    const double pence = std::floor(number * 100);
    for (const int more : {0, 1, -1, 2}) found.push_back((pence + more) / 100);
  }
  found.insert(found.end(), {0, -kEnd, kEnd});
  return found;
}

}  // namespace

std::vector<cel::Value> values_around(const FactDeclaration& fact,
                                      const std::vector<cel::Value>& constants) {
  std::vector<FactValue> tried;
  std::vector<cel::Value> ends;
  if (fact.min) ends.push_back(cel::Value::real(*fact.min));
  if (fact.max) ends.push_back(cel::Value::real(*fact.max));
  std::vector<cel::Value> all = constants;
  if (fact.type != FactType::string) all.insert(all.end(), ends.begin(), ends.end());
  if (fact.type == FactType::integer) {
    for (const std::int64_t each : integers(all)) tried.emplace_back(each);
  } else if (fact.type == FactType::real) {
    for (const double each : reals(all)) tried.emplace_back(each);
  } else if (fact.type == FactType::money) {
    for (const double each : pounds(all)) tried.emplace_back(each);
  } else {
    std::string other = "something else";
    for (const cel::Value& each : constants) {
      const std::string_view text = each.as_string();
      tried.emplace_back(std::string(text));
      if (text.size() >= other.size()) other = std::string(text) + "?";
    }
    tried.emplace_back(other);
  }
  std::vector<cel::Value> values;
  for (const FactValue& each : tried) {
    auto value = to_cel(fact, each);
    if (!value) continue;
    const bool there = std::any_of(values.begin(), values.end(), [&](const cel::Value& other) {
      return other.identical(*value);
    });
    if (!there) values.push_back(*std::move(value));
  }
  return values;
}

std::vector<cel::Value> numbers_around(cel::Kind kind, const std::vector<cel::Value>& constants) {
  std::vector<cel::Value> values;
  if (kind == cel::Kind::integer) {
    for (const std::int64_t each : integers(constants)) values.push_back(cel::Value::integer(each));
  } else {
    for (const double each : reals(constants)) values.push_back(cel::Value::real(each));
    values.push_back(cel::Value::real(std::numeric_limits<double>::quiet_NaN()));
    values.push_back(cel::Value::real(std::numeric_limits<double>::infinity()));
    values.push_back(cel::Value::real(-std::numeric_limits<double>::infinity()));
  }
  return values;
}

}  // namespace lockgate::rules
