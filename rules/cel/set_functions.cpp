#include <algorithm>

#include "rules/cel/libraries.hpp"

namespace lockgate::cel {
namespace {

bool among(const Value& v, std::span<const Value> list, std::uint64_t& left) {
  return std::any_of(list.begin(), list.end(),
                     [&](const Value& each) { return equal(v, each, left); });
}

bool all_among(std::span<const Value> part, std::span<const Value> whole, std::uint64_t& left) {
  return std::all_of(part.begin(), part.end(), [&](const Value& each) {
    return charge(left, 1) && among(each, whole, left);
  });
}

// Elements that can never be equal are a mistake, as with ==.
std::optional<Type> truth_of_likes(std::span<const Type> types) {
  const bool alike = assignable(types[0].element(), types[1].element()) ||
                     assignable(types[1].element(), types[0].element());
  return alike ? std::optional<Type>(Kind::boolean) : std::nullopt;
}

}  // namespace

void add_set_signatures(std::vector<Signature>& table) {
  for (auto [name, fn] : {std::pair{"sets.contains", Fn::set_contains},
                          {"sets.equivalent", Fn::set_equivalent},
                          {"sets.intersects", Fn::set_intersects}}) {
    table.push_back(
        {name, fn, false, {Kind::list, Kind::list}, Kind::boolean, false, truth_of_likes});
  }
}

Value apply_set(Fn fn, Arguments arguments, std::uint64_t& left) {
  if (!kinds_are(arguments, {Kind::list, Kind::list})) return no_overload(fn, arguments);
  const std::span<const Value> a = arguments[0]->as_list(), b = arguments[1]->as_list();
  bool holds = false;
  if (fn == Fn::set_intersects) {
    holds = std::any_of(a.begin(), a.end(),
                        [&](const Value& each) { return charge(left, 1) && among(each, b, left); });
  } else {
    holds = all_among(b, a, left) && (fn == Fn::set_contains || all_among(a, b, left));
  }
  return left == 0 ? too_costly() : Value::boolean(holds);
}

}  // namespace lockgate::cel
