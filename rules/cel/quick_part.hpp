// What a Quick is made of: parts that call each other directly.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "rules/cel/value.hpp"

namespace re2 {
class RE2;
}

namespace lockgate::cel::quick {

enum class Answer : std::uint8_t { no, yes, unsure };

inline Answer answer(bool b) { return b ? Answer::yes : Answer::no; }

struct Part;

constexpr std::size_t kMostLocals = 8;

// One evaluation.
struct Frame {
  const Value* values;
  std::uint64_t left;
  bool finite;
  std::array<const Value*, kMostLocals> locals;

  // Whether there is enough left; takes it.  Once there was not, nothing is left.
  bool charge(std::uint64_t steps) {
    if (left <= steps) {
      left = 0;
      return false;
    }
    left -= steps;
    return true;
  }
};

using Condition = Answer (*)(const Part&, Frame&);
using Integer = bool (*)(const Part&, Frame&, std::int64_t& out);  // false: unsure
using Real = bool (*)(const Part&, Frame&, double& out);           // false: unsure
using Find = const Value* (*)(const Part&, Frame&);                // null: unsure

// Where a value is found that many parts look at: each has a way of its own.
enum class Source : std::uint8_t { slot, slot_field, local_field, made };

struct alignas(64) Part {
  union {
    Condition condition;
    Integer integer;
    Real real;
    Find find;
  };
  const Part* a = nullptr;
  const Part* b = nullptr;
  const Part* c = nullptr;
  std::uint32_t number = 0;  // of a slot, a local or a field of a record
  std::uint32_t cost = 1;    // of a fold: steps for each element
  union {
    const Shape* shape;  // of a whole record that the field is of; null: not known
    const re2::RE2* pattern;
  };
  Value constant = {};  // an operand, or the key of a field
  Part() : condition(nullptr), shape(nullptr) {}
};
static_assert(sizeof(Part) == 64);

// The value of a record's field; of any map's, if the record is not known.
inline const Value* field_of(const Part& field, const Value* of) {
  if (!of->is(Kind::map)) return nullptr;
  const Map& map = of->as_map();
  if (&map.shape() == field.shape) [[likely]]
    return &map.values()[field.number];
  if (field.shape && map.shape().record() == field.shape->record()) {
    const std::size_t place = map.shape().place_of(field.number);
    return place == Shape::none ? nullptr : &map.values()[place];
  }
  return map.find(field.constant.as_string());
}

// Down a chain of fields.
inline const Value* along(const Part* field, const Value* of) {
  for (; field && of; field = field->a) of = field_of(*field, of);
  return of;
}

template <Source source>
const Value* found(const Part& part, Frame& frame) {
  if constexpr (source == Source::slot) return &frame.values[part.number];
  if constexpr (source == Source::slot_field) return along(part.a, &frame.values[part.number]);
  if constexpr (source == Source::local_field) return along(part.a, frame.locals[part.number]);
  return part.a->find(*part.a, frame);
}

// The function `Op::run<source>` for the source at hand.
template <class Op>
constexpr auto pick(Source source) {
  switch (source) {
    case Source::slot:
      return &Op::template run<Source::slot>;
    case Source::slot_field:
      return &Op::template run<Source::slot_field>;
    case Source::local_field:
      return &Op::template run<Source::local_field>;
    case Source::made:
      break;
  }
  return &Op::template run<Source::made>;
}

}  // namespace lockgate::cel::quick
