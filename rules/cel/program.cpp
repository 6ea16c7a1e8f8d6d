#include "rules/cel/program.hpp"

#include <algorithm>
#include <numeric>

#include "rules/cel/checker.hpp"
#include "rules/cel/evaluator.hpp"
#include "rules/cel/parser.hpp"
#include "rules/cel/plan.hpp"

namespace lockgate::cel {
namespace {

constexpr std::size_t near_enough = 2;

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

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
  constexpr std::size_t longest = 200;
  std::string best;
  std::size_t best_distance = near_enough + 1;
  if (name.size() > longest) return best;
  for (const std::string& candidate : names_) {
    if (candidate.size() > name.size() + near_enough ||
        name.size() > candidate.size() + near_enough) {
      continue;
    }
    if (const auto distance = edit_distance(name, candidate); distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  if (!best.empty()) return best;
  const auto same = std::find_if(names_.begin(), names_.end(), [&](const std::string& candidate) {
    return after_dot(candidate) == after_dot(name);
  });
  return same == names_.end() ? best : *same;
}

Program::Program(std::shared_ptr<const Plan> plan) : plan_(std::move(plan)) {}
const Type& Program::type() const { return plan_->type; }
std::span<const std::size_t> Program::slots() const { return plan_->slots; }
Value Program::evaluate(std::span<const Value> values, const Limits& limits) const {
  return cel::evaluate(*plan_, plan_->root, values, limits);
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
