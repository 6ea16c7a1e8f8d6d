// The part of QuickMaker that finds values and numbers.

#include <algorithm>

#include "rules/cel/quick_maker.hpp"

namespace lockgate::cel {

const Part* QuickMaker::integer(At at) {
  const Step& s = step(at);
  if (s.kind != Kind::integer && s.kind != Kind::duration) return nullptr;
  if (is_place(s)) {
    return looking(at, [&](Source source) { return quick::integer_of(s.kind, source); });
  }
  if (s.op == Op::constant) return number_constant(s, quick::integer_constant());
  if (s.op == Op::conditional) return chosen(s, quick::integer_choice(), &QuickMaker::integer);
  if (s.op != Op::call) return nullptr;
  if (s.kind == Kind::duration) {
    const bool moments = s.fn == Fn::subtract && s.count == 2 &&
                         step(operand(s, 0)).kind == Kind::timestamp &&
                         step(operand(s, 1)).kind == Kind::timestamp;
    if (!moments) return nullptr;
    Part* part = leaf(quick::apart());
    if (!part || !with(part, value(operand(s, 0)))) return nullptr;
    return second(part, value(operand(s, 1)));
  }
  if (s.fn == Fn::size) return size(s);
  if (s.fn >= Fn::full_year && s.count == 1) {
    Part* part = leaf(quick::member());
    if (!part || !with(part, value(operand(s, 0)))) return nullptr;
    part->number = static_cast<std::uint32_t>(s.fn);
    return part;
  }
  return arithmetic(s, quick::integer_arithmetic(s.fn), &QuickMaker::integer);
}

const Part* QuickMaker::size(const Step& s) {
  const Step& of = step(operand(s, 0));
  const bool filtered = of.op == Op::fold && of.fold == FoldKind::filter && !of.pair;
  Part* part = leaf(filtered ? quick::count() : quick::size());
  if (!part || !with(part, value(filtered ? operand(of, 0) : operand(s, 0)))) return nullptr;
  if (!filtered) return part;
  part->number = of.number;
  part->b = condition(operand(of, 1));
  if (!part->b) return nullptr;
  part->cost = 2 + steps(operand(of, 1));
  return part;
}

const Part* QuickMaker::real(At at) {
  const Step& s = step(at);
  if (s.kind != Kind::real) return nullptr;
  if (is_place(s)) return looking(at, [](Source source) { return quick::real_of(source); });
  if (s.op == Op::constant) return number_constant(s, quick::real_constant());
  if (s.op == Op::conditional) return chosen(s, quick::real_choice(), &QuickMaker::real);
  return s.op == Op::call ? arithmetic(s, quick::real_arithmetic(s.fn), &QuickMaker::real)
                          : nullptr;
}

const Part* QuickMaker::value(At at) {
  const Step& s = step(at);
  Part* part = add();
  if (!part) return nullptr;
  switch (s.op) {
    case Op::constant:
      if (s.constant.is_error() || s.constant.is_unknown()) return nullptr;
      part->find = quick::find_constant();
      part->constant = s.constant;
      return part;
    case Op::slot:
      part->find = quick::find_slot();
      part->number = s.number;
      return part;
    case Op::local:
      part->find = quick::find_local();
      part->number = s.number;
      return part;
    case Op::select:
      return s.optional ? nullptr : field(at);
    case Op::index: {
      if (s.optional) return nullptr;
      const bool map = step(operand(s, 0)).kind == Kind::map;
      if (!map && step(operand(s, 0)).kind != Kind::list) return nullptr;
      part->find = map ? quick::find_element() : quick::find_at();
      if (!with(part, value(operand(s, 0)))) return nullptr;
      return second(part, map ? value(operand(s, 1)) : integer(operand(s, 1)));
    }
    case Op::conditional:
      part->find = quick::find_choice();
      if (!with(part, condition(operand(s, 0)))) return nullptr;
      if (!second(part, value(operand(s, 1)))) return nullptr;
      part->c = value(operand(s, 2));
      return part->c ? part : nullptr;
    case Op::call: {
      // timestamp(x) of a timestamp is x.
      const bool same = (s.fn == Fn::to_timestamp && s.kind == Kind::timestamp) ||
                        (s.fn == Fn::to_duration && s.kind == Kind::duration);
      if (!same || step(operand(s, 0)).kind != s.kind) return nullptr;
      part->find = quick::find_of_kind();
      part->number = static_cast<std::uint32_t>(s.kind);
      return with(part, value(operand(s, 0)));
    }
    default:
      return nullptr;
  }
}

const Part* QuickMaker::field(At at) {
  const Step& of = step(operand(step(at), 0));
  if (of.op == Op::slot || of.op == Op::local || of.op == Op::select) {
    return looking(at, [](Source source) { return quick::find_along(source); });
  }
  Part* part = add();
  Part* one = add();
  if (!part || !one) return nullptr;
  part->find = quick::find_field();
  set_field(*one, step(at));
  part->b = one;
  return with(part, value(operand(step(at), 0)));
}

bool QuickMaker::is_place(const Step& s) {
  return (s.op == Op::slot || s.op == Op::local || s.op == Op::select || s.op == Op::index) &&
         !s.optional;
}

void QuickMaker::set_field(Part& part, const Step& s) const {
  part.constant = s.constant;
  if (!s.record) return;
  const Record::Field* field = s.record->find(s.constant.as_string());
  if (!field) return;
  part.shape = s.record->shape().get();
  part.number = static_cast<std::uint32_t>(field - s.record->fields.data());
}

}  // namespace lockgate::cel
