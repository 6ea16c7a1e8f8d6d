#include "rules/cel/quick.hpp"

#include <algorithm>
#include <functional>

#include "rules/cel/plan.hpp"
#include "rules/cel/quick_part.hpp"

namespace lockgate::cel {

namespace quick {

const Part* copy(std::span<const Part> parts, const Part* root, Part* to) {
  const std::less<const Part*> before;
  const auto moved = [&](const Part* part) {
    const bool ours =
        part && !before(part, parts.data()) && before(part, parts.data() + parts.size());
    return ours ? to + (part - parts.data()) : part;
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    to[i] = parts[i];
    to[i].a = moved(parts[i].a);
    to[i].b = moved(parts[i].b);
    to[i].c = moved(parts[i].c);  // not where it is a pattern
  }
  return moved(root);
}

}  // namespace quick

Quick::Quick() = default;
Quick::~Quick() = default;

Value Quick::evaluate(std::span<const Value> values, const Limits& limits,
                      std::uint64_t& left) const {
  Value out;
  const bool sure =
      quick::run(start_, values, limits, left, [&](const quick::Part& root, quick::Frame& frame) {
        switch (kind_) {
          case Kind::boolean: {
            const quick::Answer answer = root.condition(root, frame);
            out = Value::boolean(answer == quick::Answer::yes);
            return answer != quick::Answer::unsure;
          }
          case Kind::integer: {
            std::int64_t number = 0;
            if (!root.integer(root, frame, number)) return false;
            out = Value::integer(number);
            return true;
          }
          case Kind::real: {
            double number = 0;
            if (!root.real(root, frame, number)) return false;
            out = Value::real(number);
            return true;
          }
          default: {
            const Value* found = root.find(root, frame);
            if (!found || !found->is(kind_)) return false;
            out = *found;
            return true;
          }
        }
      });
  if (!sure) return {};
  return out;
}

}  // namespace lockgate::cel
