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

Block* block_of(std::span<Value> values) {
  Block* block = make_block<Value>(values.size());
  std::uninitialized_move(values.begin(), values.end(), reinterpret_cast<Value*>(block + 1));
  return block;
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

Value Value::list(std::vector<Value> elements) { return list_from(elements); }

Value Value::list_from(std::span<Value> elements) { return {Kind::list, block_of(elements)}; }

Value Value::optional(Value content) { return {Kind::optional, block_of({&content, 1})}; }

Value Value::optional_none() { return {Kind::optional, block_of({})}; }

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

Value Value::map(std::shared_ptr<const Shape> shape, std::vector<Value> values) {
  return map_from(std::move(shape), values);
}

Value Value::map_from(std::shared_ptr<const Shape> shape, std::span<Value> values) {
  void* memory = ::operator new(sizeof(Map) + values.size() * sizeof(Value));
  Map* map = new (memory) Map(std::move(shape));
  map->Block::size = static_cast<std::uint32_t>(values.size());
  std::uninitialized_move(values.begin(), values.end(), reinterpret_cast<Value*>(map + 1));
  return {Kind::map, map};
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
  if (block().references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  if (is(Kind::list) || is(Kind::optional)) {
    destroy_values(as_list().data(), as_list().size());
  } else if (is(Kind::map)) {
    destroy_values(as_map().values().data(), as_map().size());
    as_map().~Map();
  }
  ::operator delete(const_cast<Block*>(&block()));
}

}  // namespace lockgate::cel
