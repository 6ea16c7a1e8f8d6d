// Plan -> Quick: picks the part for each step.

#pragma once

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

  std::shared_ptr<const Quick> run();

 private:
  using At = std::uint32_t;

  const Step& step(At at) const { return plan_.steps[at]; }
  At operand(const Step& of, std::uint32_t i) const { return plan_.operands[of.first + i]; }
  // At least as many as the Plan takes, each fold once through.
  std::uint32_t steps(At at) const;
  Part* add() { return used_ < room_ ? &quick_->parts_[used_++] : nullptr; }

  // Each gives null where there is no short way.
  const Part* condition(At at);
  const Part* call(const Step& s);
  const Part* comparison(const Step& s);
  const Part* compared(const Step& s, Kind kind, const Part* (QuickMaker::*make)(At));
  const Part* in(const Step& s);
  const Part* has(const Step& s);

  // a && (b && (c && d))
  const Part* chain(const Step& s, std::uint32_t i, quick::Condition joined);

  // Over a list or the keys of a map; over what a map(x, ...) makes, without making it.
  const Part* fold(const Step& s);
  const Part* integer(At at);
  const Part* size(const Step& s);
  const Part* real(At at);
  const Part* value(At at);
  const Part* field(At at);

  // Where a value lies, so that it need not be made.
  static bool is_place(const Step& s);
  void set_field(Part& part, const Step& s) const;

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

  const Part* with(Part* part, const Part* a) const;
  const Part* second(Part* part, const Part* b) const;

  template <class Function>
  const Part* number_constant(const Step& s, Function function) {
    Part* part = s.constant.is(s.kind) ? leaf(function) : nullptr;
    if (part) part->constant = s.constant;
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
    return part;
  }

  const Plan& plan_;
  std::shared_ptr<Quick> quick_;
  std::size_t room_ = 0;
  std::size_t used_ = 0;
};

}  // namespace lockgate::cel
