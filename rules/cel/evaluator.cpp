#include "rules/cel/evaluator.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "rules/cel/libraries.hpp"
#include "rules/cel/lookup.hpp"

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
      case Op::bind:
        locals_[step.number] = run(operand(step, 0));
        return scratch = run(operand(step, 1));
      case Op::alternative:
        return scratch = alternative(step);
      case Op::entry:
        return scratch = Value::error("no such step");
    }
    return scratch = Value::error("no such step");
  }

  std::uint32_t operand(const Step& step, std::uint32_t i) const {
    return plan_.operands[step.first + i];
  }

  static bool failed(const Value& v) { return v.is_error() || v.is_unknown(); }
  static Value not_bool(const Value& v, std::string_view where) {
    return wrong_kind(v, where, "true or false");
  }
  static Value not_optional(const Value& v, std::string_view where) {
    return wrong_kind(v, where, "an optional value");
  }
  static Value wrong_kind(const Value& v, std::string_view where, std::string_view wanted) {
    if (failed(v)) return v;
    return Value::error("no such overload: " + std::string(where) + " needs " +
                        std::string(wanted) + ", not " + std::string(kind_in_words(v.kind())));
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
    Value scratch, mistake;
    const Value& whole = look(operand(step, 0), scratch);
    if (failed(whole)) return whole;
    const bool opened = whole.is(Kind::optional);
    const Value* of = opened ? whole.as_optional() : &whole;
    if (!of) return step.op == Op::has ? Value::boolean(false) : whole;
    const std::string_view key = step.constant.as_string();
    const Value* found = field_of(*of, key, mistake);
    if (mistake.is_error()) return mistake;
    if (step.op == Op::has) return Value::boolean(found != nullptr);
    if (opened || step.optional) return optional(found);
    return found ? *found : no_such_key(key);
  }

  Value index(const Step& step) {
    Value a, b, worst;
    const Value& whole = look(operand(step, 0), a);
    const Value& at = look(operand(step, 1), b);
    if (failed(whole)) note(worst, whole);
    if (failed(at)) note(worst, at);
    if (failed(worst)) return worst;
    const bool opened = whole.is(Kind::optional);
    const Value* of = opened ? whole.as_optional() : &whole;
    if (!of) return whole;
    if (at.is(Kind::string)) left_ -= std::min<std::uint64_t>(left_, at.as_string().size() / 64);
    const Value* found = element_of(*of, at, worst);
    if (worst.is_error()) return worst;
    if (opened || step.optional) return optional(found);
    return found ? *found : no_such_element(*of, at);
  }

  static Value optional(const Value* content) {
    return content ? Value::optional(*content) : Value::optional_none();
  }

  Value alternative(const Step& step) {
    Value scratch;
    const Value& v = look(operand(step, 0), scratch);
    if (failed(v)) return v;
    const bool opens = step.fn == Fn::or_value;
    if (!v.is(Kind::optional)) return not_optional(v, opens ? "`orValue`" : "`or`");
    if (v.as_optional()) return opens ? *v.as_optional() : v;
    Value other = run(operand(step, 1));
    if (opens || failed(other) || other.is(Kind::optional)) return other;
    return not_optional(other, "`or`");
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
      Value element;
      if (!entry(operand(step, i), element)) continue;
      if (failed(element)) note(worst, element);
      elements.push_back(std::move(element));
    }
    return failed(worst) ? worst : Value::list(std::move(elements));
  }

  Value map(const Step& step) {
    std::vector<Value::Entry> entries;
    entries.reserve(step.count / 2);
    Value worst;
    for (std::uint32_t i = 0; i < step.count; i += 2) {
      Value key = run(operand(step, i));
      if (failed(key)) note(worst, key);
      Value value;
      if (!entry(operand(step, i + 1), value)) continue;
      if (failed(value)) note(worst, value);
      entries.emplace_back(std::move(key), std::move(value));
    }
    return failed(worst) ? worst : Value::map(std::move(entries));
  }

  // The element or value of a list or map; false if it is to be left out.
  bool entry(std::uint32_t at, Value& out) {
    const Step& step = plan_.steps[at];
    if (step.op != Op::entry) {
      out = run(at);
      return true;
    }
    const Value v = run(operand(step, 0));
    if (v.is(Kind::optional) && !v.as_optional()) return false;
    out = v.is(Kind::optional) ? *v.as_optional() : not_optional(v, "`?`");
    return true;
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
    if (step.fold == FoldKind::optional_map || step.fold == FoldKind::optional_flat_map) {
      return map_optional(step, range);
    }
    if (!range.is(Kind::list) && !range.is(Kind::map)) {
      return Value::error("no such overload: only a list or a map can be gone through");
    }
    const bool sorts = step.fold == FoldKind::sort_by;
    if (sorts && !range.is(Kind::list)) {
      return Value::error("no such overload: only a list can be sorted");
    }
    Value worst;
    std::vector<Value> elements;
    std::vector<Value::Entry> entries;
    std::size_t found = 0;
    const bool over_list = range.is(Kind::list);
    const std::size_t size = over_list ? range.as_list().size() : range.as_map().size();
    const bool builds = step.fold >= FoldKind::map;
    for (std::size_t i = 0; i < size; ++i) {
      if (left_ == 0) return too_costly();
      set_variables(step, range, i);
      if (!builds || step.count == 3) {
        Value scratch;
        const Value& v = look(operand(step, 1), scratch);
        if (!v.is(Kind::boolean)) {
          note(worst, not_bool(v, "the condition"));
          continue;
        }
        if (step.fold == FoldKind::all || step.fold == FoldKind::exists) {
          const bool exists = step.fold == FoldKind::exists;
          if (v.as_bool() == exists) return Value::boolean(exists);
          continue;
        }
        if (!v.as_bool()) continue;
        ++found;
        if (step.fold == FoldKind::filter) elements.push_back(locals_[step.number]);
      }
      if (!builds) continue;
      Value result = run(operand(step, step.count - 1));
      if (failed(result)) {
        note(worst, result);
      } else if (step.fold == FoldKind::map || sorts) {
        elements.push_back(std::move(result));
      } else if (step.fold == FoldKind::transform_map) {
        entries.emplace_back(locals_[step.number], std::move(result));
      } else if (!result.is(Kind::map)) {
        note(worst, Value::error("no such overload: `transformMapEntry` needs a map"));
      } else {
        left_ -= std::min<std::uint64_t>(left_, result.as_map().size());
        for (const auto& [key, value] : result.as_map().entries()) entries.emplace_back(key, value);
      }
    }
    if (failed(worst)) return worst;
    if (sorts) return sorted_by(range.as_list(), elements, left_);
    if (step.fold == FoldKind::all) return Value::boolean(true);
    if (step.fold == FoldKind::exists) return Value::boolean(false);
    if (step.fold == FoldKind::exists_one) return Value::boolean(found == 1);
    if (step.fold > FoldKind::map) return Value::map(std::move(entries));
    return Value::list(std::move(elements));
  }

  // A list's elements or a map's keys; or, in a pair, places or keys with what is there.
  void set_variables(const Step& step, const Value& range, std::size_t i) {
    Value& first = locals_[step.number];
    if (range.is(Kind::map)) {
      const auto& [key, value] = range.as_map().entries()[i];
      first = key;
      if (step.pair) locals_[step.number + 1] = value;
    } else if (step.pair) {
      first = Value::integer(static_cast<std::int64_t>(i));
      locals_[step.number + 1] = range.as_list()[i];
    } else {
      first = range.as_list()[i];
    }
  }

  Value map_optional(const Step& step, const Value& range) {
    const bool flat = step.fold == FoldKind::optional_flat_map;
    const char* name = flat ? "`optFlatMap`" : "`optMap`";
    if (!range.is(Kind::optional)) return not_optional(range, name);
    if (!range.as_optional()) return range;
    locals_[step.number] = *range.as_optional();
    Value result = run(operand(step, 1));
    if (failed(result)) return result;
    if (!flat) return Value::optional(std::move(result));
    return result.is(Kind::optional) ? result : not_optional(result, name);
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
