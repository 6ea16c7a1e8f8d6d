// The types of CEL: what a name, an expression or a value is.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lockgate::cel {

// One enumeration serves static types and values.  `dyn`, `abstract` and `parameter`
// are only ever static types; `error` and `unknown` are only ever values.
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
  optional,
  dyn,
  abstract,   // a host's own, known by its name
  parameter,  // of a signature, known by its name; without one: not settled yet
  error,
  unknown,
};

class Shape;
struct Record;

class Type {
 public:
  Type(Kind kind = Kind::dyn) : kind_(kind) {}  // implicit: a Kind is a type without parameters
  static Type list(Type element);
  static Type map(Type key, Type value);
  // A map with the fields of a record, no others; not null.
  static Type record(std::shared_ptr<const Record> record);
  static Type optional(Type content);
  static Type abstract(std::string name, std::vector<Type> parameters);
  static Type parameter(std::string name = {});

  Kind kind() const { return kind_; }
  bool is(Kind kind) const { return kind_ == kind; }
  bool is_dyn() const { return kind_ == Kind::dyn || kind_ == Kind::parameter; }
  const std::string& name() const { return name_; }
  const Record* record() const { return record_.get(); }  // null: no record
  const std::vector<Type>& parameters() const { return parameters_; }
  // The element of a list, the content of an optional, the value or key of a map; dyn
  // where none is known.
  Type element() const;
  Type key() const;

  // The same with other parameters, as many.
  Type with(std::vector<Type> parameters) const;
  // The same with dyn for whatever is not settled: `[]` is a list(dyn) in the end.
  Type settled() const;

  // In CEL's notation: `list(int)`, `google.protobuf.Timestamp`.
  std::string text() const;
  // For the author of a rule: "a list of whole numbers", "text", "a date and time".
  std::string in_words() const;

  bool operator==(const Type& other) const = default;

 private:
  Kind kind_;
  std::string name_;
  std::vector<Type> parameters_;
  std::shared_ptr<const Record> record_;
};

// The fields that a record may have.
struct Record {
  struct Field {
    std::string name;
    Type type;
    bool optional = false;  // it may be left out: ask with has(x.field)
  };
  explicit Record(std::vector<Field> fields);
  const Field* find(std::string_view name) const;
  // Of a map that has every field but those of `left_out`, in this order: bit i stands for
  // the i-th optional field.
  std::shared_ptr<const Shape> shape(std::uint64_t left_out = 0) const;

  static constexpr std::size_t most_optional = 63;
  const std::uint64_t id;  // no two records that are made have the same
  const std::vector<Field> fields;

 private:
  std::shared_ptr<const Shape> make_shape(std::uint64_t left_out) const;
  std::vector<std::shared_ptr<const Shape>> shapes_;  // by what is left out, where they are few
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
