#include <algorithm>
#include <cmath>
#include <numeric>

#include "rules/cel/compare.hpp"

namespace lockgate::cel {
namespace {

constexpr std::size_t few_keys = 8;  // fewer are found sooner one by one

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

}  // namespace

Shape::Shape(std::vector<Value> keys) : keys_(std::move(keys)), order_(keys_.size()) {
  std::iota(order_.begin(), order_.end(), 0u);
  std::sort(order_.begin(), order_.end(), [this](std::uint32_t a, std::uint32_t b) {
    return compare_keys(keys_[a], keys_[b]) == Order::less;
  });
  for (std::size_t i = 1; i < order_.size(); ++i) {
    repeated_ |= compare_keys(keys_[order_[i - 1]], keys_[order_[i]]) == Order::same;
  }
}

Shape::Shape(std::vector<Value> keys, std::uint64_t record, std::vector<std::size_t> places)
    : Shape(std::move(keys)) {
  record_ = record;
  places_ = std::move(places);
}

std::size_t Shape::find(const Value& key) const {
  if (keys_.size() <= few_keys && key.is(Kind::string)) {
    if (key.is_shared()) return find(key.as_string());
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      if (keys_[i].same_bits(key)) return i;
    }
    return none;
  }
  Value narrowed;
  const Value* wanted = &key;
  if (key.is(Kind::real)) {
    if (!whole(key, narrowed)) return none;
    wanted = &narrowed;
  } else if (!is_key(key)) {
    return none;
  }
  const auto at = std::lower_bound(
      order_.begin(), order_.end(), *wanted,
      [this](std::uint32_t i, const Value& k) { return compare_keys(keys_[i], k) == Order::less; });
  if (at == order_.end() || compare_keys(keys_[*at], *wanted) != Order::same) return none;
  return *at;
}

std::size_t Shape::find(std::string_view key) const {
  if (keys_.size() <= few_keys) {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      if (keys_[i].is(Kind::string) && keys_[i].as_string() == key) return i;
    }
    return none;
  }
  const auto at = std::lower_bound(
      order_.begin(), order_.end(), key, [this](std::uint32_t i, std::string_view k) {
        const Value& candidate = keys_[i];
        return !candidate.is(Kind::string) || candidate.as_string() < k;
      });
  if (at == order_.end() || keys_[*at].as_string() != key) return none;
  return *at;
}

}  // namespace lockgate::cel
