#include "rules/cel/quick.hpp"

#include <algorithm>

#include "rules/cel/plan.hpp"
#include "rules/cel/quick_part.hpp"

namespace lockgate::cel {

Quick::Quick() = default;
Quick::~Quick() = default;

Value Quick::evaluate(std::span<const Value> values, const Limits& limits,
                      std::uint64_t& left) const {
  const std::uint64_t most = std::min(limits.cost, left);
  if (values.size() < slots_ || most <= cost_) [[unlikely]]
    return {};
  quick::Frame frame;
  frame.values = values.data();
  frame.left = most - cost_;
  frame.finite = limits.finite;
  Value out;
  switch (kind_) {
    case Kind::boolean: {
      const quick::Answer answer = root_->condition(*root_, frame);
      if (answer == quick::Answer::unsure) return {};
      out = Value::boolean(answer == quick::Answer::yes);
      break;
    }
    case Kind::integer: {
      std::int64_t number = 0;
      if (!root_->integer(*root_, frame, number)) return {};
      out = Value::integer(number);
      break;
    }
    case Kind::real: {
      double number = 0;
      if (!root_->real(*root_, frame, number)) return {};
      out = Value::real(number);
      break;
    }
    default: {
      const Value* found = root_->find(*root_, frame);
      if (!found || !found->is(kind_)) return {};
      out = *found;
    }
  }
  if (frame.left == 0) return {};  // a side that did not matter was stopped
  left -= most - frame.left;
  return out;
}

}  // namespace lockgate::cel
