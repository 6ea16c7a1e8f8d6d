#include "rules/cel/conditions.hpp"

#include <algorithm>
#include <limits>

#include "rules/cel/quick.hpp"
#include "rules/cel/quick_part.hpp"

namespace lockgate::cel {

Conditions::Condition Conditions::of(const Program& program) {
  const Quick* quick = program.quick_;
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
  if (!quick || quick->kind_ != Kind::boolean || quick->cost_ > kMost || quick->slots_ > kMost) {
    return {};
  }
  return {quick->root_, static_cast<std::uint32_t>(quick->cost_),
          static_cast<std::uint32_t>(quick->slots_)};
}

Conditions::Conditions(std::span<const Program* const> programs) {
  std::size_t size = 0;
  for (const Program* program : programs) {
    conditions_.push_back(of(*program));
    if (conditions_.back().root) size += program->quick_->size_;
  }
  auto parts = std::make_unique<quick::Part[]>(size);
  quick::Part* next = parts.get();
  for (std::size_t i = 0; i < programs.size(); ++i) {
    if (!conditions_[i].root) continue;
    const Quick& quick = *programs[i]->quick_;
    conditions_[i].root =
        quick::copy(std::span(quick.parts_.get(), quick.size_), quick.root_, next);
    next += quick.size_;
  }
  parts_ = std::move(parts);
}

std::optional<bool> Conditions::holds(std::size_t i, std::span<const Value> values,
                                      const Limits& limits, std::uint64_t& left) const {
  const Condition& condition = conditions_[i];
  const std::uint64_t most = std::min(limits.cost, left);
  if (!condition.root || values.size() < condition.slots || most <= condition.cost) [[unlikely]] {
    return {};
  }
  quick::Frame frame;
  frame.values = values.data();
  frame.left = most - condition.cost;
  frame.finite = limits.finite;
  const quick::Answer answer = condition.root->condition(*condition.root, frame);
  // Nothing left: a side that did not matter was stopped.
  if (answer == quick::Answer::unsure || frame.left == 0) [[unlikely]]
    return {};
  left -= most - frame.left;
  return answer == quick::Answer::yes;
}

}  // namespace lockgate::cel
