// JSON elements -> values, by forms: what is declared, laid out for reading.

#pragma once

#include <simdjson.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "rules/facts.hpp"

namespace lockgate::rules {

// What a fact, a field or an element may be.
struct JsonForm {
  explicit JsonForm(const FactDeclaration& declaration);  // which outlives it

  FactType type;
  bool bounded;
  const FactDeclaration* fact;
  std::vector<cel::Value> names;  // of a record's fields; what may be chosen
  std::vector<JsonForm> below;    // of the same fields; the one of a list's or map's elements
  std::shared_ptr<const cel::Shape> shape;  // of a whole record
};

// Without a call where it is short, as names are.
inline bool same_text(std::string_view a, std::string_view b) {
  const auto same = [&](auto piece, std::size_t at) {
    auto other = piece;
    std::memcpy(&piece, a.data() + at, sizeof piece);
    std::memcpy(&other, b.data() + at, sizeof other);
    return piece == other;
  };
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  if (size > 16) return a == b;
  if (size >= 8) return same(std::uint64_t{}, 0) && same(std::uint64_t{}, size - 8);
  if (size >= 4) return same(std::uint32_t{}, 0) && same(std::uint32_t{}, size - 4);
  return (size == 0 || a[0] == b[0]) && (size < 2 || same(std::uint16_t{}, size - 2));
}

std::size_t search(std::string_view name, std::span<const cel::Value> names);

// Where `name` stands among `names`, or their number.  Names mostly come in the order in
// which they stand: `next`, the one behind the name found last, is tried first.
inline std::size_t place_of(std::string_view name, std::span<const cel::Value> names,
                            std::size_t& next) {
  const bool as_expected = next < names.size() && same_text(names[next].as_string(), name);
  const std::size_t at = as_expected ? next : search(name, names);
  next = at + 1;
  return at;
}

// Gives what read_facts would, or false: then read_facts says whether anything is wrong.
class JsonValues {
 public:
  // Where `out` holds what was read before, its memory is used again.
  bool convert(const JsonForm& form, simdjson::dom::element element, cel::Value& out);

 private:
  bool list(const JsonForm& form, simdjson::dom::array array, cel::Value& out);
  bool map(const JsonForm& form, simdjson::dom::object object, cel::Value& out);
  bool record(const JsonForm& form, simdjson::dom::object object, cel::Value& out);
  bool partial(const JsonForm& form, std::uint64_t seen, std::span<cel::Value> fields,
               cel::Value& out);
  std::shared_ptr<const cel::Shape> shape_of(simdjson::dom::object object);

  std::shared_ptr<const cel::Shape> last_;  // of a map
};

FactValue to_fact_value(simdjson::dom::element element);

}  // namespace lockgate::rules
