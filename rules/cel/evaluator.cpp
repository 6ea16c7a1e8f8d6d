#include "rules/cel/evaluator.hpp"

#include <re2/re2.h>

#include <array>
#include <cmath>

#include "rules/cel/libraries.hpp"

namespace lockgate::cel {
namespace {

constexpr std::size_t most_arguments = 4;

class Evaluator {
 public:
  Evaluator(const Plan& plan, std::span<const Value> values, const Limits& limits)
      : plan_(plan),
        values_(values),
        left_(limits.cost),
        finite_(limits.finite),
        locals_(plan.locals) {}

  std::uint64_t left() const { return left_; }

  Value run(std::uint32_t at) {
    Value scratch;
    const Value& found = look(at, scratch);
    return &found == &scratch ? std::move(scratch) : found;
  }

 private:
  // The value of a step: where it already is, or in `scratch`.
  const Value& look(std::uint32_t at, Value& scratch) {
    const Step& step = plan_.steps[at];
    if (left_ == 0 || --left_ == 0) return scratch = too_costly();
    switch (step.op) {
      case Op::constant:
        return step.constant;
      case Op::slot:
        if (step.number >= values_.size()) return scratch = Value::unknown(step.number);
        return values_[step.number];
      case Op::local:
        return locals_[step.number];
      case Op::has_slot:
        return scratch = has_slot(step);
      case Op::select:
      case Op::has:
        return scratch = select(step);
      case Op::index:
        return scratch = index(step);
      case Op::call:
        return scratch = call(step);
      case Op::match:
        return scratch = match(step);
      case Op::list:
        return scratch = list(step);
      case Op::map:
        return scratch = map(step);
      case Op::conditional: {
        Value condition;
        const Value& c = look(operand(step, 0), condition);
        if (c.is_true()) return look(operand(step, 1), scratch);
        if (c.is_false()) return look(operand(step, 2), scratch);
        return scratch = not_bool(c, "`? :`");
      }
      case Op::all_of:
      case Op::any_of:
        return scratch = logical(step);
      case Op::fold:
        return scratch = fold(step);
    }
    return scratch = Value::error("no such step");
  }

  std::uint32_t operand(const Step& step, std::uint32_t i) const {
    return plan_.operands[step.first + i];
  }

  static bool failed(const Value& v) { return v.is_error() || v.is_unknown(); }
  static Value no_key(const std::string& key) { return Value::error("no such key `" + key + "`"); }
  static Value not_bool(const Value& v, const std::string& where) {
    if (failed(v)) return v;
    return Value::error("no such overload: " + where + " needs true or false, not " +
                        std::string(kind_in_words(v.kind())));
  }

  // Of two failures: unknowns join and outrank errors; else the first error.
  static void note(Value& worst, const Value& v) {
    if (v.is_unknown()) {
      worst = worst.is_unknown() ? Value::merge_unknown(worst, v) : v;
    } else if (worst.is(Kind::null)) {
      worst = v;
    }
  }

  Value has_slot(const Step& step) const {
    if (step.number >= values_.size()) return Value::unknown(step.number);
    const Value& v = values_[step.number];
    return failed(v) ? v : Value::boolean(true);
  }

  Value select(const Step& step) {
    Value scratch;
    const Value& of = look(operand(step, 0), scratch);
    if (failed(of)) return of;
    const std::string& key = step.constant.as_string();
    if (!of.is(Kind::map)) {
      return Value::error("no such overload: there is no `" + key + "` in " +
                          std::string(kind_in_words(of.kind())));
    }
    const Value* found = of.as_map().find(std::string_view(key));
    if (step.op == Op::has) return Value::boolean(found != nullptr);
    return found ? *found : no_key(key);
  }

  Value index(const Step& step) {
    Value a, b;
    const Value& of = look(operand(step, 0), a);
    const Value& at = look(operand(step, 1), b);
    if (failed(of) || failed(at)) {
      Value worst;
      if (failed(of)) note(worst, of);
      if (failed(at)) note(worst, at);
      return worst;
    }
    if (of.is(Kind::map)) {
      if (at.is(Kind::string)) left_ -= std::min<std::uint64_t>(left_, at.as_string().size() / 64);
      const Value* found = of.as_map().find(at);
      return found ? *found : no_key(at.is(Kind::string) ? at.as_string() : at.text());
    }
    if (!of.is(Kind::list)) {
      return Value::error("no such overload: only a list or a map has elements");
    }
    const std::size_t size = of.as_list().size();
    std::size_t i = size;
    if (at.is(Kind::integer) && at.as_int() >= 0)
      i = static_cast<std::size_t>(at.as_int());
    else if (at.is(Kind::uinteger))
      i = at.as_uint();
    else if (at.is(Kind::real)) {
      const double d = at.as_double();
      if (!(d >= 0 && d < 0x1p53) || d != static_cast<double>(static_cast<std::size_t>(d))) {
        return Value::error("the index is not a whole number in the list");
      }
      i = static_cast<std::size_t>(d);
    } else if (!at.is(Kind::integer)) {
      return Value::error("no such overload: a list's index is a whole number");
    }
    if (i >= size) return Value::error("the index is outside the list");
    return of.as_list()[i];
  }

