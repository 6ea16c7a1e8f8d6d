#include <algorithm>
#include <cmath>

#include "rules/cel/compare.hpp"

namespace lockgate::cel {
namespace {

template <class T>
Order order_of(const T& a, const T& b) {
  return a < b ? Order::less : b < a ? Order::greater : Order::same;
}

Order order_of_doubles(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return Order::unordered;
  return order_of(a, b);
}

bool is_number(Kind kind) {
  return kind == Kind::integer || kind == Kind::uinteger || kind == Kind::real;
}

double to_double(const Value& v) {
  if (v.is(Kind::integer)) return static_cast<double>(v.as_int());
  if (v.is(Kind::uinteger)) return static_cast<double>(v.as_uint());
  return v.as_double();
}

Order compare_numbers(const Value& a, const Value& b) {
  if (a.is(Kind::integer) && b.is(Kind::integer)) return order_of(a.as_int(), b.as_int());
  if (a.is(Kind::uinteger) && b.is(Kind::uinteger)) return order_of(a.as_uint(), b.as_uint());
  if (a.is(Kind::real) || b.is(Kind::real)) return order_of_doubles(to_double(a), to_double(b));
  if (a.is(Kind::integer)) {
    return a.as_int() < 0 ? Order::less
                          : order_of(static_cast<std::uint64_t>(a.as_int()), b.as_uint());
  }
  return b.as_int() < 0 ? Order::greater
                        : order_of(a.as_uint(), static_cast<std::uint64_t>(b.as_int()));
}

}  // namespace

bool is_key(const Value& v) {
  return v.is(Kind::boolean) || v.is(Kind::integer) || v.is(Kind::uinteger) || v.is(Kind::string);
}

// Truths, then numbers, then text.
Order compare_keys(const Value& a, const Value& b) {
  const auto rank = [](const Value& v) {
    return v.is(Kind::boolean) ? 0 : is_number(v.kind()) ? 1 : 2;
  };
  const int rank_a = rank(a), rank_b = rank(b);
  if (rank_a != rank_b) return order_of(rank_a, rank_b);
  if (rank_a == 0) return order_of(a.as_bool(), b.as_bool());
  if (rank_a == 1) return compare_numbers(a, b);
  return order_of(a.as_string(), b.as_string());
}

bool equal(const Value& a, const Value& b, std::uint64_t& left) {
  if (left == 0) return false;
  --left;
  if (is_number(a.kind()) && is_number(b.kind())) return compare_numbers(a, b) == Order::same;
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::null:
      return true;
    case Kind::boolean:
      return a.as_bool() == b.as_bool();
    case Kind::string:
    case Kind::bytes:
    case Kind::type:
    case Kind::ip:
    case Kind::cidr:
      left -=
          std::min<std::uint64_t>(left, std::min(a.as_string().size(), b.as_string().size()) / 64);
      return a.as_string() == b.as_string();
    case Kind::list:
    case Kind::optional:
      return std::equal(a.as_list().begin(), a.as_list().end(), b.as_list().begin(),
                        b.as_list().end(),
                        [&](const Value& x, const Value& y) { return equal(x, y, left); });
    case Kind::map:
      return a.as_map().size() == b.as_map().size() &&
             std::all_of(a.as_map().entries().begin(), a.as_map().entries().end(),
                         [&](const Map::Entry& e) {
                           const Value* found = b.as_map().find(e.first);
                           return found && equal(e.second, *found, left);
                         });
    case Kind::timestamp:
      return a.seconds() == b.seconds() && a.nanos() == b.nanos();
    case Kind::duration:
      return a.nanoseconds() == b.nanoseconds();
    default:
      return false;
  }
}

bool equal(const Value& a, const Value& b) {
  std::uint64_t left = ~std::uint64_t{0};
  return equal(a, b, left);
}

Order compare(const Value& a, const Value& b) {
  if (is_number(a.kind()) && is_number(b.kind())) return compare_numbers(a, b);
  if (a.kind() != b.kind()) return Order::incomparable;
  switch (a.kind()) {
    case Kind::boolean:
      return order_of(a.as_bool(), b.as_bool());
    case Kind::string:
    case Kind::bytes:
      return order_of(a.as_string(), b.as_string());
    case Kind::timestamp:
      return order_of(std::pair(a.seconds(), a.nanos()), std::pair(b.seconds(), b.nanos()));
    case Kind::duration:
      return order_of(a.nanoseconds(), b.nanoseconds());
    default:
      return Order::incomparable;
  }
}

bool Value::identical(const Value& other) const {
  if (kind() != other.kind()) return false;
  switch (kind()) {
    case Kind::real:
      return as_double() == other.as_double() ||
             (std::isnan(as_double()) && std::isnan(other.as_double()));
    case Kind::list:
    case Kind::optional:
      return std::equal(as_list().begin(), as_list().end(), other.as_list().begin(),
                        other.as_list().end(),
                        [](const Value& a, const Value& b) { return a.identical(b); });
    case Kind::map:
      return as_map().size() == other.as_map().size() &&
             std::all_of(as_map().entries().begin(), as_map().entries().end(),
                         [&](const Map::Entry& e) {
                           const Value* found = other.as_map().find(e.first);
                           return found && found->identical(e.second);
                         });
    case Kind::error:
      return message() == other.message();
    case Kind::unknown:
      return std::equal(waits_for().begin(), waits_for().end(), other.waits_for().begin(),
                        other.waits_for().end());
    default:
      return equal(*this, other);
  }
}

}  // namespace lockgate::cel
