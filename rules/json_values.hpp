// JSON elements -> values, by forms: what is declared, laid out for reading.

#pragma once

#include <simdjson.h>

#include <cstdint>
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

// Where `name` stands among `names`, or their number.  Names mostly come in the order in
// which they stand: `next`, the one behind the name found last, is tried first.
std::size_t place_of(std::string_view name, std::span<const cel::Value> names, std::size_t& next);

// Gives what read_facts would, or false: then read_facts says whether anything is wrong.
class JsonValues {
 public:
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
