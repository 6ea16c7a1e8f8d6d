// The table of functions: name, signature, implementation.

#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/type.hpp"
#include "rules/cel/value.hpp"

namespace lockgate::cel {

enum class Fn : std::uint8_t {
  none,
  // operators
  add,
  subtract,
  multiply,
  divide,
  modulo,
  negate,
  logical_not,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  // functions
  size,
  contains,
  starts_with,
  ends_with,
  matches,
  to_bool,
  to_int,
  to_uint,
  to_double,
  to_string,
  to_bytes,
  to_timestamp,
  to_duration,
  to_dyn,
  type_of,
  // optionals
  optional_of,
  optional_of_non_zero,
  optional_none,
  has_value,
  value,
  either,
  or_value,
  first,
  last,
  unwrap,
  // members of timestamps and durations
  full_year,
  month,
  date,
  day_of_month,
  day_of_week,
  day_of_year,
  hours,
  minutes,
  seconds,
  milliseconds,
  // string_functions.cpp
  char_at,
  index_of,
  last_index_of,
  join,
  lower_ascii,
  upper_ascii,
  replace,
  split,
  substring,
  trim,
  reverse,
  quote,
  format,
  // math_functions.cpp
  greatest,
  least,
  ceil,
  floor,
  round,
  truncate,
  absolute,
  sign,
  square_root,
  is_nan,
  is_infinite,
  is_finite,
  bit_and,
  bit_or,
  bit_xor,
  bit_not,
  shift_left,
  shift_right,
  // list_functions.cpp
  slice,
  flatten,
  distinct,
  sort,
  range,
  // set_functions.cpp
  set_contains,
  set_equivalent,
  set_intersects,
  // encoder_functions.cpp
  base64_encode,
  base64_decode,
  // network_functions.cpp
  to_ip,
  to_cidr,
  is_ip,
  is_cidr,
  is_canonical,
  family,
  is_loopback,
  is_global_unicast,
  is_link_local_multicast,
  is_link_local_unicast,
  is_unspecified,
  contains_ip,
  contains_cidr,
  address,
  is_mask,
  masked,
  prefix_length,
};

struct Signature {
  std::string_view name;  // "size", "math.least"
  Fn fn;
  bool member;                   // parameters[0] is what stands before the dot
  std::vector<Type> parameters;  // dyn: anything; a Type::parameter is the same type throughout
  Type result;
  bool repeats = false;  // the last parameter may be given any number of times
  // What it yields for arguments of these types, where that depends on more than their
  // parameters; nothing if it does not take them.
  std::optional<Type> (*refine)(std::span<const Type> types) = nullptr;
};

// Every overload.  Equality, `in` and list addition take any element type; the
// checker looks more closely.
std::span<const Signature> signatures();

// "+", "in", "size": as an author writes it.
std::string_view written(Fn fn);

using Arguments = std::span<const Value* const>;

// Applies a function to values that are neither errors nor unknown.  Whatever
// is built, searched or compared is charged against `left`; at 0 the result is
// an error.
Value apply(Fn fn, Arguments arguments, std::uint64_t& left);
Value apply_time(Fn fn, Arguments arguments);
// The parts of apply: `+ - * / %` and minus on numbers, and the functions that
// are named like types.
Value arithmetic(Fn fn, const Value& a, const Value& b, Arguments arguments);
Value negated(const Value& v, Arguments arguments);
Value convert(Fn fn, const Value& v, Arguments arguments);
// Functions that make and open optionals; `or` and `orValue`, which may leave their
// second argument alone, are the evaluator's.
std::span<const Signature> optional_signatures();
Value apply_optional(Fn fn, Arguments arguments, std::uint64_t& left);

// Conversions with CEL's rules; a scalar that is not text, as string() gives it.
std::string to_text(const Value& value);
Value parse_timestamp(std::string_view text);
Value parse_duration(std::string_view text);
std::string timestamp_text(const Value& timestamp);
std::string duration_text(const Value& duration);
// Whether `text` is well-formed UTF-8, and how many code points it has.
bool valid_utf8(std::string_view text);
std::size_t code_points(std::string_view text);
// The code point that begins at byte `at`, and how many bytes it takes; where
// the text is not UTF-8, one byte that is not valid.
struct CodePoint {
  std::uint32_t code = 0;
  std::size_t size = 1;
  bool valid = false;
};
CodePoint code_point_at(std::string_view text, std::size_t at);
// Where `part` first stands at or after byte `from`, or npos; linear in the text.
std::size_t find_text(std::string_view text, std::string_view part, std::size_t from = 0);

// Takes `amount` steps from what is left; false if that was all of it.
bool charge(std::uint64_t& left, std::size_t amount);
// Whether each argument is of the kind at its place; arguments may be fewer.
bool kinds_are(Arguments arguments, std::initializer_list<Kind> kinds);

// Errors that several functions give.
Value out_of_range();
Value too_costly();
Value no_overload(Fn fn, Arguments arguments);

}  // namespace lockgate::cel
