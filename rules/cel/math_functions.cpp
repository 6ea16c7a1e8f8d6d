#include <cmath>
#include <limits>

#include "rules/cel/libraries.hpp"

namespace lockgate::cel {
namespace {

using K = Kind;

bool is_number(Kind kind) { return kind == K::integer || kind == K::uinteger || kind == K::real; }

bool is_nan(const Value& v) { return v.is(K::real) && std::isnan(v.as_double()); }

// Whether `b` takes the place of `a`: of equals the first stays, and NaN stays.
bool beats(Fn fn, const Value& b, const Value& a) {
  if (is_nan(a) || is_nan(b)) return !is_nan(a);
  return compare(b, a) == (fn == Fn::greatest ? Order::greater : Order::less);
}

Value extreme(Fn fn, Arguments arguments, std::uint64_t& left) {
  const Value* best = nullptr;
  bool numbers = true;
  const auto consider = [&](const Value& v) {
    numbers = numbers && is_number(v.kind());
    if (numbers && (!best || beats(fn, v, *best))) best = &v;
  };
  if (arguments.size() == 1 && arguments[0]->is(K::list)) {
    const std::span<const Value> list = arguments[0]->as_list();
    if (!charge(left, list.size())) return too_costly();
    for (const Value& each : list) consider(each);
  } else {
    for (const Value* each : arguments) consider(*each);
  }
  if (!numbers) {
    return Value::error("no such overload: `" + std::string(written(fn)) + "` takes only numbers");
  }
  return best ? *best : Value::error("`" + std::string(written(fn)) + "` of an empty list");
}

Value of_double(Fn fn, double d) {
  switch (fn) {
    case Fn::ceil:
      return Value::real(std::ceil(d));
    case Fn::floor:
      return Value::real(std::floor(d));
    case Fn::round:
      return Value::real(std::round(d));
    case Fn::truncate:
      return Value::real(std::trunc(d));
    case Fn::is_nan:
      return Value::boolean(std::isnan(d));
    case Fn::is_infinite:
      return Value::boolean(std::isinf(d));
    default:
      return Value::boolean(std::isfinite(d));
  }
}

Value absolute(const Value& v) {
  if (v.is(K::uinteger)) return v;
  if (v.is(K::real)) return Value::real(std::fabs(v.as_double()));
  const std::int64_t i = v.as_int();
  if (i == std::numeric_limits<std::int64_t>::min()) return out_of_range();
  return Value::integer(i < 0 ? -i : i);
}

Value sign(const Value& v) {
  if (v.is(K::uinteger)) return Value::uinteger(v.as_uint() > 0 ? 1 : 0);
  if (v.is(K::integer)) return Value::integer((v.as_int() > 0) - (v.as_int() < 0));
  const double d = v.as_double();
  return std::isnan(d) ? v : Value::real((d > 0) - (d < 0));
}

Value square_root(const Value& v) {
  if (v.is(K::integer)) return Value::real(std::sqrt(static_cast<double>(v.as_int())));
  if (v.is(K::uinteger)) return Value::real(std::sqrt(static_cast<double>(v.as_uint())));
  return Value::real(std::sqrt(v.as_double()));
}

// Both kinds of whole number are worked on as 64 bits.
std::uint64_t bits_of(const Value& v) {
  return v.is(K::integer) ? static_cast<std::uint64_t>(v.as_int()) : v.as_uint();
}

Value from_bits(const Value& like, std::uint64_t bits) {
  return like.is(K::integer) ? Value::integer(static_cast<std::int64_t>(bits))
                             : Value::uinteger(bits);
}

Value bitwise(Fn fn, Arguments arguments) {
  const Value& a = *arguments[0];
  const Value& b = arguments.size() > 1 ? *arguments[1] : a;
  const bool shifts = fn == Fn::shift_left || fn == Fn::shift_right;
  const bool whole = a.is(K::integer) || a.is(K::uinteger);
  if (!whole || (shifts ? !b.is(K::integer) : b.kind() != a.kind())) {
    return no_overload(fn, arguments);
  }
  const std::uint64_t x = bits_of(a), y = bits_of(b);
  switch (fn) {
    case Fn::bit_and:
      return from_bits(a, x & y);
    case Fn::bit_or:
      return from_bits(a, x | y);
    case Fn::bit_xor:
      return from_bits(a, x ^ y);
    case Fn::bit_not:
      return from_bits(a, ~x);
    default:
      break;
  }
  if (b.as_int() < 0) {
    return Value::error("`" + std::string(written(fn)) + "` by a negative number of bits");
  }
  if (b.as_int() >= 64) return from_bits(a, 0);
  return from_bits(a, fn == Fn::shift_left ? x << b.as_int() : x >> b.as_int());
}

std::optional<Type> type_of_extreme(std::span<const Type> types) {
  if (types.size() == 1 && types[0].kind() == K::list) {
    const Type element = types[0].element();
    if (!element.is_dyn() && !is_number(element.kind())) return std::nullopt;
    return element;
  }
  Type result = types[0];
  for (const Type& type : types) {
    if (!type.is_dyn() && !is_number(type.kind())) return std::nullopt;
    result = join(result, type);
  }
  return result;
}

}  // namespace

void add_math_signatures(std::vector<Signature>& table) {
  const auto add = [&](std::string_view name, Fn fn, std::vector<Type> parameters, Kind result) {
    table.push_back({name, fn, false, std::move(parameters), result});
  };
  table.push_back({"math.greatest", Fn::greatest, false, {K::dyn}, K::dyn, true, type_of_extreme});
  table.push_back({"math.least", Fn::least, false, {K::dyn}, K::dyn, true, type_of_extreme});
  add("math.ceil", Fn::ceil, {K::real}, K::real);
  add("math.floor", Fn::floor, {K::real}, K::real);
  add("math.round", Fn::round, {K::real}, K::real);
  add("math.trunc", Fn::truncate, {K::real}, K::real);
  for (K k : {K::integer, K::uinteger, K::real}) {
    add("math.abs", Fn::absolute, {k}, k);
    add("math.sign", Fn::sign, {k}, k);
    add("math.sqrt", Fn::square_root, {k}, K::real);
  }
  add("math.isNaN", Fn::is_nan, {K::real}, K::boolean);
  add("math.isInf", Fn::is_infinite, {K::real}, K::boolean);
  add("math.isFinite", Fn::is_finite, {K::real}, K::boolean);
  for (K k : {K::integer, K::uinteger}) {
    add("math.bitAnd", Fn::bit_and, {k, k}, k);
    add("math.bitOr", Fn::bit_or, {k, k}, k);
    add("math.bitXor", Fn::bit_xor, {k, k}, k);
    add("math.bitNot", Fn::bit_not, {k}, k);
    add("math.bitShiftLeft", Fn::shift_left, {k, K::integer}, k);
    add("math.bitShiftRight", Fn::shift_right, {k, K::integer}, k);
  }
}

Value apply_math(Fn fn, Arguments arguments, std::uint64_t& left) {
  const Value& v = *arguments[0];
  switch (fn) {
    case Fn::greatest:
    case Fn::least:
      return extreme(fn, arguments, left);
    case Fn::absolute:
      return is_number(v.kind()) ? absolute(v) : no_overload(fn, arguments);
    case Fn::sign:
      return is_number(v.kind()) ? sign(v) : no_overload(fn, arguments);
    case Fn::square_root:
      return is_number(v.kind()) ? square_root(v) : no_overload(fn, arguments);
    default:
      if (fn >= Fn::bit_and) return bitwise(fn, arguments);
      return v.is(K::real) ? of_double(fn, v.as_double()) : no_overload(fn, arguments);
  }
}

}  // namespace lockgate::cel
