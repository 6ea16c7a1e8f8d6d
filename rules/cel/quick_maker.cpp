// Plan -> Quick: picks the part for each step.

#include <algorithm>
#include <type_traits>

#include "rules/cel/quick.hpp"
#include "rules/cel/quick_make.hpp"

namespace lockgate::cel {

using quick::Part;
using quick::Source;

class QuickMaker {
 public:
  explicit QuickMaker(const Plan& plan) : plan_(plan), quick_(new Quick) {
    room_ = 6 * plan.steps.size() + 8;
    quick_->parts_ = std::make_unique<Part[]>(room_);
  }

  std::shared_ptr<const Quick> run() {
    if (plan_.locals > quick::kMostLocals) return nullptr;
    for (const std::size_t slot : plan_.slots) quick_->slots_ = std::max(quick_->slots_, slot + 1);
    quick_->kind_ = step(plan_.root).kind;
    switch (quick_->kind_) {
      case Kind::boolean:
        quick_->root_ = condition(plan_.root);
        break;
      case Kind::integer:
        quick_->root_ = integer(plan_.root);
        break;
      case Kind::real:
        quick_->root_ = real(plan_.root);
        break;
      default:
        break;
    }
    return quick_->root_ ? quick_ : nullptr;
  }

 private:
  using At = std::uint32_t;

  const Step& step(At at) const { return plan_.steps[at]; }
  At operand(const Step& of, std::uint32_t i) const { return plan_.operands[of.first + i]; }
  Part* add() { return used_ < room_ ? &quick_->parts_[used_++] : nullptr; }

