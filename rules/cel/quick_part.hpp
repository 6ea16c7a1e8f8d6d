// What a Quick is made of: parts that call each other directly.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "rules/cel/program.hpp"
#include "rules/cel/quick.hpp"
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

// Where a value is found that many parts look at: each has a way of its own.  `one` is a
// field of a slot or local itself, the others lie deeper.
enum class Source : std::uint8_t {
  slot,
  slot_one,
  slot_field,
  local,
  local_one,
  local_field,
  made,
};

struct alignas(64) Part {
  union {
    Condition condition;
    Integer integer;
    Real real;
    Find find;
  };
  const Part* a = nullptr;
  const Part* b = nullptr;
  union {
    const Part* c;
    const re2::RE2* pattern;
  };
  std::uint32_t number = 0;  // of a slot or a local
  union {
    std::uint32_t cost;   // of a fold: steps for each element
    std::uint32_t field;  // of a record
  };
  const Shape* shape = nullptr;  // of a whole record that the field is of; null: not known
  Value constant = {};           // an operand, or the key of a field
  Part() : condition(nullptr), c(nullptr), field(0) {}
};
static_assert(sizeof(Part) == 64);

// To `to`, which has room: parts that point at each other.  Gives the one that was `root`.
const Part* copy(std::span<const Part> parts, const Part* root, Part* to);

// Evaluates by `ask(root, frame)`, which says whether it is sure.  False: it is not, or there
// is too little left; else what was used is taken from `left`.
template <class Ask>
bool run(const Start& start, std::span<const Value> values, const Limits& limits,
         std::uint64_t& left, Ask ask) {
  const std::uint64_t most = std::min(limits.cost, left);
  if (values.size() < start.slots || most <= start.cost) [[unlikely]]
    return false;
  Frame frame;
  frame.values = values.data();
  frame.left = most - start.cost;
  frame.finite = limits.finite;
  // Nothing left: a side that did not matter was stopped.
  if (!ask(*start.root, frame) || frame.left == 0) [[unlikely]]
    return false;
  left -= most - frame.left;
  return true;
}

// The value of a record's field; of any map's, if the record is not known.
inline const Value* field_of(const Part& field, const Value* of) {
  if (!of->is(Kind::map)) return nullptr;
  const Map& map = of->as_map();
  if (&map.shape() == field.shape) [[likely]]
    return &map.values()[field.field];
  if (field.shape && map.shape().record() == field.shape->record()) {
    const std::size_t place = map.shape().place_of(field.field);
    return place == Shape::none ? nullptr : &map.values()[place];
  }
  return map.find(field.constant.as_string());
}

// Down a chain of fields.
inline const Value* along(const Part* field, const Value* of) {
  for (; field && of; field = field->a) of = field_of(*field, of);
  return of;
}

// A part that looks at one field has the field's shape and place itself.
inline const Value* one_field_of(const Part& part, const Value* of) {
  if (of->is(Kind::map) && &of->as_map().shape() == part.shape) [[likely]] {
    return &of->as_map().values()[part.field];
  }
  return field_of(*part.a, of);
}

template <Source source>
const Value* found(const Part& part, Frame& frame) {
  if constexpr (source == Source::slot) return &frame.values[part.number];
  if constexpr (source == Source::slot_one) return one_field_of(part, &frame.values[part.number]);
  if constexpr (source == Source::slot_field) return along(part.a, &frame.values[part.number]);
  if constexpr (source == Source::local) return frame.locals[part.number];
  if constexpr (source == Source::local_one) return one_field_of(part, frame.locals[part.number]);
  if constexpr (source == Source::local_field) return along(part.a, frame.locals[part.number]);
  return part.a->find(*part.a, frame);
}

// The function `Op::run<source>` for the source at hand.
template <class Op>
constexpr auto pick(Source source) {
  switch (source) {
    case Source::slot:
      return &Op::template run<Source::slot>;
    case Source::slot_one:
      return &Op::template run<Source::slot_one>;
    case Source::slot_field:
      return &Op::template run<Source::slot_field>;
    case Source::local:
      return &Op::template run<Source::local>;
    case Source::local_one:
      return &Op::template run<Source::local_one>;
    case Source::local_field:
      return &Op::template run<Source::local_field>;
    case Source::made:
      break;
  }
  return &Op::template run<Source::made>;
}

}  // namespace lockgate::cel::quick
