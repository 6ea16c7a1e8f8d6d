#include "rules/cel/lookup.hpp"

#include <string>

namespace lockgate::cel {
namespace {

constexpr std::size_t beyond = ~std::size_t{0};

std::size_t place_in_list(const Value& at, Value& mistake) {
  if (at.is(Kind::integer)) {
    return at.as_int() < 0 ? beyond : static_cast<std::size_t>(at.as_int());
  }
  if (at.is(Kind::uinteger)) return at.as_uint();
  if (!at.is(Kind::real)) {
    mistake = Value::error("no such overload: a list's index is a whole number");
    return beyond;
  }
  const double d = at.as_double();
  if (d >= 0 && d < 0x1p53 && d == static_cast<double>(static_cast<std::size_t>(d))) {
    return static_cast<std::size_t>(d);
  }
  mistake = Value::error("the index is not a whole number in the list");
  return beyond;
}

}  // namespace

const Value* field_of(const Value& of, std::string_view key, Value& mistake) {
  if (of.is(Kind::map)) return of.as_map().find(key);
  mistake = Value::error("no such overload: there is no `" + std::string(key) + "` in " +
                         std::string(kind_in_words(of.kind())));
  return nullptr;
}

const Value* element_of(const Value& of, const Value& at, Value& mistake) {
  if (of.is(Kind::map)) return of.as_map().find(at);
  if (!of.is(Kind::list)) {
    mistake = Value::error("no such overload: only a list or a map has elements");
    return nullptr;
  }
  const std::size_t place = place_in_list(at, mistake);
  return place < of.as_list().size() ? &of.as_list()[place] : nullptr;
}

Value no_such_key(std::string_view key) {
  return Value::error("no such key `" + std::string(key) + "`");
}

Value no_such_element(const Value& of, const Value& at) {
  if (of.is(Kind::list)) return Value::error("the index is outside the list");
  return no_such_key(at.is(Kind::string) ? std::string(at.as_string()) : at.text());
}

}  // namespace lockgate::cel
