#include "rules/cel/functions.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#include "rules/cel/pattern.hpp"

namespace lockgate::cel {
namespace {

using Arguments = std::span<const Value* const>;

Value overflow() { return Value::error("the number is out of range"); }

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
    return over ? overflow() : Value::integer(out);
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
    return over ? overflow() : Value::uinteger(out);
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

bool charge(std::uint64_t& left, std::size_t amount) {
  left = left > amount ? left - amount : 0;
  return left > 0;
}

Value too_costly() { return Value::error("the expression takes too many steps"); }

Value join_values(const Value& a, const Value& b, std::uint64_t& left) {
  if (a.is(Kind::list)) {
    if (!charge(left, a.as_list().size() + b.as_list().size())) return too_costly();
    std::vector<Value> all = a.as_list();
    all.insert(all.end(), b.as_list().begin(), b.as_list().end());
    return Value::list(std::move(all));
  }
  if (!charge(left, (a.as_string().size() + b.as_string().size()) / 8)) return too_costly();
  std::string text = a.as_string() + b.as_string();
  return a.is(Kind::string) ? Value::string(std::move(text)) : Value::bytes(std::move(text));
}

Value ordering(Fn fn, Arguments arguments) {
  const Order order = compare(*arguments[0], *arguments[1]);
  if (order == Order::incomparable) return no_overload(fn, arguments);
  const bool less = order == Order::less, same = order == Order::same;
  const bool greater = order == Order::greater;
  if (fn == Fn::less) return Value::boolean(less);
  if (fn == Fn::less_equal) return Value::boolean(less || same);
  if (fn == Fn::greater) return Value::boolean(greater);
  return Value::boolean(greater || same);
}

template <class Number>
bool read_number(const std::string& text, Number& out) {
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
                 ? overflow()
                 : Value::integer(static_cast<std::int64_t>(v.as_uint()));
    case Kind::real:
      return v.as_double() > -0x1p63 && v.as_double() < 0x1p63
                 ? Value::integer(static_cast<std::int64_t>(v.as_double()))
                 : overflow();
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
      return v.as_int() < 0 ? overflow() : Value::uinteger(static_cast<std::uint64_t>(v.as_int()));
    case Kind::real:
      return v.as_double() > -1 && v.as_double() < 0x1p64 && !(v.as_double() < 0)
                 ? Value::uinteger(static_cast<std::uint64_t>(v.as_double()))
                 : overflow();
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
      return Value::string(to_text(v));
    default:
      return no_overload(Fn::to_string, arguments);
  }
}

Value size_of(const Value& v, Arguments arguments) {
  switch (v.kind()) {
    case Kind::string:
      return Value::integer(static_cast<std::int64_t>(code_points(v.as_string())));
    case Kind::bytes:
      return Value::integer(static_cast<std::int64_t>(v.as_string().size()));
    case Kind::list:
      return Value::integer(static_cast<std::int64_t>(v.as_list().size()));
    case Kind::map:
      return Value::integer(static_cast<std::int64_t>(v.as_map().size()));
    default:
      return no_overload(Fn::size, arguments);
  }
}

Value contained(const Value& v, const Value& in, Arguments arguments, std::uint64_t& left) {
  if (in.is(Kind::map)) return Value::boolean(in.as_map().find(v) != nullptr);
  if (!in.is(Kind::list)) return no_overload(Fn::in, arguments);
  for (const Value& element : in.as_list()) {
    if (equal(element, v, left)) return Value::boolean(true);
    if (left == 0) return too_costly();
  }
  return Value::boolean(false);
}

Value text_test(Fn fn, Arguments arguments, std::uint64_t& left) {
  if (!arguments[0]->is(Kind::string) || !arguments[1]->is(Kind::string)) {
    return no_overload(fn, arguments);
  }
  const std::string& text = arguments[0]->as_string();
  const std::string& part = arguments[1]->as_string();
  if (!charge(left, text.size() / 64)) return too_costly();
  if (fn == Fn::contains) return Value::boolean(text.find(part) != std::string::npos);
  if (fn == Fn::starts_with) return Value::boolean(text.starts_with(part));
  if (fn == Fn::ends_with) return Value::boolean(text.ends_with(part));
  const auto pattern = compile_pattern(part);
  if (!pattern) return Value::error("not a valid pattern");
  return Value::boolean(RE2::PartialMatch(text, *pattern));
}

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

Value negated(const Value& v, Arguments arguments) {
  if (v.is(Kind::real)) return Value::real(-v.as_double());
  if (!v.is(Kind::integer)) return no_overload(Fn::negate, arguments);
  return v.as_int() == std::numeric_limits<std::int64_t>::min() ? overflow()
                                                                : Value::integer(-v.as_int());
}

}  // namespace

