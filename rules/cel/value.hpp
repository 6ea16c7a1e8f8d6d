// What an expression yields.
//
// A Value is 16 bytes, immutable and cheap to copy: numbers, times and text of up
// to 14 bytes live inside it, longer text, lists and maps are shared and counted.
// Copies may be read from many threads at once.

#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/cel/type.hpp"

namespace lockgate::cel {

class Map;
class Shape;

// What several Values share: text, elements or slots follow it.
struct Block {
  mutable std::atomic<std::uint32_t> references = 1;
  std::uint32_t size = 0;  // bytes, elements or slots
};

class Value {
 public:
  using Entry = std::pair<Value, Value>;
  static constexpr std::size_t most_inline = 14;  // bytes of text; longer text is shared

  Value() noexcept = default;  // null
  Value(const Value& other) noexcept : low_(other.low_), high_(other.high_) {
    if (is_shared()) retain();
  }
  Value(Value&& other) noexcept : low_(other.low_), high_(other.high_) {
    other.low_ = other.high_ = 0;
  }
  Value& operator=(Value other) noexcept {
    std::swap(low_, other.low_);
    std::swap(high_, other.high_);
    return *this;
  }
  ~Value() {
    if (is_shared()) release();
  }

  static Value null() { return {}; }
  static Value boolean(bool b) { return {Kind::boolean, std::uint64_t{b}}; }
  static Value integer(std::int64_t i) { return {Kind::integer, static_cast<std::uint64_t>(i)}; }
  static Value uinteger(std::uint64_t u) { return {Kind::uinteger, u}; }
  static Value real(double d) { return {Kind::real, std::bit_cast<std::uint64_t>(d)}; }
  static Value string(std::string_view text) { return text_of(Kind::string, text); }  // UTF-8
  static Value bytes(std::string_view octets) { return text_of(Kind::bytes, octets); }
  static Value list(std::vector<Value> elements);
  // A list of nulls; `elements` are to be put in their place before it is shared.
  static Value list_to_fill(std::size_t size, std::span<Value>& elements);
  // An error if a key repeats or is not a bool, int, uint or string.
  static Value map(std::vector<Entry> entries);
  // `values` in the order of the shape's keys.  Maps of one shape share their keys.
  static Value map(std::shared_ptr<const Shape> shape, std::vector<Value> values);
  static Value map_to_fill(std::shared_ptr<const Shape> shape, std::span<Value>& values);
  // The elements of a list or the values of a map, to be replaced; empty if another Value
  // has them as well.
  std::span<Value> own_values();
  // Since 1970, UTC; an error outside the years 1 to 9999.  0 <= nanos < 10^9.
  static Value timestamp(std::int64_t seconds, std::int32_t nanos = 0);
  static Value duration(std::int64_t nanoseconds) {
    return {Kind::duration, static_cast<std::uint64_t>(nanoseconds)};
  }
  static Value type(std::string_view name) { return text_of(Kind::type, name); }
  static Value ip(std::string_view octets) { return text_of(Kind::ip, octets); }  // 4 or 16
  static Value cidr(std::string_view octets) {  // the same, then the length of the prefix
    return text_of(Kind::cidr, octets);
  }
  static Value optional(Value content);
  static Value optional_none();
  // `message`: one lower-case clause for people, without case data.
  static Value error(std::string_view message) { return text_of(Kind::error, message); }
  static Value unknown(std::size_t slot);
  static Value merge_unknown(const Value& a, const Value& b);  // both unknown

  Kind kind() const { return static_cast<Kind>(low_ & 0xFF); }
  bool is(Kind kind) const { return this->kind() == kind; }
  bool is_error() const { return is(Kind::error); }
  bool is_unknown() const { return is(Kind::unknown); }
  bool is_true() const { return is(Kind::boolean) && high_ != 0; }
  bool is_false() const { return is(Kind::boolean) && high_ == 0; }

