// What an expression yields.
//
// A Value is small, immutable and cheap to copy: scalars live inside it, text,
// lists and maps are shared.  Copies may be read from many threads at once.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/cel/type.hpp"

namespace lockgate::cel {

class Map;

class Value {
 public:
  using Entry = std::pair<Value, Value>;

  Value() = default;  // null
  static Value null() { return {}; }
  static Value boolean(bool b);
  static Value integer(std::int64_t i);
  static Value uinteger(std::uint64_t u);
  static Value real(double d);
  static Value string(std::string text);  // UTF-8
  static Value bytes(std::string octets);
  static Value list(std::vector<Value> elements);
  // An error if a key repeats or is not a bool, int, uint or string.
  static Value map(std::vector<Entry> entries);
  // Since 1970, UTC; an error outside the years 1 to 9999.  0 <= nanos < 10^9.
  static Value timestamp(std::int64_t seconds, std::int32_t nanos = 0);
  static Value duration(std::int64_t nanoseconds);
  static Value type(std::string name);
  static Value ip(std::string octets);    // 4 or 16 of them
  static Value cidr(std::string octets);  // the same, then the length of the prefix
  // `message`: one lower-case clause for people, without case data.
  static Value error(std::string message);
  static Value unknown(std::size_t slot);
  static Value merge_unknown(const Value& a, const Value& b);  // both unknown

  Kind kind() const { return kind_; }
  bool is(Kind kind) const { return kind_ == kind; }
  bool is_error() const { return kind_ == Kind::error; }
  bool is_unknown() const { return kind_ == Kind::unknown; }
  bool is_true() const { return kind_ == Kind::boolean && scalar_.i != 0; }
  bool is_false() const { return kind_ == Kind::boolean && scalar_.i == 0; }

  // Each may be asked only of the kinds named; anything else is a bug.
  bool as_bool() const { return scalar_.i != 0; }
  std::int64_t as_int() const { return scalar_.i; }
  std::uint64_t as_uint() const { return scalar_.u; }
  double as_double() const { return scalar_.d; }
  const std::string& as_string() const {  // string, bytes, type (its name), ip, cidr (octets)
    return *static_cast<const std::string*>(shared_.get());
  }
  const std::vector<Value>& as_list() const {
    return *static_cast<const std::vector<Value>*>(shared_.get());
  }
  const Map& as_map() const { return *static_cast<const Map*>(shared_.get()); }
  std::int64_t seconds() const { return scalar_.i; }          // timestamp
  std::int32_t nanos() const { return nanos_; }               // timestamp: 0 to 999,999,999
  std::int64_t nanoseconds() const { return scalar_.i; }      // duration
  const std::string& message() const { return as_string(); }  // error
  // unknown: the slots it waits for, ascending, each once.
  const std::vector<std::size_t>& waits_for() const {
    return *static_cast<const std::vector<std::size_t>*>(shared_.get());
  }

  // The same kind and content: int 1 is not uint 1; NaN is NaN; for tests.
  bool identical(const Value& other) const;
  // For people and tests: 'text', 3, [1, 2], {'a': true}.
  std::string text() const;

 private:
  explicit Value(Kind kind) : kind_(kind) {}
  Value(Kind kind, std::shared_ptr<const void> shared) : kind_(kind), shared_(std::move(shared)) {}

  Kind kind_ = Kind::null;
  std::int32_t nanos_ = 0;
  union {
    std::int64_t i;
    std::uint64_t u;
    double d;
  } scalar_ = {0};
  std::shared_ptr<const void> shared_;
};

// Keys in the order they were given; found by binary search once there are many.
class Map {
 public:
  explicit Map(std::vector<Value::Entry> entries);
  const std::vector<Value::Entry>& entries() const { return entries_; }
  std::size_t size() const { return entries_.size(); }
  // The value at `key` (1, 1u and 1.0 are one key), or null if there is none.
  const Value* find(const Value& key) const;
  const Value* find(std::string_view key) const;
  bool has_repeated_key() const { return repeated_; }

 private:
  std::vector<Value::Entry> entries_;
  std::vector<std::uint32_t> order_;  // by key
  bool repeated_ = false;
};

// CEL's ==: numbers on one line, different kinds are not equal.
bool equal(const Value& a, const Value& b);
// The same, stopping (with false) once `left` has counted down to 0.
bool equal(const Value& a, const Value& b, std::uint64_t& left);

// CEL's <: less, same, greater; `unordered` if one is NaN, `incomparable` if
// the kinds have no order between them.
enum class Order : std::uint8_t { less, same, greater, unordered, incomparable };
Order compare(const Value& a, const Value& b);

}  // namespace lockgate::cel