  // Each gives null where there is no short way.
  const Part* condition(At at) {
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

  const Part* call(const Step& s) {
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

  const Part* comparison(const Step& s) {
    const Step& l = step(operand(s, 0));
    const Step& r = step(operand(s, 1));
    const bool number = l.kind == r.kind && (l.kind == Kind::integer || l.kind == Kind::real);
    const bool text = l.kind == Kind::string && r.kind == Kind::string;
    const bool constant = r.op == Op::constant && r.constant.is(r.kind) &&
                          ((number && is_place(l)) || (text && !r.constant.is_shared()));
    if ((number && !constant) || (l.kind == Kind::duration && r.kind == Kind::duration)) {
      return l.kind == Kind::real ? compared(s, Kind::real, &QuickMaker::real)
                                  : compared(s, Kind::integer, &QuickMaker::integer);
    }
    const bool plain_constant = constant && (number || s.fn == Fn::equal || s.fn == Fn::not_equal);
    const Kind kind = plain_constant ? l.kind : Kind::null;
    Part* part = looking(operand(s, 0), [&](Source source) {
      return quick::comparison(s.fn, kind, source, plain_constant);
    });
    if (!part) return nullptr;
    if (!plain_constant) return second(part, value(operand(s, 1)));
    part->constant = &r.constant;
    return part;
  }

  const Part* compared(const Step& s, Kind kind, const Part* (QuickMaker::*make)(At)) {
    Part* part = leaf(quick::comparison(s.fn, kind, Source::made, false));
    if (!part || !with(part, (this->*make)(operand(s, 0)))) return nullptr;
    return second(part, (this->*make)(operand(s, 1)));
  }

  const Part* in(const Step& s) {
    const Step& list = step(operand(s, 1));
    if (step(operand(s, 0)).kind == Kind::string && list.op == Op::constant &&
        list.constant.is(Kind::list) &&
        std::all_of(list.constant.as_list().begin(), list.constant.as_list().end(),
                    [](const Value& v) { return v.is(Kind::string) && !v.is_shared(); })) {
      Part* part = looking(operand(s, 0), [](Source source) { return quick::in_texts(source); });
      if (part) part->constant = &list.constant;
      if (part) part->cost += static_cast<std::uint32_t>(list.constant.as_list().size());
      return part;
    }
    Part* part = leaf(quick::in_value());
    if (!part || !with(part, value(operand(s, 0)))) return nullptr;
    return second(part, value(operand(s, 1)));
  }

  const Part* has(const Step& s) {
    if (s.optional) return nullptr;
    Part* part = leaf(quick::has_field());
    Part* field = add();
    if (!part || !field || !with(part, value(operand(s, 0)))) return nullptr;
    set_field(*field, s);
    part->b = field;
    return part;
  }

  // a && (b && (c && d))
  const Part* chain(const Step& s, std::uint32_t i, quick::Condition joined) {
    if (i + 1 == s.count) return condition(operand(s, i));
    Part* part = leaf(joined);
    if (!part || !with(part, condition(operand(s, i)))) return nullptr;
    return second(part, chain(s, i + 1, joined));
  }

  // Over a list or the keys of a map; over what a map(x, ...) makes, without making it.
  const Part* fold(const Step& s) {
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
    part->cost = 2 + part->b->cost + (mapped ? part->c->cost : 0);
    return part;
  }

  const Part* integer(At at) {
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

  const Part* size(const Step& s) {
    const Step& of = step(operand(s, 0));
    const bool filtered = of.op == Op::fold && of.fold == FoldKind::filter && !of.pair;
    Part* part = leaf(filtered ? quick::count() : quick::size());
    if (!part || !with(part, value(filtered ? operand(of, 0) : operand(s, 0)))) return nullptr;
    if (!filtered) return part;
    part->number = of.number;
    part->b = condition(operand(of, 1));
    if (!part->b) return nullptr;
    part->cost = 2 + part->b->cost;
    return part;
  }

  const Part* real(At at) {
    const Step& s = step(at);
    if (s.kind != Kind::real) return nullptr;
    if (is_place(s)) return looking(at, [](Source source) { return quick::real_of(source); });
    if (s.op == Op::constant) return number_constant(s, quick::real_constant());
    if (s.op == Op::conditional) return chosen(s, quick::real_choice(), &QuickMaker::real);
    return s.op == Op::call ? arithmetic(s, quick::real_arithmetic(s.fn), &QuickMaker::real)
                            : nullptr;
  }

  const Part* value(At at) {
    const Step& s = step(at);
    Part* part = add();
    if (!part) return nullptr;
    switch (s.op) {
      case Op::constant:
        if (s.constant.is_error() || s.constant.is_unknown()) return nullptr;
        part->find = quick::find_constant();
        part->constant = &s.constant;
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

  const Part* field(At at) {
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

  // Where a value lies, so that it need not be made.
  static bool is_place(const Step& s) {
    return (s.op == Op::slot || s.op == Op::local || s.op == Op::select || s.op == Op::index) &&
           !s.optional;
  }

  void set_field(Part& part, const Step& s) const {
    part.constant = &s.constant;
    if (!s.record) return;
    const Record::Field* field = s.record->find(s.constant.as_string());
    if (!field) return;
    part.shape = s.record->shape().get();
    part.number = static_cast<std::uint32_t>(field - s.record->fields.data());
  }

  // A part that looks at the value `at`, by the shortest way to it.
  template <class Made>
  Part* looking(At at, Made made) {
    const Step& s = step(at);
    Part* part = add();
    if (!part) return nullptr;
    if (s.op == Op::slot) {
      set(*part, made(Source::slot));
      part->number = s.number;
      return part;
    }
    // x.a.b of a slot or local x.
    Part* first = nullptr;
    At root = at;
    for (; step(root).op == Op::select && !step(root).optional; root = operand(step(root), 0)) {
      Part* field = add();
      if (!field) return nullptr;
      set_field(*field, step(root));
      field->a = first;
      first = field;
    }
    if (first && (step(root).op == Op::local || step(root).op == Op::slot)) {
      set(*part, made(step(root).op == Op::slot ? Source::slot_field : Source::local_field));
      part->number = step(root).number;
      part->a = first;
      return part;
    }
    if (s.op == Op::select && std::is_same_v<decltype(made(Source::made)), quick::Find>) {
      return nullptr;
    }
    set(*part, made(Source::made));
    return with(part, value(at)) ? part : nullptr;
  }

  static void set(Part& part, quick::Condition f) { part.condition = f; }
  static void set(Part& part, quick::Integer f) { part.integer = f; }
  static void set(Part& part, quick::Real f) { part.real = f; }
  static void set(Part& part, quick::Find f) { part.find = f; }

  template <class Function>
  Part* leaf(Function function) {
    Part* part = function ? add() : nullptr;
    if (part) set(*part, function);
    return part;
  }

  const Part* with(Part* part, const Part* a) const {
    if (!part || !a) return nullptr;
    part->a = a;
    part->cost += a->cost;
    return part;
  }

  const Part* second(Part* part, const Part* b) const {
    if (!b) return nullptr;
    part->b = b;
    part->cost += b->cost;
    return part;
  }

  template <class Function>
  const Part* number_constant(const Step& s, Function function) {
    Part* part = s.constant.is(s.kind) ? leaf(function) : nullptr;
    if (part) part->constant = &s.constant;
    return part;
  }

  template <class Function>
  const Part* arithmetic(const Step& s, Function function, const Part* (QuickMaker::*make)(At)) {
    Part* part = leaf(function);
    if (!part || !with(part, (this->*make)(operand(s, 0)))) return nullptr;
    return s.count == 1 ? part : second(part, (this->*make)(operand(s, 1)));
  }

  template <class Function>
  const Part* chosen(const Step& s, Function function, const Part* (QuickMaker::*make)(At)) {
    Part* part = leaf(function);
    if (!part || !with(part, condition(operand(s, 0)))) return nullptr;
    if (!second(part, (this->*make)(operand(s, 1)))) return nullptr;
    part->c = (this->*make)(operand(s, 2));
    if (!part->c) return nullptr;
    part->cost += part->c->cost;
    return part;
  }

  const Plan& plan_;
  std::shared_ptr<Quick> quick_;
  std::size_t room_ = 0;
  std::size_t used_ = 0;
};

std::shared_ptr<const Quick> Quick::make(const Plan& plan) { return QuickMaker(plan).run(); }

}  // namespace lockgate::cel