  Value call(const Step& step) {
    std::array<Value, most_arguments> scratch;
    std::array<const Value*, most_arguments> arguments{};
    Value worst;
    for (std::uint32_t i = 0; i < step.count; ++i) {
      arguments[i] = &look(operand(step, i), scratch[i]);
      if (failed(*arguments[i])) note(worst, *arguments[i]);
    }
    if (failed(worst)) return worst;
    Value result = apply(step.fn, std::span(arguments.data(), step.count), left_);
    if (finite_ && result.is(Kind::real) && !std::isfinite(result.as_double())) {
      const bool by_zero = step.fn == Fn::divide && arguments[1]->as_double() == 0;
      return by_zero ? Value::error("division by zero") : out_of_range();
    }
    return result;
  }

  Value match(const Step& step) {
    Value scratch;
    const Value& text = look(operand(step, 0), scratch);
    if (failed(text)) return text;
    if (!text.is(Kind::string)) return Value::error("no such overload: `matches` takes text");
    left_ -= std::min<std::uint64_t>(left_, text.as_string().size() / 64);
    return Value::boolean(RE2::PartialMatch(text.as_string(), *plan_.patterns[step.number]));
  }

  Value list(const Step& step) {
    std::vector<Value> elements;
    elements.reserve(step.count);
    Value worst;
    for (std::uint32_t i = 0; i < step.count; ++i) {
      elements.push_back(run(operand(step, i)));
      if (failed(elements.back())) note(worst, elements.back());
    }
    return failed(worst) ? worst : Value::list(std::move(elements));
  }

  Value map(const Step& step) {
    std::vector<Value::Entry> entries;
    entries.reserve(step.count / 2);
    Value worst;
    for (std::uint32_t i = 0; i < step.count; i += 2) {
      Value key = run(operand(step, i));
      Value value = run(operand(step, i + 1));
      if (failed(key)) note(worst, key);
      if (failed(value)) note(worst, value);
      entries.emplace_back(std::move(key), std::move(value));
    }
    return failed(worst) ? worst : Value::map(std::move(entries));
  }

  Value logical(const Step& step) {
    const bool any = step.op == Op::any_of;
    Value worst;
    for (std::uint32_t i = 0; i < step.count; ++i) {
      Value scratch;
      const Value& v = look(operand(step, i), scratch);
      if (any ? v.is_true() : v.is_false()) return Value::boolean(any);
      if (!v.is(Kind::boolean)) note(worst, not_bool(v, any ? "`||`" : "`&&`"));
    }
    return failed(worst) ? worst : Value::boolean(!any);
  }

  Value fold(const Step& step) {
    const Value range = run(operand(step, 0));
    if (failed(range)) return range;
    if (!range.is(Kind::list) && !range.is(Kind::map)) {
      return Value::error("no such overload: only a list or a map can be gone through");
    }
    Value worst;
    std::vector<Value> built;
    std::size_t found = 0;
    const bool over_list = range.is(Kind::list);
    const std::size_t size = over_list ? range.as_list().size() : range.as_map().size();
    const std::uint32_t predicate = operand(step, 1);
    const bool maps = step.fold == FoldKind::map;
    const bool sorts = step.fold == FoldKind::sort_by;
    if (sorts && !over_list) return Value::error("no such overload: only a list can be sorted");
    for (std::size_t i = 0; i < size; ++i) {
      if (left_ == 0) return too_costly();
      locals_[step.number] = over_list ? range.as_list()[i] : range.as_map().entries()[i].first;
      if (sorts || (maps && step.count == 2)) {
        built.push_back(run(predicate));
        if (failed(built.back())) note(worst, built.back());
        continue;
      }
      Value scratch;
      const Value& v = look(predicate, scratch);
      if (!v.is(Kind::boolean)) {
        note(worst, not_bool(v, "the condition"));
      } else if (step.fold == FoldKind::all || step.fold == FoldKind::exists) {
        const bool exists = step.fold == FoldKind::exists;
        if (v.as_bool() == exists) return Value::boolean(exists);
      } else if (v.as_bool()) {
        ++found;
        if (step.fold == FoldKind::filter) built.push_back(locals_[step.number]);
        if (maps) built.push_back(run(operand(step, 2)));
        if (maps && failed(built.back())) note(worst, built.back());
      }
    }
    if (failed(worst)) return worst;
    if (sorts) return sorted_by(range.as_list(), built, left_);
    if (step.fold == FoldKind::all) return Value::boolean(true);
    if (step.fold == FoldKind::exists) return Value::boolean(false);
    if (step.fold == FoldKind::exists_one) return Value::boolean(found == 1);
    return Value::list(std::move(built));
  }

  const Plan& plan_;
  std::span<const Value> values_;
  std::uint64_t left_;
  bool finite_;
  std::vector<Value> locals_;
};

}  // namespace

Value evaluate(const Plan& plan, std::uint32_t root, std::span<const Value> values,
               const Limits& limits, std::uint64_t& used) {
  Evaluator evaluator(plan, values, limits);
  Value result = evaluator.run(root);
  used += limits.cost - evaluator.left();
  if (evaluator.left() == 0) return too_costly();
  return result;
}

}  // namespace lockgate::cel
