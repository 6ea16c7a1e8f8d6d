#include "rules/table_example.hpp"

#include <cmath>
#include <limits>
#include <vector>

namespace lockgate::rules {
namespace {

using Integers = std::numeric_limits<std::int64_t>;

constexpr double kTwoTo63 = 9223372036854775808.0;
constexpr double kMostMoney = 9e13;  // beyond it pence are not exact
constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kSecond = 1'000'000'000;

bool is_before(const cel::Value& a, const cel::Value& b) {
  return cel::compare(a, b) == cel::Order::less;
}

double to_double(const cel::Value& number) {
  if (number.is(cel::Kind::integer)) return static_cast<double>(number.as_int());
  if (number.is(cel::Kind::uinteger)) return static_cast<double>(number.as_uint());
  return number.as_double();
}

bool is_within(const Domain& domain, const cel::Value& value) {
  if (domain.kind != ColumnKind::number) return !value.is_error();
  if (value.is(cel::Kind::real) && !std::isfinite(value.as_double())) return false;
  if (domain.min && is_before(value, cel::Value::real(*domain.min))) return false;
  return !domain.max || !is_before(cel::Value::real(*domain.max), value);
}

// The whole number next to `from`, upwards or downwards, not `from` itself.
std::vector<cel::Value> whole_next_to(const cel::Value& from, bool up) {
  std::int64_t base = 0;
  if (from.is(cel::Kind::integer)) {
    base = from.as_int();
  } else {
    const double whole = up ? std::floor(to_double(from)) : std::ceil(to_double(from));
    if (whole >= kTwoTo63 && !up) return {cel::Value::integer(Integers::max())};
    if (whole < -kTwoTo63 && up) return {cel::Value::integer(Integers::min())};
    if (whole >= kTwoTo63 || whole < -kTwoTo63) return {};
    base = static_cast<std::int64_t>(whole);
  }
  if (base == (up ? Integers::max() : Integers::min())) return {};
  return {cel::Value::integer(up ? base + 1 : base - 1)};
}

std::vector<cel::Value> pence_next_to(const cel::Value& from, bool up) {
  std::vector<cel::Value> near;
  const double pence = std::round(to_double(from) * 100);
  for (int i = -2; i <= 2; ++i) {
    const double pounds = (pence + (up ? i : -i)) / 100;
    if (std::abs(pounds) <= kMostMoney) near.push_back(cel::Value::real(pounds));
  }
  return near;  // the first that lies on the right side is the nearest
}

std::vector<cel::Value> real_next_to(const cel::Value& from, bool up) {
  std::vector<cel::Value> near;
  for (const cel::Value& whole : whole_next_to(from, up)) {
    near.push_back(cel::Value::real(to_double(whole)));
  }
  const double same = to_double(from);
  near.push_back(cel::Value::real(same));
  near.push_back(cel::Value::real(std::nextafter(same, up ? HUGE_VAL : -HUGE_VAL)));
  return near;
}

std::vector<cel::Value> time_next_to(const Domain& domain, const cel::Value& from, bool up) {
  const std::int64_t seconds = from.seconds();
  const std::int32_t nanos = from.nanos();
  if (domain.grain == Grain::day) {
    const std::int64_t day = (seconds >= 0 ? seconds : seconds - kDay + 1) / kDay;
    const bool midnight = seconds == day * kDay && nanos == 0;
    const std::int64_t next = up ? day + 1 : midnight ? day - 1 : day;
    return {cel::Value::timestamp(next * kDay)};
  }
  const std::int32_t nano = nanos + (up ? 1 : -1);
  return {cel::Value::timestamp(seconds + (up ? 1 : -1), nanos),
          nano < 0          ? cel::Value::timestamp(seconds - 1, kSecond - 1)
          : nano == kSecond ? cel::Value::timestamp(seconds + 1, 0)
                            : cel::Value::timestamp(seconds, nano)};
}

std::vector<cel::Value> duration_next_to(const cel::Value& from, bool up) {
  std::vector<cel::Value> near;
  const std::int64_t nanos = from.nanoseconds();
  for (const std::int64_t step : {kSecond, std::int64_t{1}}) {
    const bool fits = up ? nanos <= Integers::max() - step : nanos >= Integers::min() + step;
    if (fits) near.push_back(cel::Value::duration(up ? nanos + step : nanos - step));
  }
  return near;
}

// Nice ones first; the nearest of the domain is always among them.
std::vector<cel::Value> next_to(const Domain& domain, const cel::Value& from, bool up) {
  if (domain.kind == ColumnKind::time) return time_next_to(domain, from, up);
  if (domain.kind == ColumnKind::duration) return duration_next_to(from, up);
  if (domain.grain == Grain::whole) return whole_next_to(from, up);
  return domain.grain == Grain::pence ? pence_next_to(from, up) : real_next_to(from, up);
}

cel::Value anything(const Domain& domain) {
  if (domain.kind == ColumnKind::time) return cel::Value::timestamp(1'767'225'600);  // 2026
  if (domain.kind == ColumnKind::duration) return cel::Value::duration(0);
  return domain.grain == Grain::whole ? cel::Value::integer(0) : cel::Value::real(0);
}

}  // namespace

cel::Value example_between(const Domain& domain, const cel::Value* low, const cel::Value* high) {
  std::vector<cel::Value> tries;
  if (low) {
    tries = next_to(domain, *low, true);
  } else if (high) {
    tries = next_to(domain, *high, false);
  } else {
    tries = {anything(domain)};
  }
  for (const cel::Value& each : tries) {
    if ((!low || is_before(*low, each)) && (!high || is_before(each, *high)) &&
        is_within(domain, each)) {
      return each;
    }
  }
  return cel::Value::null();
}

cel::Value example_at(const Domain& domain, const cel::Value& bound) {
  if (!is_within(domain, bound)) return cel::Value::null();
  if (domain.kind == ColumnKind::duration || domain.grain == Grain::nanosecond) return bound;
  if (domain.kind == ColumnKind::time) {
    return bound.seconds() % kDay == 0 && bound.nanos() == 0 ? bound : cel::Value::null();
  }
  const double number = to_double(bound);
  cel::Value value = cel::Value::real(number);
  if (domain.grain == Grain::pence) {
    value = cel::Value::real(std::round(number * 100) / 100);
    if (std::abs(number) > kMostMoney) return cel::Value::null();
  } else if (domain.grain == Grain::whole) {
    if (bound.is(cel::Kind::integer)) return bound;
    if (number != std::floor(number) || number < -kTwoTo63 || number >= kTwoTo63) {
      return cel::Value::null();
    }
    value = cel::Value::integer(static_cast<std::int64_t>(number));
  }
  return cel::compare(value, bound) == cel::Order::same ? value : cel::Value::null();
}

}  // namespace lockgate::rules
