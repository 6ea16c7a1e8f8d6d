#include "rules/cel/quick_maker.hpp"

#include <algorithm>

namespace lockgate::cel {

std::shared_ptr<const Quick> QuickMaker::run() {
  if (plan_.locals > quick::kMostLocals) return nullptr;
  quick::Start& start = quick_->start_;
  for (const std::size_t slot : plan_.slots) start.slots = std::max(start.slots, slot + 1);
  quick_->kind_ = step(plan_.root).kind;
  switch (quick_->kind_) {
    case Kind::boolean:
      start.root = condition(plan_.root);
      break;
    case Kind::integer:
      start.root = integer(plan_.root);
      break;
    case Kind::real:
      start.root = real(plan_.root);
      break;
    case Kind::dyn:
      break;
    default:
      start.root = value(plan_.root);
      break;
  }
  if (!start.root) return nullptr;
  start.cost = steps(plan_.root);
  quick_->size_ = used_;
  auto parts = std::make_unique<Part[]>(used_);
  start.root = quick::copy(std::span(parts_.get(), used_), start.root, parts.get());
  quick_->parts_ = std::move(parts);
  return quick_;
}

std::uint32_t QuickMaker::steps(At at) const {
  const Step& s = step(at);
  std::uint32_t sum = 1;
  for (std::uint32_t i = 0; i < s.count; ++i) sum += steps(operand(s, i));
  if (s.op != Op::call) return sum;
  if (s.fn == Fn::equal || s.fn == Fn::not_equal) ++sum;  // what is compared
  if (s.fn == Fn::in && step(operand(s, 1)).constant.is(Kind::list)) {
    sum += static_cast<std::uint32_t>(step(operand(s, 1)).constant.as_list().size());
  }
  return sum;
}

const Part* QuickMaker::condition(At at) {
  const Step& s = step(at);
  if (s.kind != Kind::boolean && s.kind != Kind::dyn) return nullptr;
  switch (s.op) {
    case Op::constant:
      return s.constant.is(Kind::boolean) ? leaf(quick::constant_truth(s.constant.as_bool()))
                                          : nullptr;
    case Op::slot:
    case Op::local:
    case Op::select:
    case Op::index:
      return looking(at, [](Source source) { return quick::truth(source); });
    case Op::has_slot: {
      Part* part = leaf(quick::has_slot());
      if (part) part->number = s.number;
      return part;
    }
    case Op::has:
      return has(s);
    case Op::conditional:
      return chosen(s, quick::choice(), &QuickMaker::condition);
    case Op::all_of:
      return chain(s, 0, quick::both());
    case Op::any_of:
      return chain(s, 0, quick::either());
    case Op::fold:
      return fold(s);
    case Op::match: {
      Part* part = looking(operand(s, 0), [](Source source) { return quick::match(source); });
      if (part) part->pattern = plan_.patterns[s.number].get();
      return part;
    }
    case Op::call:
      return call(s);
    default:
      return nullptr;
  }
}

const Part* QuickMaker::call(const Step& s) {
  switch (s.fn) {
    case Fn::logical_not: {
      Part* part = leaf(quick::negation());
      return with(part, part ? condition(operand(s, 0)) : nullptr);
    }
    case Fn::equal:
    case Fn::not_equal:
    case Fn::less:
    case Fn::less_equal:
    case Fn::greater:
    case Fn::greater_equal:
      return comparison(s);
    case Fn::in:
      return in(s);
    case Fn::contains:
    case Fn::starts_with:
    case Fn::ends_with: {
      Part* part =
          looking(operand(s, 0), [&](Source source) { return quick::text_test(s.fn, source); });
      return part ? second(part, value(operand(s, 1))) : nullptr;
    }
    default:
      return nullptr;
  }
}

const Part* QuickMaker::comparison(const Step& s) {
  const Step& l = step(operand(s, 0));
  const Step& r = step(operand(s, 1));
  const bool number = l.kind == r.kind && (l.kind == Kind::integer || l.kind == Kind::real);
  if (r.op == Op::constant && r.constant.is(l.kind) && l.kind == r.kind &&
      ((number && is_place(l)) || (l.kind == Kind::string && !r.constant.is_shared() &&
                                   (s.fn == Fn::equal || s.fn == Fn::not_equal)))) {
    Part* part = looking(operand(s, 0), [&](Source source) {
      return quick::comparison_with_constant(s.fn, l.kind, source);
    });
    if (part) part->constant = r.constant;
    return part;
  }
  if (number || (l.kind == Kind::duration && r.kind == Kind::duration)) {
    const Kind kind = l.kind == Kind::real ? Kind::real : Kind::integer;
    const auto made = [&](bool constant) {
      return quick::comparison_of_numbers(s.fn, kind, constant);
    };
    return kind == Kind::real ? of_numbers(s, made, &QuickMaker::real)
                              : of_numbers(s, made, &QuickMaker::integer);
  }
  Part* part =
      looking(operand(s, 0), [&](Source source) { return quick::comparison(s.fn, source); });
  return part ? second(part, value(operand(s, 1))) : nullptr;
}

const Part* QuickMaker::in(const Step& s) {
  const Step& list = step(operand(s, 1));
  if (step(operand(s, 0)).kind == Kind::string && list.op == Op::constant &&
      list.constant.is(Kind::list) &&
      std::all_of(list.constant.as_list().begin(), list.constant.as_list().end(),
                  [](const Value& v) { return v.is(Kind::string) && !v.is_shared(); })) {
    Part* part = looking(operand(s, 0), [](Source source) { return quick::in_texts(source); });
    if (part) part->constant = list.constant;
    return part;
  }
  Part* part = leaf(quick::in_value());
  if (!part || !with(part, value(operand(s, 0)))) return nullptr;
  return second(part, value(operand(s, 1)));
}

const Part* QuickMaker::has(const Step& s) {
  if (s.optional) return nullptr;
  Part* part = leaf(quick::has_field());
  Part* field = add();
  if (!part || !field || !with(part, value(operand(s, 0)))) return nullptr;
  set_field(*field, s);
  part->b = field;
  return part;
}

const Part* QuickMaker::chain(const Step& s, std::uint32_t i, quick::Condition joined) {
  if (i + 1 == s.count) return condition(operand(s, i));
  Part* part = leaf(joined);
  if (!part || !with(part, condition(operand(s, i)))) return nullptr;
  return second(part, chain(s, i + 1, joined));
}

const Part* QuickMaker::fold(const Step& s) {
  const quick::Condition folded = s.pair ? nullptr : quick::fold(s.fold);
  if (!folded) return nullptr;
  Part* part = leaf(folded);
  if (!part) return nullptr;
  part->number = s.number;
  const Step& range = step(operand(s, 0));
  const bool mapped = range.op == Op::fold && range.fold == FoldKind::map && range.count == 2 &&
                      !range.pair && range.number == s.number;
  part->a = value(mapped ? operand(range, 0) : operand(s, 0));
  part->b = condition(operand(s, 1));
  part->c = mapped ? value(operand(range, 1)) : nullptr;
  if (!part->a || !part->b || (mapped && !part->c)) return nullptr;
  part->cost = 2 + steps(operand(s, 1)) + (mapped ? 2 + steps(operand(range, 1)) : 0);
  return part;
}

const Part* QuickMaker::with(Part* part, const Part* a) const {
  if (!part || !a) return nullptr;
  part->a = a;
  return part;
}

const Part* QuickMaker::second(Part* part, const Part* b) const {
  if (!b) return nullptr;
  part->b = b;
  return part;
}

std::shared_ptr<const Quick> Quick::make(const Plan& plan) { return QuickMaker(plan).run(); }

}  // namespace lockgate::cel
