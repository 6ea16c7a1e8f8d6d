// The types of CEL: what a name, an expression or a value is.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lockgate::cel {

// One enumeration serves static types and values.  `dyn` is only ever a static
// type; `error` and `unknown` are only ever values.
enum class Kind : std::uint8_t {
  null,
  boolean,
  integer,
  uinteger,
  real,
  string,
  bytes,
  list,
  map,
  timestamp,
  duration,
  type,
  ip,
  cidr,
  dyn,
  error,
  unknown,
};

class Type {
 public:
  Type(Kind kind = Kind::dyn) : kind_(kind) {}  // implicit: a Kind is a type without parameters
  static Type list(Type element);
  static Type map(Type key, Type value);

  Kind kind() const { return kind_; }
  bool is_dyn() const { return kind_ == Kind::dyn; }
  // The element of a list, the value or key of a map; dyn where none is known.
  Type element() const;
  Type key() const;

  // In CEL's notation: `list(int)`, `google.protobuf.Timestamp`.
  std::string text() const;
  // For the author of a rule: "a list of whole numbers", "text", "a date and time".
  std::string in_words() const;

  bool operator==(const Type& other) const = default;

 private:
  Kind kind_;
  std::vector<Type> parameters_;
};

// CEL's name of a kind: "int", "null_type", "google.protobuf.Duration".
std::string_view kind_name(Kind kind);
// "text", "a whole number"; for messages.
std::string_view kind_in_words(Kind kind);

// Whether a value of type `from` may stand where `to` is wanted; dyn fits everywhere.
bool assignable(const Type& from, const Type& to);
// The narrowest type that holds both; dyn if they have nothing in common.
Type join(const Type& a, const Type& b);

}  // namespace lockgate::cel
