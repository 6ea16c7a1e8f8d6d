#include "rules/cel/functions.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <bit>

#include "rules/cel/libraries.hpp"
#include "rules/cel/pattern.hpp"

namespace lockgate::cel {
namespace {

constexpr std::size_t failed_pattern_cost = 50'000;  // what compiling one may take at worst

bool is_text(const Value& v) { return v.is(Kind::string) || v.is(Kind::bytes); }

Value join_values(const Value& a, const Value& b, std::uint64_t& left) {
  if (a.is(Kind::list)) {
    if (!charge(left, a.as_list().size() + b.as_list().size())) return too_costly();
    std::vector<Value> all(a.as_list().begin(), a.as_list().end());
    all.insert(all.end(), b.as_list().begin(), b.as_list().end());
    return Value::list(std::move(all));
  }
  if (!charge(left, (a.as_string().size() + b.as_string().size()) / 8)) return too_costly();
  std::string text(a.as_string());
  text += b.as_string();
  return a.is(Kind::string) ? Value::string(text) : Value::bytes(text);
}

Value ordering(Fn fn, Arguments arguments, std::uint64_t& left) {
  if (is_text(*arguments[0]) && is_text(*arguments[1])) {
    const std::string_view a = arguments[0]->as_string(), b = arguments[1]->as_string();
    if (!charge(left, std::min(a.size(), b.size()) / 64)) return too_costly();
  }
  const Order order = compare(*arguments[0], *arguments[1]);
  if (order == Order::incomparable) return no_overload(fn, arguments);
  const bool less = order == Order::less, same = order == Order::same;
  const bool greater = order == Order::greater;
  if (fn == Fn::less) return Value::boolean(less);
  if (fn == Fn::less_equal) return Value::boolean(less || same);
  if (fn == Fn::greater) return Value::boolean(greater);
  return Value::boolean(greater || same);
}

Value size_of(const Value& v, Arguments arguments, std::uint64_t& left) {
  switch (v.kind()) {
    case Kind::string:
      if (!charge(left, v.as_string().size() / 64)) return too_costly();
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
  if (in.is(Kind::map)) {
    const std::size_t compared = v.is(Kind::string) ? v.as_string().size() / 64 : 0;
    if (!charge(left, compared * std::bit_width(in.as_map().size()))) return too_costly();
    return Value::boolean(in.as_map().find(v) != nullptr);
  }
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
  const std::string_view text = arguments[0]->as_string(), part = arguments[1]->as_string();
  if (!charge(left, text.size() / 64)) return too_costly();
  if (fn == Fn::contains) return Value::boolean(find_text(text, part) != std::string_view::npos);
  if (fn == Fn::starts_with) return Value::boolean(text.starts_with(part));
  if (fn == Fn::ends_with) return Value::boolean(text.ends_with(part));
  const auto pattern = compile_pattern(std::string(part));
  const auto program = static_cast<std::size_t>(pattern ? pattern->ProgramSize() : 0);
  const std::size_t cost =
      pattern ? program + text.size() / 64 * (program / 64) : failed_pattern_cost;
  if (!charge(left, cost)) return too_costly();
  if (!pattern) return Value::error("not a valid pattern");
  return Value::boolean(RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *pattern));
}

Value apply_library(Fn fn, Arguments arguments, std::uint64_t& left) {
  if (fn < Fn::greatest) return apply_string(fn, arguments, left);
  if (fn < Fn::slice) return apply_math(fn, arguments, left);
  if (fn < Fn::set_contains) return apply_list(fn, arguments, left);
  if (fn < Fn::base64_encode) return apply_set(fn, arguments, left);
  if (fn < Fn::to_ip) return apply_encoder(fn, arguments, left);
  return apply_network(fn, arguments, left);
}

}  // namespace

bool charge(std::uint64_t& left, std::size_t amount) {
  left = left > amount ? left - amount : 0;
  return left > 0;
}

bool kinds_are(Arguments arguments, std::initializer_list<Kind> kinds) {
  return arguments.size() <= kinds.size() &&
         std::equal(arguments.begin(), arguments.end(), kinds.begin(),
                    [](const Value* v, Kind kind) { return v->is(kind); });
}

Value out_of_range() { return Value::error("the number is out of range"); }

Value too_costly() { return Value::error("the expression takes too many steps"); }

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
      return ordering(fn, arguments, left);
    case Fn::in:
      return contained(a, b, arguments, left);
    case Fn::size:
      return size_of(a, arguments, left);
    case Fn::contains:
    case Fn::starts_with:
    case Fn::ends_with:
    case Fn::matches:
      return text_test(fn, arguments, left);
    case Fn::optional_of:
    case Fn::optional_of_non_zero:
    case Fn::has_value:
    case Fn::value:
    case Fn::first:
    case Fn::last:
    case Fn::unwrap:
      return apply_optional(fn, arguments, left);
    case Fn::none:
      return Value::error("no such function");
    default:
      if (fn >= Fn::char_at) return apply_library(fn, arguments, left);
      if (fn >= Fn::full_year) return apply_time(fn, arguments);
      if (is_text(a) && !charge(left, a.as_string().size() / 8)) {
        return too_costly();
      }
      return convert(fn, a, arguments);
  }
}

}  // namespace lockgate::cel
