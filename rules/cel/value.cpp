#include "rules/cel/value.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "rules/cel/functions.hpp"

namespace lockgate::cel {
namespace {

constexpr std::int64_t first_second = -62135596800;  // 0001-01-01T00:00:00Z
constexpr std::int64_t last_second = 253402300799;   // 9999-12-31T23:59:59Z
constexpr std::size_t longest_text = 1000;

template <class T>
Order order_of(const T& a, const T& b) {
  return a < b ? Order::less : b < a ? Order::greater : Order::same;
}

Order order_of_doubles(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return Order::unordered;
  return order_of(a, b);
}

bool is_number(Kind kind) {
  return kind == Kind::integer || kind == Kind::uinteger || kind == Kind::real;
}

double to_double(const Value& v) {
  if (v.is(Kind::integer)) return static_cast<double>(v.as_int());
  if (v.is(Kind::uinteger)) return static_cast<double>(v.as_uint());
  return v.as_double();
}

Order compare_numbers(const Value& a, const Value& b) {
  if (a.is(Kind::integer) && b.is(Kind::integer)) return order_of(a.as_int(), b.as_int());
  if (a.is(Kind::uinteger) && b.is(Kind::uinteger)) return order_of(a.as_uint(), b.as_uint());
  if (a.is(Kind::real) || b.is(Kind::real)) return order_of_doubles(to_double(a), to_double(b));
  if (a.is(Kind::integer)) {
    return a.as_int() < 0 ? Order::less
                          : order_of(static_cast<std::uint64_t>(a.as_int()), b.as_uint());
  }
  return b.as_int() < 0 ? Order::greater
                        : order_of(a.as_uint(), static_cast<std::uint64_t>(b.as_int()));
}

// A total order over keys: truths, then numbers, then text.
int key_class(const Value& v) { return v.is(Kind::boolean) ? 0 : is_number(v.kind()) ? 1 : 2; }

Order compare_keys(const Value& a, const Value& b) {
  if (key_class(a) != key_class(b)) return order_of(key_class(a), key_class(b));
  if (key_class(a) == 0) return order_of(a.as_bool(), b.as_bool());
  if (key_class(a) == 1) return compare_numbers(a, b);
  return order_of(a.as_string(), b.as_string());
}

bool is_key(const Value& v) {
  return v.is(Kind::boolean) || v.is(Kind::integer) || v.is(Kind::uinteger) || v.is(Kind::string);
}

// A double that is a whole number, as the key it equals.
bool whole(const Value& v, Value& out) {
  const double d = v.as_double();
  if (std::trunc(d) != d) return false;
  if (d >= -0x1p63 && d < 0x1p63) {
    out = Value::integer(static_cast<std::int64_t>(d));
    return true;
  }
  if (d >= 0 && d < 0x1p64) {
    out = Value::uinteger(static_cast<std::uint64_t>(d));
    return true;
  }
  return false;
}

void write(const Value& v, std::string& out) {
  if (out.size() > longest_text) return;
  switch (v.kind()) {
    case Kind::string:
      out += "'" + v.as_string() + "'";
      return;
    case Kind::bytes:
      out += "b'" + v.as_string() + "'";
      return;
    case Kind::list:
      out += "[";
      for (const Value& element : v.as_list()) {
        if (out.back() != '[') out += ", ";
        write(element, out);
        if (out.size() > longest_text) break;
      }
      out += "]";
      return;
    case Kind::map:
      out += "{";
      for (const auto& [key, value] : v.as_map().entries()) {
        if (out.back() != '{') out += ", ";
        write(key, out);
        out += ": ";
        write(value, out);
        if (out.size() > longest_text) break;
      }
      out += "}";
      return;
    case Kind::null:
      out += "null";
      return;
    case Kind::type:
      out += v.as_string();
      return;
    case Kind::error:
      out += "error: " + v.message();
      return;
    case Kind::unknown:
      out += "unknown";
      return;
    case Kind::uinteger:
      out += std::to_string(v.as_uint()) + "u";
      return;
    default:
      out += to_text(v);
  }
}

}  // namespace

Value Value::boolean(bool b) {
  Value v(Kind::boolean);
  v.scalar_.i = b;
  return v;
}
Value Value::integer(std::int64_t i) {
  Value v(Kind::integer);
  v.scalar_.i = i;
  return v;
}
Value Value::uinteger(std::uint64_t u) {
  Value v(Kind::uinteger);
  v.scalar_.u = u;
  return v;
}
Value Value::real(double d) {
  Value v(Kind::real);
  v.scalar_.d = d;
  return v;
}
Value Value::string(std::string text) {
  return {Kind::string, std::make_shared<const std::string>(std::move(text))};
}
Value Value::bytes(std::string octets) {
  return {Kind::bytes, std::make_shared<const std::string>(std::move(octets))};
}
Value Value::list(std::vector<Value> elements) {
  return {Kind::list, std::make_shared<const std::vector<Value>>(std::move(elements))};
}
Value Value::map(std::vector<Entry> entries) {
  for (const Entry& entry : entries) {
    if (!is_key(entry.first)) {
      return error("a map's key cannot be " + std::string(kind_in_words(entry.first.kind())));
    }
  }
  auto map = std::make_shared<const Map>(std::move(entries));
  if (map->has_repeated_key()) return error("a map has the same key twice");
  return {Kind::map, std::move(map)};
}
Value Value::timestamp(std::int64_t seconds, std::int32_t nanos) {
  if (seconds < first_second || seconds > last_second) {
    return error("the date is outside the years 1 to 9999");
  }
  Value v(Kind::timestamp);
  v.scalar_.i = seconds;
  v.nanos_ = nanos;
  return v;
}
Value Value::duration(std::int64_t nanoseconds) {
  Value v(Kind::duration);
  v.scalar_.i = nanoseconds;
  return v;
}
Value Value::type(std::string name) {
  return {Kind::type, std::make_shared<const std::string>(std::move(name))};
}
Value Value::ip(std::string octets) {
  return {Kind::ip, std::make_shared<const std::string>(std::move(octets))};
}
Value Value::cidr(std::string octets) {
  return {Kind::cidr, std::make_shared<const std::string>(std::move(octets))};
}
Value Value::error(std::string message) {
  return {Kind::error, std::make_shared<const std::string>(std::move(message))};
}
Value Value::unknown(std::size_t slot) {
  return {Kind::unknown, std::make_shared<const std::vector<std::size_t>>(1, slot)};
}
Value Value::merge_unknown(const Value& a, const Value& b) {
  std::vector<std::size_t> slots;
  std::set_union(a.waits_for().begin(), a.waits_for().end(), b.waits_for().begin(),
                 b.waits_for().end(), std::back_inserter(slots));
  return {Kind::unknown, std::make_shared<const std::vector<std::size_t>>(std::move(slots))};
}

bool Value::identical(const Value& other) const {
  if (kind_ != other.kind_) return false;
  switch (kind_) {
    case Kind::real:
      return scalar_.d == other.scalar_.d || (std::isnan(scalar_.d) && std::isnan(other.scalar_.d));
    case Kind::list:
      return std::equal(as_list().begin(), as_list().end(), other.as_list().begin(),
                        other.as_list().end(),
                        [](const Value& a, const Value& b) { return a.identical(b); });
    case Kind::map:
      return as_map().size() == other.as_map().size() &&
             std::all_of(as_map().entries().begin(), as_map().entries().end(), [&](const Entry& e) {
               const Value* found = other.as_map().find(e.first);
               return found && found->identical(e.second);
             });
    case Kind::error:
      return message() == other.message();
    case Kind::unknown:
      return waits_for() == other.waits_for();
    default:
      return equal(*this, other);
  }
}

std::string Value::text() const {
  std::string out;
  write(*this, out);
  return out;
}

Map::Map(std::vector<Value::Entry> entries)
    : entries_(std::move(entries)), order_(entries_.size()) {
  std::iota(order_.begin(), order_.end(), 0u);
  std::sort(order_.begin(), order_.end(), [this](std::uint32_t a, std::uint32_t b) {
    return compare_keys(entries_[a].first, entries_[b].first) == Order::less;
  });
  for (std::size_t i = 1; i < order_.size(); ++i) {
    repeated_ |=
        compare_keys(entries_[order_[i - 1]].first, entries_[order_[i]].first) == Order::same;
  }
}

const Value* Map::find(const Value& key) const {
  Value narrowed;
  const Value* wanted = &key;
  if (key.is(Kind::real)) {
    if (!whole(key, narrowed)) return nullptr;
    wanted = &narrowed;
  } else if (!is_key(key)) {
    return nullptr;
  }
  auto at = std::lower_bound(order_.begin(), order_.end(), *wanted,
                             [this](std::uint32_t i, const Value& k) {
                               return compare_keys(entries_[i].first, k) == Order::less;
                             });
  if (at == order_.end() || compare_keys(entries_[*at].first, *wanted) != Order::same) {
    return nullptr;
  }
  return &entries_[*at].second;
}

const Value* Map::find(std::string_view key) const {
  auto at = std::lower_bound(order_.begin(), order_.end(), key,
                             [this](std::uint32_t i, std::string_view k) {
                               const Value& candidate = entries_[i].first;
                               return !candidate.is(Kind::string) || candidate.as_string() < k;
                             });
  if (at == order_.end() || entries_[*at].first.as_string() != key) return nullptr;
  return &entries_[*at].second;
}

bool equal(const Value& a, const Value& b, std::uint64_t& left) {
  if (left == 0) return false;
  --left;
  if (is_number(a.kind()) && is_number(b.kind())) return compare_numbers(a, b) == Order::same;
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::null:
      return true;
    case Kind::boolean:
      return a.as_bool() == b.as_bool();
    case Kind::string:
    case Kind::bytes:
    case Kind::type:
    case Kind::ip:
    case Kind::cidr:
      left -=
          std::min<std::uint64_t>(left, std::min(a.as_string().size(), b.as_string().size()) / 64);
      return a.as_string() == b.as_string();
    case Kind::list:
      return std::equal(a.as_list().begin(), a.as_list().end(), b.as_list().begin(),
                        b.as_list().end(),
                        [&](const Value& x, const Value& y) { return equal(x, y, left); });
    case Kind::map:
      return a.as_map().size() == b.as_map().size() &&
             std::all_of(a.as_map().entries().begin(), a.as_map().entries().end(),
                         [&](const Value::Entry& e) {
                           const Value* found = b.as_map().find(e.first);
                           return found && equal(e.second, *found, left);
                         });
    case Kind::timestamp:
      return a.seconds() == b.seconds() && a.nanos() == b.nanos();
    case Kind::duration:
      return a.nanoseconds() == b.nanoseconds();
    default:
      return false;
  }
}

bool equal(const Value& a, const Value& b) {
  std::uint64_t left = ~std::uint64_t{0};
  return equal(a, b, left);
}

Order compare(const Value& a, const Value& b) {
  if (is_number(a.kind()) && is_number(b.kind())) return compare_numbers(a, b);
  if (a.kind() != b.kind()) return Order::incomparable;
  switch (a.kind()) {
    case Kind::boolean:
      return order_of(a.as_bool(), b.as_bool());
    case Kind::string:
    case Kind::bytes:
      return order_of(a.as_string(), b.as_string());
    case Kind::timestamp:
      return order_of(std::pair(a.seconds(), a.nanos()), std::pair(b.seconds(), b.nanos()));
    case Kind::duration:
      return order_of(a.nanoseconds(), b.nanoseconds());
    default:
      return Order::incomparable;
  }
}

}  // namespace lockgate::cel