  // Each may be asked only of the kinds named; anything else is a bug.  What is
  // viewed lives as long as this Value, not longer.
  bool as_bool() const { return high_ != 0; }
  std::int64_t as_int() const { return static_cast<std::int64_t>(high_); }
  std::uint64_t as_uint() const { return high_; }
  double as_double() const { return std::bit_cast<double>(high_); }
  std::string_view as_string() const {  // string, bytes, type (its name), ip, cidr (octets)
    if (is_shared()) return shared_text();
    return {reinterpret_cast<const char*>(this) + kTextAt, inline_size()};
  }
  std::span<const Value> as_list() const {
    return {reinterpret_cast<const Value*>(&block() + 1), block().size};
  }
  const Map& as_map() const;
  const Value* as_optional() const {  // its content, or null if it has none
    return as_list().empty() ? nullptr : as_list().data();
  }
  std::int64_t seconds() const { return as_int(); }  // timestamp
  std::int32_t nanos() const {                       // timestamp: 0 to 999,999,999
    return static_cast<std::int32_t>(low_ >> 32);
  }
  std::int64_t nanoseconds() const { return as_int(); }     // duration
  std::string_view message() const { return as_string(); }  // error
  // unknown: the slots it waits for, ascending, each once.
  std::span<const std::uint64_t> waits_for() const;

  // The same bits: true only of equal values; false says nothing of shared ones.
  bool same_bits(const Value& other) const { return low_ == other.low_ && high_ == other.high_; }
  bool is_shared() const { return (low_ & kShared) != 0; }

  // The same kind and content: int 1 is not uint 1; NaN is NaN; for tests.
  bool identical(const Value& other) const;
  // For people and tests: 'text', 3, [1, 2], {'a': true}.
  std::string text() const;

 private:
  // Low word, from its lowest byte: the kind; the size of text within, and a mark for
  // what is shared; then that text, or in the upper half a timestamp's nanoseconds.
  // High word: the scalar, the rest of the text, or the address of a Block.
  static_assert(std::endian::native == std::endian::little);
  static constexpr std::uint64_t kShared = 0x8000;
  static constexpr std::size_t kTextAt = 2;

  Value(Kind kind, std::uint64_t high) : low_(static_cast<std::uint64_t>(kind)), high_(high) {}
  Value(Kind kind, const Block* block)
      : low_(static_cast<std::uint64_t>(kind) | kShared),
        high_(std::bit_cast<std::uint64_t>(block)) {}
  static Value text_of(Kind kind, std::string_view text) {
    if (text.size() > most_inline) return shared_text_of(kind, text);
    Value v(kind, std::uint64_t{0});
    const auto [first, rest] = short_text(text);
    v.low_ |= text.size() << 8 | first << (8 * kTextAt);
    v.high_ = first >> (8 * (8 - kTextAt)) | rest << (8 * kTextAt);
    return v;
  }
  // Its first eight bytes and what follows, by pieces that may overlap: in registers,
  // for what was just written in pieces is slow to read as a whole.
  static std::pair<std::uint64_t, std::uint64_t> short_text(std::string_view text) {
    const std::size_t size = text.size();
    const char* from = text.data();
    if (size >= 8) {
      const auto first = load<std::uint64_t>(from);
      const auto last = load<std::uint64_t>(from + size - 8);
      return {first, size == 8 ? 0 : last >> (8 * (16 - size))};
    }
    std::uint64_t all = 0;
    if (size >= 4) {
      const std::uint64_t last = load<std::uint32_t>(from + size - 4);
      all = load<std::uint32_t>(from) | last << (8 * (size - 4));
    } else {
      for (std::size_t i = 0; i < size; ++i) {
        all |= std::uint64_t{static_cast<unsigned char>(from[i])} << (8 * i);
      }
    }
    return {all, 0};
  }
  template <class Word>
  static Word load(const char* from) {
    Word word;
    std::memcpy(&word, from, sizeof word);
    return word;
  }
  static Value shared_text_of(Kind kind, std::string_view text);
  std::size_t inline_size() const { return low_ >> 8 & 0x7F; }
  const Block& block() const { return *std::bit_cast<const Block*>(high_); }
  std::string_view shared_text() const {
    return {reinterpret_cast<const char*>(&block() + 1), block().size};
  }
  void retain() const { block().references.fetch_add(1, std::memory_order_relaxed); }
  void release() const;