std::shared_ptr<const RE2> compile_pattern(const std::string& pattern) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(1 << 20);
  auto compiled = std::make_shared<const RE2>(pattern, options);
  return compiled->ok() ? compiled : nullptr;
}

std::span<const Signature> signatures() {
  using K = Kind;
  static const std::vector<Signature> table = [] {
    std::vector<Signature> all;
    for (K k : {K::integer, K::uinteger, K::real}) {
      all.push_back({"+", Fn::add, false, {k, k}, k});
      all.push_back({"-", Fn::subtract, false, {k, k}, k});
      all.push_back({"*", Fn::multiply, false, {k, k}, k});
      all.push_back({"/", Fn::divide, false, {k, k}, k});
      if (k != K::real) all.push_back({"%", Fn::modulo, false, {k, k}, k});
      if (k != K::uinteger) all.push_back({"-", Fn::negate, false, {k}, k});
    }
    for (K k : {K::string, K::bytes, K::list}) all.push_back({"+", Fn::add, false, {k, k}, k});
    all.push_back({"+", Fn::add, false, {K::timestamp, K::duration}, K::timestamp});
    all.push_back({"+", Fn::add, false, {K::duration, K::timestamp}, K::timestamp});
    all.push_back({"+", Fn::add, false, {K::duration, K::duration}, K::duration});
    all.push_back({"-", Fn::subtract, false, {K::timestamp, K::timestamp}, K::duration});
    all.push_back({"-", Fn::subtract, false, {K::timestamp, K::duration}, K::timestamp});
    all.push_back({"-", Fn::subtract, false, {K::duration, K::duration}, K::duration});
    all.push_back({"!", Fn::logical_not, false, {K::boolean}, K::boolean});
    all.push_back({"==", Fn::equal, false, {K::dyn, K::dyn}, K::boolean});
    all.push_back({"!=", Fn::not_equal, false, {K::dyn, K::dyn}, K::boolean});
    for (auto [name, fn] : {std::pair{"<", Fn::less},
                            {"<=", Fn::less_equal},
                            {">", Fn::greater},
                            {">=", Fn::greater_equal}}) {
      for (K k : {K::boolean, K::integer, K::uinteger, K::real, K::string, K::bytes, K::timestamp,
                  K::duration}) {
        all.push_back({name, fn, false, {k, k}, K::boolean});
      }
      for (K a : {K::integer, K::uinteger, K::real}) {
        for (K b : {K::integer, K::uinteger, K::real}) {
          if (a != b) all.push_back({name, fn, false, {a, b}, K::boolean});
        }
      }
    }
    all.push_back({"in", Fn::in, false, {K::dyn, K::list}, K::boolean});
    all.push_back({"in", Fn::in, false, {K::dyn, K::map}, K::boolean});
    for (bool member : {false, true}) {
      for (K k : {K::string, K::bytes, K::list, K::map}) {
        all.push_back({"size", Fn::size, member, {k}, K::integer});
      }
      all.push_back({"matches", Fn::matches, member, {K::string, K::string}, K::boolean});
    }
    for (auto [name, fn] : {std::pair{"contains", Fn::contains},
                            {"startsWith", Fn::starts_with},
                            {"endsWith", Fn::ends_with}}) {
      all.push_back({name, fn, true, {K::string, K::string}, K::boolean});
    }
    struct Conversion {
      std::string_view name;
      Fn fn;
      K result;
      std::vector<K> from;
    };
    const std::vector<Conversion> conversions = {
        {"bool", Fn::to_bool, K::boolean, {K::boolean, K::string}},
        {"int",
         Fn::to_int,
         K::integer,
         {K::integer, K::uinteger, K::real, K::string, K::timestamp}},
        {"uint", Fn::to_uint, K::uinteger, {K::uinteger, K::integer, K::real, K::string}},
        {"double", Fn::to_double, K::real, {K::real, K::integer, K::uinteger, K::string}},
        {"string",
         Fn::to_string,
         K::string,
         {K::string, K::boolean, K::integer, K::uinteger, K::real, K::bytes, K::timestamp,
          K::duration}},
        {"bytes", Fn::to_bytes, K::bytes, {K::bytes, K::string}},
        {"timestamp", Fn::to_timestamp, K::timestamp, {K::timestamp, K::string, K::integer}},
        {"duration", Fn::to_duration, K::duration, {K::duration, K::string}},
        {"dyn", Fn::to_dyn, K::dyn, {K::dyn}},
        {"type", Fn::type_of, K::type, {K::dyn}},
    };
    for (const Conversion& c : conversions) {
      for (K from : c.from) all.push_back({c.name, c.fn, false, {from}, c.result});
    }
    for (auto [name, fn] : {std::pair{"getFullYear", Fn::full_year},
                            {"getMonth", Fn::month},
                            {"getDate", Fn::date},
                            {"getDayOfMonth", Fn::day_of_month},
                            {"getDayOfWeek", Fn::day_of_week},
                            {"getDayOfYear", Fn::day_of_year},
                            {"getHours", Fn::hours},
                            {"getMinutes", Fn::minutes},
                            {"getSeconds", Fn::seconds},
                            {"getMilliseconds", Fn::milliseconds}}) {
      all.push_back({name, fn, true, {K::timestamp}, K::integer});
      all.push_back({name, fn, true, {K::timestamp, K::string}, K::integer});
      if (fn >= Fn::hours) all.push_back({name, fn, true, {K::duration}, K::integer});
    }
    return all;
  }();
  return table;
}

