#include <re2/re2.h>

#include <algorithm>

#include "rules/cel/quick_make.hpp"

namespace lockgate::cel::quick {
namespace {

template <Fn fn, class T>
bool holds(const T& x, const T& y) {
  if constexpr (fn == Fn::equal) return x == y;
  if constexpr (fn == Fn::not_equal) return x != y;
  if constexpr (fn == Fn::less) return x < y;
  if constexpr (fn == Fn::less_equal) return x <= y;
  if constexpr (fn == Fn::greater) return x > y;
  return x >= y;
}

template <Fn fn>
struct CompareIntegerWithConstant {
  template <Source source>
  static Answer run(const Part& part, Frame& frame) {
    const Value* v = found<source>(part, frame);
    if (!v || !v->is(Kind::integer)) return Answer::unsure;
    return answer(holds<fn>(v->as_int(), part.constant.as_int()));
  }
};

template <Fn fn>
struct CompareRealWithConstant {
  template <Source source>
  static Answer run(const Part& part, Frame& frame) {
    const Value* v = found<source>(part, frame);
    if (!v || !v->is(Kind::real)) return Answer::unsure;
    return answer(holds<fn>(v->as_double(), part.constant.as_double()));
  }
};

template <Fn fn>
Answer compare_integers(const Part& part, Frame& frame) {
  std::int64_t x = 0, y = 0;
  if (!part.a->integer(*part.a, frame, x) || !part.b->integer(*part.b, frame, y)) {
    return Answer::unsure;
  }
  return answer(holds<fn>(x, y));
}

template <Fn fn>
Answer compare_reals(const Part& part, Frame& frame) {
  double x = 0, y = 0;
  if (!part.a->real(*part.a, frame, x) || !part.b->real(*part.b, frame, y)) return Answer::unsure;
  return answer(holds<fn>(x, y));
}

// Short text is equal only if its bits are.
template <Fn fn>
struct CompareTextWithConstant {
  template <Source source>
  static Answer run(const Part& part, Frame& frame) {
    const Value* v = found<source>(part, frame);
    if (!v || !v->is(Kind::string)) return Answer::unsure;
    return answer(v->same_bits(part.constant) == (fn == Fn::equal));
  }
};

bool plain(const Value& v) {
  switch (v.kind()) {
    case Kind::boolean:
    case Kind::integer:
    case Kind::uinteger:
    case Kind::real:
    case Kind::string:
    case Kind::timestamp:
    case Kind::duration:
      return true;
    default:
      return false;
  }
}

template <Fn fn>
struct CompareValues {
  template <Source source>
  static Answer run(const Part& part, Frame& frame) {
    const Value* x = found<source>(part, frame);
    const Value* y = part.b->find(*part.b, frame);
    if (!x || !y || !plain(*x) || !plain(*y)) return Answer::unsure;
    if (x->is_shared() && y->is_shared() &&
        !frame.charge(std::min(x->as_string().size(), y->as_string().size()) / 64)) {
      return Answer::unsure;
    }
    if constexpr (fn == Fn::equal || fn == Fn::not_equal) {
      return answer((x->kind() == y->kind() && x->same_bits(*y) && !x->is(Kind::real)) ||
                            equal(*x, *y)
                        ? fn == Fn::equal
                        : fn != Fn::equal);
    }
    const Order order = compare(*x, *y);
    if (order == Order::incomparable) return Answer::unsure;
    if constexpr (fn == Fn::less) return answer(order == Order::less);
    if constexpr (fn == Fn::less_equal) {
      return answer(order == Order::less || order == Order::same);
    }
    if constexpr (fn == Fn::greater) return answer(order == Order::greater);
    return answer(order == Order::greater || order == Order::same);
  }
};

template <Fn fn>
Condition compare_by(Kind kind, Source left, bool constant) {
  switch (kind) {
    case Kind::integer:
      return constant ? pick<CompareIntegerWithConstant<fn>>(left) : &compare_integers<fn>;
    case Kind::real:
      return constant ? pick<CompareRealWithConstant<fn>>(left) : &compare_reals<fn>;
    case Kind::string:
      if (constant && (fn == Fn::equal || fn == Fn::not_equal)) {
        return pick<CompareTextWithConstant<fn>>(left);
      }
      [[fallthrough]];
    default:
      return pick<CompareValues<fn>>(left);
  }
}

struct InTexts {
  template <Source source>
  static Answer run(const Part& part, Frame& frame) {
    const Value* v = found<source>(part, frame);
    if (!v || !v->is(Kind::string)) return Answer::unsure;
    for (const Value& text : part.constant.as_list()) {
      if (text.same_bits(*v)) return Answer::yes;
    }
    return Answer::no;
  }
};

Answer in_list_of_text(const Value& text, std::span<const Value> list, Frame& frame) {
  if (!frame.charge(list.size())) return Answer::unsure;
  for (const Value& element : list) {
    if (element.same_bits(text)) return Answer::yes;
    if (!element.is(Kind::string)) return Answer::unsure;
  }
  return Answer::no;
}

Answer in_any(const Part& part, Frame& frame) {
  const Value* v = part.a->find(*part.a, frame);
  const Value* in = part.b->find(*part.b, frame);
  if (!v || !in || !plain(*v)) return Answer::unsure;
  if (in->is(Kind::map)) {
    return v->is(Kind::string) && !v->is_shared() ? answer(in->as_map().find(*v) != nullptr)
                                                  : Answer::unsure;
  }
  if (!in->is(Kind::list)) return Answer::unsure;
  if (v->is(Kind::string) && !v->is_shared()) return in_list_of_text(*v, in->as_list(), frame);
  for (const Value& element : in->as_list()) {
    if (!frame.charge(1)) return Answer::unsure;
    if (element.same_bits(*v) && !v->is(Kind::real)) return Answer::yes;
    if (equal(element, *v, frame.left)) return Answer::yes;
  }
  return frame.left == 0 ? Answer::unsure : Answer::no;
}

template <Fn fn>
struct TextTest {
  template <Source source>
  static Answer run(const Part& part, Frame& frame) {
    const Value* text = found<source>(part, frame);
    const Value* wanted = part.b->find(*part.b, frame);
    if (!text || !wanted || !text->is(Kind::string) || !wanted->is(Kind::string)) {
      return Answer::unsure;
    }
    const std::string_view whole = text->as_string(), piece = wanted->as_string();
    if (whole.size() >= 64 && !frame.charge(whole.size() / 64)) return Answer::unsure;
    if constexpr (fn == Fn::starts_with) return answer(whole.starts_with(piece));
    if constexpr (fn == Fn::ends_with) return answer(whole.ends_with(piece));
    return answer(whole.find(piece) != whole.npos);
  }
};

struct Match {
  template <Source source>
  static Answer run(const Part& part, Frame& frame) {
    const Value* text = found<source>(part, frame);
    if (!text || !text->is(Kind::string)) return Answer::unsure;
    const std::string_view whole = text->as_string();
    if (!frame.charge(whole.size() / 64)) return Answer::unsure;
    return answer(part.pattern->Match(whole, 0, whole.size(), RE2::UNANCHORED, nullptr, 0));
  }
};

struct Truth {
  template <Source source>
  static Answer run(const Part& part, Frame& frame) {
    const Value* v = found<source>(part, frame);
    return v && v->is(Kind::boolean) ? answer(v->as_bool()) : Answer::unsure;
  }
};

// What is unsure on one side does not matter if the other decides.
template <Answer decisive>
Answer joined(const Part& part, Frame& frame) {
  const Answer first = part.a->condition(*part.a, frame);
  if (first == decisive) return decisive;
  const Answer second = part.b->condition(*part.b, frame);
  if (second == decisive) return decisive;
  return first == Answer::unsure ? first : second;
}

// The elements of a list, the keys of a map; false: neither.
bool elements_of(const Value* range, std::span<const Value>& out) {
  if (!range) return false;
  if (range->is(Kind::list)) {
    out = range->as_list();
  } else if (range->is(Kind::map)) {
    out = range->as_map().shape().keys();
  } else {
    return false;
  }
  return true;
}

template <FoldKind kind>
Answer folded(const Part& part, Frame& frame) {
  std::span<const Value> elements;
  if (!elements_of(part.a->find(*part.a, frame), elements)) return Answer::unsure;
  bool unsure = false;
  [[maybe_unused]] std::size_t found = 0;
  for (const Value& element : elements) {
    if (!frame.charge(part.cost)) return Answer::unsure;
    frame.locals[part.number] = &element;
    if (part.c) {
      const Value* made = part.c->find(*part.c, frame);
      if (!made) return Answer::unsure;
      frame.locals[part.number] = made;
    }
    const Answer each = part.b->condition(*part.b, frame);
    if constexpr (kind == FoldKind::all) {
      if (each == Answer::no) return Answer::no;
    }
    if constexpr (kind == FoldKind::exists) {
      if (each == Answer::yes) return Answer::yes;
    }
    if constexpr (kind == FoldKind::exists_one) {
      found += each == Answer::yes;
    }
    unsure = unsure || each == Answer::unsure;
  }
  if (unsure) return Answer::unsure;
  if constexpr (kind == FoldKind::exists_one) return answer(found == 1);
  return answer(kind == FoldKind::all);
}

}  // namespace

Condition comparison(Fn fn, Kind kind, Source left, bool constant) {
  switch (fn) {
    case Fn::equal:
      return compare_by<Fn::equal>(kind, left, constant);
    case Fn::not_equal:
      return compare_by<Fn::not_equal>(kind, left, constant);
    case Fn::less:
      return compare_by<Fn::less>(kind, left, constant);
    case Fn::less_equal:
      return compare_by<Fn::less_equal>(kind, left, constant);
    case Fn::greater:
      return compare_by<Fn::greater>(kind, left, constant);
    case Fn::greater_equal:
      return compare_by<Fn::greater_equal>(kind, left, constant);
    default:
      return nullptr;
  }
}

Condition in_texts(Source source) { return pick<InTexts>(source); }
Condition in_value() { return &in_any; }

Condition text_test(Fn fn, Source source) {
  if (fn == Fn::starts_with) return pick<TextTest<Fn::starts_with>>(source);
  if (fn == Fn::ends_with) return pick<TextTest<Fn::ends_with>>(source);
  return pick<TextTest<Fn::contains>>(source);
}

Condition match(Source source) { return pick<Match>(source); }
Condition truth(Source source) { return pick<Truth>(source); }

Condition constant_truth(bool yes) {
  if (yes) return [](const Part&, Frame&) { return Answer::yes; };
  return [](const Part&, Frame&) { return Answer::no; };
}

Condition negation() {
  return [](const Part& part, Frame& frame) {
    const Answer of = part.a->condition(*part.a, frame);
    return of == Answer::unsure ? of : answer(of == Answer::no);
  };
}

Condition both() { return &joined<Answer::no>; }
Condition either() { return &joined<Answer::yes>; }

Condition choice() {
  return [](const Part& part, Frame& frame) {
    const Answer of = part.a->condition(*part.a, frame);
    if (of == Answer::unsure) return of;
    const Part* then = of == Answer::yes ? part.b : part.c;
    return then->condition(*then, frame);
  };
}

Condition has_field() {
  return [](const Part& part, Frame& frame) {
    const Value* of = part.a->find(*part.a, frame);
    if (!of || !of->is(Kind::map)) return Answer::unsure;
    return answer(field_of(*part.b, of) != nullptr);
  };
}

Condition has_slot() {
  return [](const Part& part, Frame& frame) {
    const Value& v = frame.values[part.number];
    return v.is_error() || v.is_unknown() ? Answer::unsure : Answer::yes;
  };
}

Condition fold(FoldKind kind) {
  if (kind == FoldKind::all) return &folded<FoldKind::all>;
  if (kind == FoldKind::exists) return &folded<FoldKind::exists>;
  if (kind == FoldKind::exists_one) return &folded<FoldKind::exists_one>;
  return nullptr;
}

Integer count() {
  return [](const Part& part, Frame& frame, std::int64_t& out) {
    std::span<const Value> elements;
    if (!elements_of(part.a->find(*part.a, frame), elements)) return false;
    out = 0;
    for (const Value& element : elements) {
      if (!frame.charge(part.cost)) return false;
      frame.locals[part.number] = &element;
      const Answer each = part.b->condition(*part.b, frame);
      if (each == Answer::unsure) return false;
      out += each == Answer::yes;
    }
    return true;
  };
}

}  // namespace lockgate::cel::quick
