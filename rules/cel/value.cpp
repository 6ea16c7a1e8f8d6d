#include "rules/cel/value.hpp"

#include <algorithm>
#include <memory>
#include <new>

#include "rules/cel/compare.hpp"

namespace lockgate::cel {
namespace {

constexpr std::int64_t first_second = -62135596800;  // 0001-01-01T00:00:00Z
constexpr std::int64_t last_second = 253402300799;   // 9999-12-31T23:59:59Z

// A block with room for `count` things behind it.
template <class Thing>
Block* make_block(std::size_t count) {
  auto* block = new (::operator new(sizeof(Block) + count * sizeof(Thing))) Block;
  block->size = static_cast<std::uint32_t>(count);
  return block;
}

std::span<Value> nulls_at(void* place, std::size_t count) {
  auto* first = static_cast<Value*>(place);
  std::uninitialized_value_construct_n(first, count);
  return {first, count};
}

void destroy_values(const Value* values, std::size_t count) {
  std::destroy_n(const_cast<Value*>(values), count);
}

}  // namespace

Value Value::shared_text_of(Kind kind, std::string_view text) {
  Block* block = make_block<char>(text.size());
  std::memcpy(reinterpret_cast<char*>(block + 1), text.data(), text.size());
  return {kind, block};
}

Value Value::list_to_fill(std::size_t size, std::span<Value>& elements) {
  Block* block = make_block<Value>(size);
  elements = nulls_at(block + 1, size);
  return {Kind::list, block};
}

Value Value::list(std::vector<Value> elements) {
  std::span<Value> filled;
  Value list = list_to_fill(elements.size(), filled);
  std::move(elements.begin(), elements.end(), filled.begin());
  return list;
}

Value Value::optional(Value content) {
  Block* block = make_block<Value>(1);
  nulls_at(block + 1, 1)[0] = std::move(content);
  return {Kind::optional, block};
}

Value Value::optional_none() { return {Kind::optional, make_block<Value>(0)}; }

Value Value::map(std::vector<Entry> entries) {
  std::vector<Value> keys, values;
  keys.reserve(entries.size());
  values.reserve(entries.size());
  for (Entry& entry : entries) {
    if (!is_key(entry.first)) {
      return error("a map's key cannot be " + std::string(kind_in_words(entry.first.kind())));
    }
    keys.push_back(std::move(entry.first));
    values.push_back(std::move(entry.second));
  }
  auto shape = std::make_shared<const Shape>(std::move(keys));
  if (shape->has_repeated_key()) return error("a map has the same key twice");
  return map(std::move(shape), std::move(values));
}

Value Value::map_to_fill(std::shared_ptr<const Shape> shape, std::span<Value>& values) {
  const std::size_t size = shape->keys().size();
  Map* map = new (::operator new(sizeof(Map) + size * sizeof(Value))) Map(std::move(shape));
  map->Block::size = static_cast<std::uint32_t>(size);
  values = nulls_at(map + 1, size);
  return {Kind::map, map};
}

Value Value::map(std::shared_ptr<const Shape> shape, std::vector<Value> values) {
  std::span<Value> filled;
  Value map = map_to_fill(std::move(shape), filled);
  std::move(values.begin(), values.end(), filled.begin());
  return map;
}

Value Value::timestamp(std::int64_t seconds, std::int32_t nanos) {
  if (seconds < first_second || seconds > last_second) {
    return error("the date is outside the years 1 to 9999");
  }
  Value v(Kind::timestamp, static_cast<std::uint64_t>(seconds));
  v.low_ |= std::uint64_t{static_cast<std::uint32_t>(nanos)} << 32;
  return v;
}

Value Value::unknown(std::size_t slot) { return {Kind::unknown, std::uint64_t{slot}}; }

Value Value::merge_unknown(const Value& a, const Value& b) {
  std::vector<std::uint64_t> slots;
  std::set_union(a.waits_for().begin(), a.waits_for().end(), b.waits_for().begin(),
                 b.waits_for().end(), std::back_inserter(slots));
  if (slots.size() == 1) return unknown(slots[0]);
  Block* block = make_block<std::uint64_t>(slots.size());
  std::copy(slots.begin(), slots.end(), reinterpret_cast<std::uint64_t*>(block + 1));
  return {Kind::unknown, block};
}

std::span<const std::uint64_t> Value::waits_for() const {
  if (!is_shared()) return {&high_, 1};
  return {reinterpret_cast<const std::uint64_t*>(&block() + 1), block().size};
}

void Value::release() const {
  // Whoever has the only one need not count down.
  if (block().references.load(std::memory_order_acquire) != 1 &&
      block().references.fetch_sub(1, std::memory_order_acq_rel) != 1) {
    return;
  }
  if (is(Kind::list) || is(Kind::optional)) {
    destroy_values(as_list().data(), as_list().size());
  } else if (is(Kind::map)) {
    destroy_values(as_map().values().data(), as_map().size());
    as_map().~Map();
  }
  ::operator delete(const_cast<Block*>(&block()));
}

}  // namespace lockgate::cel