  std::uint64_t low_ = 0;
  std::uint64_t high_ = 0;
};

static_assert(sizeof(Value) == 16 && static_cast<int>(Kind::null) == 0);

// The keys that maps have in common, in the order they were given.
class Shape {
 public:
  explicit Shape(std::vector<Value> keys);  // each a bool, int, uint or string
  // Of a record: `places` says for each of its fields where its key is here, or `none`.
  Shape(std::vector<Value> keys, std::uint64_t record, std::vector<std::size_t> places);
  std::span<const Value> keys() const { return keys_; }
  // The place of a key (1, 1u and 1.0 are one key), or `none`.
  static constexpr std::size_t none = ~std::size_t{0};
  std::size_t find(const Value& key) const;
  std::size_t find(std::string_view key) const;
  bool has_repeated_key() const { return repeated_; }
  std::uint64_t record() const { return record_; }  // its Record::id; 0: of none
  std::size_t place_of(std::size_t field) const { return places_[field]; }

 private:
  std::vector<Value> keys_;
  std::vector<std::uint32_t> order_;  // by key
  bool repeated_ = false;
  std::uint64_t record_ = 0;
  std::vector<std::size_t> places_;
};

class Map : public Block {
 public:
  struct Entry {
    const Value& first;
    const Value& second;
  };
  class Entries {
   public:
    struct Iterator {
      using iterator_category = std::input_iterator_tag;
      using value_type = Entry;
      using difference_type = std::ptrdiff_t;
      using pointer = void;
      using reference = Entry;
      const Value* key;
      const Value* value;
      Entry operator*() const { return {*key, *value}; }
      Iterator& operator++() {
        ++key;
        ++value;
        return *this;
      }
      Iterator operator++(int) {
        const Iterator before = *this;
        ++*this;
        return before;
      }
      bool operator==(const Iterator& other) const { return value == other.value; }
    };
    Entries(std::span<const Value> keys, std::span<const Value> values)
        : keys_(keys), values_(values) {}
    Iterator begin() const { return {keys_.data(), values_.data()}; }
    Iterator end() const { return {keys_.data() + size(), values_.data() + size()}; }
    std::size_t size() const { return values_.size(); }
    Entry operator[](std::size_t i) const { return {keys_[i], values_[i]}; }

   private:
    std::span<const Value> keys_;
    std::span<const Value> values_;
  };

  const Shape& shape() const { return *shape_; }
  std::span<const Value> values() const {  // in the order of the shape's keys
    return {reinterpret_cast<const Value*>(this + 1), size()};
  }
  Entries entries() const { return {shape_->keys(), values()}; }
  std::size_t size() const { return Block::size; }
  // The value at `key`, or null if there is none.
  const Value* find(const Value& key) const { return at(shape_->find(key)); }
  const Value* find(std::string_view key) const { return at(shape_->find(key)); }

 private:
  friend class Value;
  explicit Map(std::shared_ptr<const Shape> shape) : shape_(std::move(shape)) {}
  const Value* at(std::size_t i) const { return i == Shape::none ? nullptr : &values()[i]; }
  std::shared_ptr<const Shape> shape_;
};

inline const Map& Value::as_map() const { return static_cast<const Map&>(block()); }

inline std::span<Value> Value::own_values() {
  if ((!is(Kind::list) && !is(Kind::map)) ||
      block().references.load(std::memory_order_acquire) != 1) {
    return {};
  }
  const std::span<const Value> all = is(Kind::list) ? as_list() : as_map().values();
  return {const_cast<Value*>(all.data()), all.size()};
}

// CEL's ==: numbers on one line, different kinds are not equal.
bool equal(const Value& a, const Value& b);
// The same, stopping (with false) once `left` has counted down to 0.
bool equal(const Value& a, const Value& b, std::uint64_t& left);

// CEL's <: less, same, greater; `unordered` if one is NaN, `incomparable` if
// the kinds have no order between them.
enum class Order : std::uint8_t { less, same, greater, unordered, incomparable };
Order compare(const Value& a, const Value& b);

}  // namespace lockgate::cel
