#include "rules/cel/conditions.hpp"

#include "rules/cel/quick_part.hpp"

namespace lockgate::cel {

quick::Start Conditions::of(const Program& program) {
  const Quick* quick = program.quick_;
  return quick && quick->kind_ == Kind::boolean ? quick->start_ : quick::Start{};
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
        quick::copy(std::span(quick.parts_.get(), quick.size_), quick.start_.root, next);
    next += quick.size_;
  }
  parts_ = std::move(parts);
}

std::optional<bool> Conditions::holds(std::size_t i, std::span<const Value> values,
                                      const Limits& limits, std::uint64_t& left) const {
  const quick::Start& start = conditions_[i];
  if (!start.root) [[unlikely]]
    return {};
  quick::Answer answer = quick::Answer::unsure;
  const auto ask = [&](const quick::Part& root, quick::Frame& frame) {
    answer = root.condition(root, frame);
    return answer != quick::Answer::unsure;
  };
  if (!quick::run(start, values, limits, left, ask)) return {};
  return answer == quick::Answer::yes;
}

}  // namespace lockgate::cel
