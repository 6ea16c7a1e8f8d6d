#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "rules/cel/libraries.hpp"

namespace lockgate::cel {
namespace {

template <class Number>
bool read_number(std::string_view text, Number& out) {
  const char* begin = text.data();
  const char* end = begin + text.size();
  if (text.size() > 1 && *begin == '+' && begin[1] != '-') ++begin;
  const auto read = std::from_chars(begin, end, out);
  return read.ec == std::errc() && read.ptr == end;
}

Value to_int(const Value& v, Arguments arguments) {
  std::int64_t i = 0;
  switch (v.kind()) {
    case Kind::integer:
      return v;
    case Kind::uinteger:
      return v.as_uint() > std::numeric_limits<std::int64_t>::max()
                 ? out_of_range()
                 : Value::integer(static_cast<std::int64_t>(v.as_uint()));
    case Kind::real:
      return v.as_double() > -0x1p63 && v.as_double() < 0x1p63
                 ? Value::integer(static_cast<std::int64_t>(v.as_double()))
                 : out_of_range();
    case Kind::string:
      return read_number(v.as_string(), i) ? Value::integer(i)
                                           : Value::error("the text is not a whole number");
    case Kind::timestamp:
      return Value::integer(v.seconds());
    default:
      return no_overload(Fn::to_int, arguments);
  }
}

Value to_uint(const Value& v, Arguments arguments) {
  std::uint64_t u = 0;
  switch (v.kind()) {
    case Kind::uinteger:
      return v;
    case Kind::integer:
      return v.as_int() < 0 ? out_of_range()
                            : Value::uinteger(static_cast<std::uint64_t>(v.as_int()));
    case Kind::real:
      return v.as_double() > -1 && v.as_double() < 0x1p64 && !(v.as_double() < 0)
                 ? Value::uinteger(static_cast<std::uint64_t>(v.as_double()))
                 : out_of_range();
    case Kind::string:
      return read_number(v.as_string(), u) ? Value::uinteger(u)
                                           : Value::error("the text is not a whole number");
    default:
      return no_overload(Fn::to_uint, arguments);
  }
}

Value to_double(const Value& v, Arguments arguments) {
  double d = 0;
  switch (v.kind()) {
    case Kind::real:
      return v;
    case Kind::integer:
      return Value::real(static_cast<double>(v.as_int()));
    case Kind::uinteger:
      return Value::real(static_cast<double>(v.as_uint()));
    case Kind::string:
      return read_number(v.as_string(), d) ? Value::real(d)
                                           : Value::error("the text is not a number");
    default:
      return no_overload(Fn::to_double, arguments);
  }
}

Value to_bool(const Value& v, Arguments arguments) {
  if (v.is(Kind::boolean)) return v;
  if (!v.is(Kind::string)) return no_overload(Fn::to_bool, arguments);
  static constexpr std::array<std::string_view, 5> yes = {"1", "t", "true", "TRUE", "True"};
  static constexpr std::array<std::string_view, 5> no = {"0", "f", "false", "FALSE", "False"};
  if (std::find(yes.begin(), yes.end(), v.as_string()) != yes.end()) return Value::boolean(true);
  if (std::find(no.begin(), no.end(), v.as_string()) != no.end()) return Value::boolean(false);
  return Value::error("the text is neither true nor false");
}

Value to_string(const Value& v, Arguments arguments) {
  switch (v.kind()) {
    case Kind::string:
      return v;
    case Kind::bytes:
      return valid_utf8(v.as_string()) ? Value::string(v.as_string())
                                       : Value::error("the bytes are not valid UTF-8");
    case Kind::boolean:
    case Kind::integer:
    case Kind::uinteger:
    case Kind::real:
    case Kind::timestamp:
    case Kind::duration:
    case Kind::ip:
    case Kind::cidr:
      return Value::string(to_text(v));
    default:
      return no_overload(Fn::to_string, arguments);
  }
}

}  // namespace

Value convert(Fn fn, const Value& v, Arguments arguments) {
  switch (fn) {
    case Fn::to_bool:
      return to_bool(v, arguments);
    case Fn::to_int:
      return to_int(v, arguments);
    case Fn::to_uint:
      return to_uint(v, arguments);
    case Fn::to_double:
      return to_double(v, arguments);
    case Fn::to_string:
      return to_string(v, arguments);
    case Fn::to_bytes:
      if (v.is(Kind::bytes)) return v;
      return v.is(Kind::string) ? Value::bytes(v.as_string()) : no_overload(fn, arguments);
    case Fn::to_timestamp:
      if (v.is(Kind::timestamp)) return v;
      if (v.is(Kind::integer)) return Value::timestamp(v.as_int());
      return v.is(Kind::string) ? parse_timestamp(v.as_string()) : no_overload(fn, arguments);
    case Fn::to_duration:
      if (v.is(Kind::duration)) return v;
      return v.is(Kind::string) ? parse_duration(v.as_string()) : no_overload(fn, arguments);
    case Fn::type_of:
      return Value::type(std::string(kind_name(v.kind())));
    default:
      return v;  // dyn()
  }
}

std::string to_text(const Value& v) {
  switch (v.kind()) {
    case Kind::boolean:
      return v.as_bool() ? "true" : "false";
    case Kind::integer:
      return std::to_string(v.as_int());
    case Kind::uinteger:
      return std::to_string(v.as_uint());
    case Kind::timestamp:
      return timestamp_text(v);
    case Kind::duration:
      return duration_text(v);
    case Kind::ip:
    case Kind::cidr:
      return address_text(v);
    default:
      break;
  }
  const double d = v.as_double();
  if (std::isnan(d)) return "NaN";
  if (std::isinf(d)) return d > 0 ? "Infinity" : "-Infinity";
  char text[400];
  const double size = std::fabs(d);
  const bool plain = size == 0 || (size >= 1e-6 && size < 1e21);
  const auto end = plain ? std::to_chars(text, text + sizeof text, d, std::chars_format::fixed)
                         : std::to_chars(text, text + sizeof text, d);
  return std::string(text, end.ptr);
}

}  // namespace lockgate::cel
