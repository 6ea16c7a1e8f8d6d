#include "rules/cel/functions.hpp"

namespace lockgate::cel {
namespace {

// What ofNonZeroValue leaves out: what a fact is before anybody has filled it in.
bool is_zero(const Value& v) {
  switch (v.kind()) {
    case Kind::null:
      return true;
    case Kind::boolean:
      return !v.as_bool();
    case Kind::integer:
      return v.as_int() == 0;
    case Kind::uinteger:
      return v.as_uint() == 0;
    case Kind::real:
      return v.as_double() == 0;
    case Kind::string:
    case Kind::bytes:
      return v.as_string().empty();
    case Kind::list:
      return v.as_list().empty();
    case Kind::map:
      return v.as_map().size() == 0;
    case Kind::timestamp:
      return v.seconds() == 0 && v.nanos() == 0;
    case Kind::duration:
      return v.nanoseconds() == 0;
    default:
      return false;
  }
}

Value end_of_list(Fn fn, Arguments arguments) {
  const Value& list = *arguments[0];
  if (!list.is(Kind::list)) return no_overload(fn, arguments);
  if (list.as_list().empty()) return Value::optional_none();
  return Value::optional(fn == Fn::first ? list.as_list().front() : list.as_list().back());
}

Value unwrap(Arguments arguments, std::uint64_t& left) {
  const Value& list = *arguments[0];
  if (!list.is(Kind::list)) return no_overload(Fn::unwrap, arguments);
  std::vector<Value> contents;
  for (const Value& element : list.as_list()) {
    if (left == 0 || --left == 0) return too_costly();
    if (!element.is(Kind::optional)) return no_overload(Fn::unwrap, arguments);
    if (element.as_optional()) contents.push_back(*element.as_optional());
  }
  return Value::list(std::move(contents));
}

}  // namespace

std::span<const Signature> optional_signatures() {
  static const std::vector<Signature> table = [] {
    const Type t = Type::parameter("T");
    const Type list = Type::list(t), optional = Type::optional(t);
    return std::vector<Signature>{
        {"optional.of", Fn::optional_of, false, {t}, optional},
        {"optional.ofNonZeroValue", Fn::optional_of_non_zero, false, {t}, optional},
        {"optional.none", Fn::optional_none, false, {}, optional},
        {"optional.unwrap", Fn::unwrap, false, {Type::list(optional)}, list},
        {"unwrapOpt", Fn::unwrap, true, {Type::list(optional)}, list},
        {"hasValue", Fn::has_value, true, {optional}, Kind::boolean},
        {"value", Fn::value, true, {optional}, t},
        {"or", Fn::either, true, {optional, optional}, optional},
        {"orValue", Fn::or_value, true, {optional, t}, t},
        {"first", Fn::first, true, {list}, optional},
        {"last", Fn::last, true, {list}, optional},
    };
  }();
  return table;
}

Value apply_optional(Fn fn, Arguments arguments, std::uint64_t& left) {
  const Value& v = *arguments[0];
  switch (fn) {
    case Fn::optional_of:
      return Value::optional(v);
    case Fn::optional_of_non_zero:
      return is_zero(v) ? Value::optional_none() : Value::optional(v);
    case Fn::first:
    case Fn::last:
      return end_of_list(fn, arguments);
    case Fn::unwrap:
      return unwrap(arguments, left);
    default:
      break;
  }
  if (!v.is(Kind::optional)) return no_overload(fn, arguments);
  if (fn == Fn::has_value) return Value::boolean(v.as_optional() != nullptr);
  return v.as_optional() ? *v.as_optional() : Value::error("the optional has no value");
}

}  // namespace lockgate::cel