std::string_view written(Fn fn) {
  for (const Signature& signature : signatures()) {
    if (signature.fn == fn) return signature.name;
  }
  return "?";
}

Value no_overload(Fn fn, std::span<const Value* const> arguments) {
  std::string message = "no such overload: `" + std::string(written(fn)) + "` does not take ";
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (i > 0) message += " and ";
    message += kind_in_words(arguments[i]->kind());
  }
  return Value::error(std::move(message));
}

Value apply(Fn fn, Arguments arguments, std::uint64_t& left) {
  const Value& a = *arguments[0];
  const Value& b = arguments.size() > 1 ? *arguments[1] : a;
  switch (fn) {
    case Fn::add:
    case Fn::subtract:
      if (a.is(Kind::timestamp) || a.is(Kind::duration)) return apply_time(fn, arguments);
      if (fn == Fn::add && a.kind() == b.kind() &&
          (a.is(Kind::string) || a.is(Kind::bytes) || a.is(Kind::list))) {
        return join_values(a, b, left);
      }
      [[fallthrough]];
    case Fn::multiply:
    case Fn::divide:
    case Fn::modulo:
      return arithmetic(fn, a, b, arguments);
    case Fn::negate:
      return negated(a, arguments);
    case Fn::logical_not:
      return a.is(Kind::boolean) ? Value::boolean(!a.as_bool()) : no_overload(fn, arguments);
    case Fn::equal:
    case Fn::not_equal: {
      const bool same = equal(a, b, left);
      return left == 0 ? too_costly() : Value::boolean(same == (fn == Fn::equal));
    }
    case Fn::less:
    case Fn::less_equal:
    case Fn::greater:
    case Fn::greater_equal:
      return ordering(fn, arguments);
    case Fn::in:
      return contained(a, b, arguments, left);
    case Fn::size:
      return size_of(a, arguments);
    case Fn::contains:
    case Fn::starts_with:
    case Fn::ends_with:
    case Fn::matches:
      return text_test(fn, arguments, left);
    case Fn::none:
      return Value::error("no such function");
    default:
      if (fn >= Fn::full_year) return apply_time(fn, arguments);
      if ((a.is(Kind::string) || a.is(Kind::bytes)) && !charge(left, a.as_string().size() / 8)) {
        return too_costly();
      }
      return convert(fn, a, arguments);
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

bool valid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    const std::size_t more = c < 0x80                ? 0
                             : c >= 0xC2 && c < 0xE0 ? 1
                             : (c & 0xF0) == 0xE0    ? 2
                             : c >= 0xF0 && c < 0xF5 ? 3
                                                     : 4;
    if (more == 4 || i + more >= text.size()) return false;
    std::uint32_t code = more == 0 ? c : c & (0x3F >> more);
    for (std::size_t k = 1; k <= more; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xC0) != 0x80) return false;
      code = (code << 6) | (next & 0x3F);
    }
    if ((more == 2 && code < 0x800) || (more == 3 && code < 0x10000) || code > 0x10FFFF ||
        (code >= 0xD800 && code < 0xE000)) {
      return false;
    }
    i += more + 1;
  }
  return true;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace lockgate::cel
