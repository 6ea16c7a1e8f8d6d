#include <cmath>
#include <limits>

#include "rules/cel/quick_make.hpp"

namespace lockgate::cel::quick {
namespace {

template <Kind kind>
struct IntegerOf {
  template <Source source>
  static bool run(const Part& part, Frame& frame, std::int64_t& out) {
    const Value* v = found<source>(part, frame);
    if (!v || !v->is(kind)) return false;
    out = v->as_int();
    return true;
  }
};

struct RealOf {
  template <Source source>
  static bool run(const Part& part, Frame& frame, double& out) {
    const Value* v = found<source>(part, frame);
    if (!v || !v->is(Kind::real)) return false;
    out = v->as_double();
    return true;
  }
};

struct Along {
  template <Source source>
  static const Value* run(const Part& part, Frame& frame) {
    return found<source>(part, frame);
  }
};

template <Fn fn>
bool with_integers(const Part& part, Frame& frame, std::int64_t& out) {
  std::int64_t x = 0, y = 0;
  if (!part.a->integer(*part.a, frame, x)) return false;
  if constexpr (fn == Fn::negate) return !__builtin_sub_overflow(y, x, &out);
  if (!part.b->integer(*part.b, frame, y)) return false;
  if constexpr (fn == Fn::add) return !__builtin_add_overflow(x, y, &out);
  if constexpr (fn == Fn::subtract) return !__builtin_sub_overflow(x, y, &out);
  if constexpr (fn == Fn::multiply) return !__builtin_mul_overflow(x, y, &out);
  if (y == 0 || (y == -1 && x == std::numeric_limits<std::int64_t>::min())) return false;
  out = fn == Fn::divide ? x / y : x % y;
  return true;
}

template <Fn fn>
bool with_reals(const Part& part, Frame& frame, double& out) {
  double x = 0, y = 0;
  if (!part.a->real(*part.a, frame, x)) return false;
  if constexpr (fn == Fn::negate) {
    out = -x;
  } else {
    if (!part.b->real(*part.b, frame, y)) return false;
    if constexpr (fn == Fn::add) out = x + y;
    if constexpr (fn == Fn::subtract) out = x - y;
    if constexpr (fn == Fn::multiply) out = x * y;
    if constexpr (fn == Fn::divide) {
      if (y == 0) return false;
      out = x / y;
    }
  }
  return !frame.finite || std::isfinite(out);
}

}  // namespace

Integer integer_of(Kind kind, Source source) {
  return kind == Kind::duration ? pick<IntegerOf<Kind::duration>>(source)
                                : pick<IntegerOf<Kind::integer>>(source);
}

Integer integer_constant() {
  return [](const Part& part, Frame&, std::int64_t& out) {
    out = part.constant.as_int();
    return true;
  };
}

Integer integer_arithmetic(Fn fn) {
  switch (fn) {
    case Fn::add:
      return &with_integers<Fn::add>;
    case Fn::subtract:
      return &with_integers<Fn::subtract>;
    case Fn::multiply:
      return &with_integers<Fn::multiply>;
    case Fn::divide:
      return &with_integers<Fn::divide>;
    case Fn::modulo:
      return &with_integers<Fn::modulo>;
    case Fn::negate:
      return &with_integers<Fn::negate>;
    default:
      return nullptr;
  }
}

Integer integer_choice() {
  return [](const Part& part, Frame& frame, std::int64_t& out) {
    const Answer of = part.a->condition(*part.a, frame);
    if (of == Answer::unsure) return false;
    const Part* then = of == Answer::yes ? part.b : part.c;
    return then->integer(*then, frame, out);
  };
}

Integer apart() {
  return [](const Part& part, Frame& frame, std::int64_t& out) {
    const Value* x = part.a->find(*part.a, frame);
    const Value* y = part.b->find(*part.b, frame);
    if (!x || !y || !x->is(Kind::timestamp) || !y->is(Kind::timestamp)) return false;
    constexpr std::int64_t kNanos = 1'000'000'000;
    const std::int64_t seconds = x->seconds() - y->seconds();  // both within 9,999 years
    return !__builtin_mul_overflow(seconds, kNanos, &out) &&
           !__builtin_add_overflow(out, std::int64_t{x->nanos()} - y->nanos(), &out);
  };
}

Integer member() {
  return [](const Part& part, Frame& frame, std::int64_t& out) {
    const Value* v = part.a->find(*part.a, frame);
    if (!v || (!v->is(Kind::timestamp) && !v->is(Kind::duration))) return false;
    const Value result = apply_time(static_cast<Fn>(part.number), std::span(&v, 1));
    if (!result.is(Kind::integer)) return false;
    out = result.as_int();
    return true;
  };
}

Integer size() {
  return [](const Part& part, Frame& frame, std::int64_t& out) {
    const Value* v = part.a->find(*part.a, frame);
    if (!v) return false;
    switch (v->kind()) {
      case Kind::list:
        out = std::ssize(v->as_list());
        return true;
      case Kind::map:
        out = static_cast<std::int64_t>(v->as_map().size());
        return true;
      case Kind::string:
        if (!frame.charge(v->as_string().size() / 64)) return false;
        out = static_cast<std::int64_t>(code_points(v->as_string()));
        return true;
      default:
        return false;
    }
  };
}

Real real_of(Source source) { return pick<RealOf>(source); }

Real real_constant() {
  return [](const Part& part, Frame&, double& out) {
    out = part.constant.as_double();
    return true;
  };
}

Real real_arithmetic(Fn fn) {
  switch (fn) {
    case Fn::add:
      return &with_reals<Fn::add>;
    case Fn::subtract:
      return &with_reals<Fn::subtract>;
    case Fn::multiply:
      return &with_reals<Fn::multiply>;
    case Fn::divide:
      return &with_reals<Fn::divide>;
    case Fn::negate:
      return &with_reals<Fn::negate>;
    default:
      return nullptr;
  }
}

Real real_choice() {
  return [](const Part& part, Frame& frame, double& out) {
    const Answer of = part.a->condition(*part.a, frame);
    if (of == Answer::unsure) return false;
    const Part* then = of == Answer::yes ? part.b : part.c;
    return then->real(*then, frame, out);
  };
}

Find find_constant() {
  return [](const Part& part, Frame&) { return &part.constant; };
}

Find find_slot() {
  return [](const Part& part, Frame& frame) { return &frame.values[part.number]; };
}

Find find_local() {
  return [](const Part& part, Frame& frame) { return frame.locals[part.number]; };
}

Find find_along(Source source) { return pick<Along>(source); }

Find find_field() {
  return [](const Part& part, Frame& frame) { return along(part.b, part.a->find(*part.a, frame)); };
}

Find find_element() {
  return [](const Part& part, Frame& frame) -> const Value* {
    const Value* of = part.a->find(*part.a, frame);
    const Value* at = part.b->find(*part.b, frame);
    if (!of || !at || !of->is(Kind::map) || !at->is(Kind::string)) return nullptr;
    if (at->is_shared() && !frame.charge(at->as_string().size() / 8)) return nullptr;
    return of->as_map().find(*at);
  };
}

Find find_at() {
  return [](const Part& part, Frame& frame) -> const Value* {
    const Value* of = part.a->find(*part.a, frame);
    std::int64_t at = 0;
    if (!of || !of->is(Kind::list) || !part.b->integer(*part.b, frame, at)) return nullptr;
    return at >= 0 && at < std::ssize(of->as_list()) ? &of->as_list()[static_cast<std::size_t>(at)]
                                                     : nullptr;
  };
}

Find find_choice() {
  return [](const Part& part, Frame& frame) -> const Value* {
    const Answer of = part.a->condition(*part.a, frame);
    if (of == Answer::unsure) return nullptr;
    const Part* then = of == Answer::yes ? part.b : part.c;
    return then->find(*then, frame);
  };
}

Find find_of_kind() {
  return [](const Part& part, Frame& frame) -> const Value* {
    const Value* of = part.a->find(*part.a, frame);
    return of && of->is(static_cast<Kind>(part.number)) ? of : nullptr;
  };
}

}  // namespace lockgate::cel::quick
