#include "rules/cel/program.hpp"

#include <algorithm>

#include "rules/cel/checker.hpp"
#include "rules/cel/evaluator.hpp"
#include "rules/cel/parser.hpp"
#include "rules/cel/plan.hpp"
#include "rules/cel/spelling.hpp"

namespace lockgate::cel {
namespace {

std::string_view after_dot(std::string_view name) { return name.substr(name.rfind('.') + 1); }

}  // namespace

std::size_t Declarations::declare(std::string name, Type type) {
  const auto [at, added] = slots_.try_emplace(name, names_.size());
  if (!added) {
    types_[at->second] = std::move(type);
    return at->second;
  }
  names_.push_back(std::move(name));
  types_.push_back(std::move(type));
  return at->second;
}

std::optional<std::size_t> Declarations::find(std::string_view name) const {
  const auto at = slots_.find(std::string(name));
  return at == slots_.end() ? std::nullopt : std::optional(at->second);
}

std::string Declarations::nearest(std::string_view name) const {
  if (std::string near = cel::nearest(name, names_); !near.empty()) return near;
  const auto same = std::find_if(names_.begin(), names_.end(), [&](const std::string& candidate) {
    return after_dot(candidate) == after_dot(name);
  });
  return same == names_.end() ? std::string() : *same;
}

Program::Program(std::shared_ptr<const Plan> plan)
    : plan_(std::move(plan)), quick_(plan_ ? plan_->quick.get() : nullptr) {}
const Type& Program::type() const { return plan_->type; }
std::span<const std::size_t> Program::slots() const { return plan_->slots; }
Value Program::evaluate(std::span<const Value> values, const Limits& limits) const {
  std::uint64_t left = limits.cost;
  return evaluate(values, limits, left);
}
Value Program::evaluate(std::span<const Value> values, const Limits& limits,
                        std::uint64_t& left) const {
  if (quick_) {
    if (Value answer = quick_->evaluate(values, limits, left); !answer.is(Kind::null))
      return answer;
  }
  return by_plan(values, limits, left);
}
Value Program::by_plan(std::span<const Value> values, const Limits& limits,
                       std::uint64_t& left) const {
  const Limits within{.cost = std::min(limits.cost, left), .finite = limits.finite};
  std::uint64_t used = 0;
  Value value = cel::evaluate(*plan_, plan_->root, values, within, used);
  left -= used;
  return value;
}

tl::expected<Program, std::vector<Diagnostic>> compile(std::string_view source,
                                                       const Declarations& declarations,
                                                       const CompileOptions& options) {
  std::vector<Diagnostic> mistakes;
  auto tree = parse(source, options);
  if (!tree) {
    mistakes.push_back(std::move(tree).error());
    return tl::unexpected(std::move(mistakes));
  }
  const Checked checked = check(*tree, declarations, options, mistakes);
  if (!mistakes.empty()) return tl::unexpected(std::move(mistakes));
  auto plan = make_plan(*tree, checked, mistakes);
  if (!mistakes.empty()) return tl::unexpected(std::move(mistakes));
  return Program(std::move(plan));
}

}  // namespace lockgate::cel
