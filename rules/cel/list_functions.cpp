#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "rules/cel/libraries.hpp"

namespace lockgate::cel {
namespace {

using K = Kind;

Value slice(std::span<const Value> list, std::int64_t from, std::int64_t to, std::uint64_t& left) {
  const std::string asked = "slice(" + std::to_string(from) + ", " + std::to_string(to) + "): ";
  if (from < 0 || to < 0) return Value::error(asked + "an index is negative");
  if (from > to) return Value::error(asked + "the start is after the end");
  if (static_cast<std::uint64_t>(to) > list.size()) {
    return Value::error(asked + "the list has " + std::to_string(list.size()));
  }
  if (!charge(left, static_cast<std::size_t>(to - from))) return too_costly();
  return Value::list(std::vector<Value>(list.begin() + from, list.begin() + to));
}

void flatten_into(std::vector<Value>& out, std::span<const Value> list, std::int64_t depth,
                  std::uint64_t& left) {
  for (const Value& each : list) {
    if (!charge(left, 1)) return;
    if (each.is(K::list) && depth > 0)
      flatten_into(out, each.as_list(), depth - 1, left);
    else
      out.push_back(each);
  }
}

Value flatten(std::span<const Value> list, std::int64_t depth, std::uint64_t& left) {
  if (depth < 0) return Value::error("`flatten` by a negative number of levels");
  std::vector<Value> out;
  flatten_into(out, list, depth, left);
  return left == 0 ? too_costly() : Value::list(std::move(out));
}

Value distinct(std::span<const Value> list, std::uint64_t& left) {
  std::vector<Value> kept;
  for (const Value& each : list) {
    if (!charge(left, 1)) return too_costly();
    const bool known = std::any_of(kept.begin(), kept.end(),
                                   [&](const Value& other) { return equal(each, other, left); });
    if (left == 0) return too_costly();
    if (!known) kept.push_back(each);
  }
  return Value::list(std::move(kept));
}

// NaN before every number, so that there is an order at all.
bool before(const Value& a, const Value& b) {
  if (a.is(K::real) && (std::isnan(a.as_double()) || std::isnan(b.as_double()))) {
    return !std::isnan(b.as_double());
  }
  return compare(a, b) == Order::less;
}

Value range(std::int64_t count, std::uint64_t& left) {
  const auto size = static_cast<std::size_t>(std::max<std::int64_t>(count, 0));
  if (!charge(left, size)) return too_costly();
  std::vector<Value> numbers;
  numbers.reserve(size);
  for (std::int64_t i = 0; i < count; ++i) numbers.push_back(Value::integer(i));
  return Value::list(std::move(numbers));
}

std::optional<Type> flat_list(std::span<const Type> types) {
  const Type element = types[0].element();
  if (element.kind() != K::list) return types[0].is_dyn() ? Type::list({}) : types[0];
  return types.size() == 1 ? element : Type::list({});
}

std::optional<Type> sorted_list(std::span<const Type> types) {
  const Type element = types[0].element();
  if (!element.is_dyn() && !is_sortable(element.kind())) return std::nullopt;
  return same_list(types);
}

}  // namespace

bool is_sortable(Kind kind) {
  switch (kind) {
    case K::boolean:
    case K::integer:
    case K::uinteger:
    case K::real:
    case K::string:
    case K::bytes:
    case K::timestamp:
    case K::duration:
      return true;
    default:
      return false;
  }
}

std::optional<Type> same_list(std::span<const Type> types) {
  return types[0].is_dyn() ? Type::list({}) : types[0];
}

Value sorted_by(std::span<const Value> list, std::span<const Value> keys, std::uint64_t& left) {
  std::size_t size = 0;
  for (const Value& key : keys) {
    if (!is_sortable(key.kind())) {
      return Value::error("no such overload: " + std::string(kind_in_words(key.kind())) +
                          " has no place in an order");
    }
    if (key.kind() != keys[0].kind()) {
      return Value::error("no such overload: to be sorted, all must be of one kind");
    }
    const bool text = key.is(K::string) || key.is(K::bytes);
    size += 1 + (text ? key.as_string().size() / 64 : 0);
  }
  if (!charge(left, size * static_cast<std::size_t>(std::bit_width(keys.size())))) {
    return too_costly();
  }
  std::vector<std::size_t> order(list.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return before(keys[a], keys[b]); });
  std::vector<Value> out;
  out.reserve(list.size());
  for (const std::size_t i : order) out.push_back(list[i]);
  return Value::list(std::move(out));
}

void add_list_signatures(std::vector<Signature>& table) {
  const K list = K::list, whole = K::integer;
  table.insert(table.end(),
               {
                   {"slice", Fn::slice, true, {list, whole, whole}, list, false, same_list},
                   {"flatten", Fn::flatten, true, {list}, list, false, flat_list},
                   {"flatten", Fn::flatten, true, {list, whole}, list, false, flat_list},
                   {"distinct", Fn::distinct, true, {list}, list, false, same_list},
                   {"sort", Fn::sort, true, {list}, list, false, sorted_list},
                   {"lists.range", Fn::range, false, {whole}, Type::list(whole)},
               });
}

Value apply_list(Fn fn, Arguments arguments, std::uint64_t& left) {
  const bool fits = fn == Fn::range ? kinds_are(arguments, {K::integer})
                                    : kinds_are(arguments, {K::list, K::integer, K::integer});
  if (!fits) return no_overload(fn, arguments);
  if (fn == Fn::range) return range(arguments[0]->as_int(), left);
  const std::span<const Value> list = arguments[0]->as_list();
  if (fn == Fn::slice) return slice(list, arguments[1]->as_int(), arguments[2]->as_int(), left);
  if (fn == Fn::flatten)
    return flatten(list, arguments.size() > 1 ? arguments[1]->as_int() : 1, left);
  if (fn == Fn::distinct) return distinct(list, left);
  return sorted_by(list, list, left);
}

}  // namespace lockgate::cel
