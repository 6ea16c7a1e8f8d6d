#include "rules/cel/functions.hpp"

#include <cmath>
#include <limits>

namespace lockgate::cel {

Value arithmetic(Fn fn, const Value& a, const Value& b, Arguments arguments) {
  if (a.kind() != b.kind()) return no_overload(fn, arguments);
  if (a.is(Kind::integer)) {
    const std::int64_t x = a.as_int(), y = b.as_int();
    std::int64_t out = 0;
    bool over = false;
    if (fn == Fn::add) over = __builtin_add_overflow(x, y, &out);
    if (fn == Fn::subtract) over = __builtin_sub_overflow(x, y, &out);
    if (fn == Fn::multiply) over = __builtin_mul_overflow(x, y, &out);
    if (fn == Fn::divide || fn == Fn::modulo) {
      if (y == 0) return Value::error("division by zero");
      over = x == std::numeric_limits<std::int64_t>::min() && y == -1;
      if (!over) out = fn == Fn::divide ? x / y : x % y;
    }
    return over ? out_of_range() : Value::integer(out);
  }
  if (a.is(Kind::uinteger)) {
    const std::uint64_t x = a.as_uint(), y = b.as_uint();
    std::uint64_t out = 0;
    bool over = false;
    if (fn == Fn::add) over = __builtin_add_overflow(x, y, &out);
    if (fn == Fn::subtract) over = __builtin_sub_overflow(x, y, &out);
    if (fn == Fn::multiply) over = __builtin_mul_overflow(x, y, &out);
    if (fn == Fn::divide || fn == Fn::modulo) {
      if (y == 0) return Value::error("division by zero");
      out = fn == Fn::divide ? x / y : x % y;
    }
    return over ? out_of_range() : Value::uinteger(out);
  }
  if (!a.is(Kind::real) || fn == Fn::modulo) return no_overload(fn, arguments);
  const double x = a.as_double(), y = b.as_double();
  if (fn == Fn::add) return Value::real(x + y);
  if (fn == Fn::subtract) return Value::real(x - y);
  if (fn == Fn::multiply) return Value::real(x * y);
  if (y != 0) return Value::real(x / y);
  if (x == 0 || std::isnan(x)) return Value::real(std::numeric_limits<double>::quiet_NaN());
  return Value::real(std::copysign(std::numeric_limits<double>::infinity(),
                                   std::signbit(x) == std::signbit(y) ? 1.0 : -1.0));
}

Value negated(const Value& v, Arguments arguments) {
  if (v.is(Kind::real)) return Value::real(-v.as_double());
  if (!v.is(Kind::integer)) return no_overload(Fn::negate, arguments);
  return v.as_int() == std::numeric_limits<std::int64_t>::min() ? out_of_range()
                                                                : Value::integer(-v.as_int());
}

}  // namespace lockgate::cel
