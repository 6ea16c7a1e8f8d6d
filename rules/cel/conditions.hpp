// Conditions that are asked together, laid out one behind the other: whoever asks all of
// them goes through memory once.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "rules/cel/program.hpp"

namespace lockgate::cel {

// Made of programs, which outlive it.  May be asked from many threads.
class Conditions {
 public:
  Conditions() = default;
  explicit Conditions(std::span<const Program* const> programs);

  // Whether the i-th program would give true or false; what it used is taken from `left`.
  // Nothing: ask the program; `left` is as it was.
  std::optional<bool> holds(std::size_t i, std::span<const Value> values, const Limits& limits,
                            std::uint64_t& left) const;
  // Another program in the place of the i-th.
  void replace(std::size_t i, const Program& program) { conditions_[i] = of(program); }

 private:
  struct Condition {
    const quick::Part* root = nullptr;  // null: only the program knows
    std::uint32_t cost = 0;             // as Quick::cost_
    std::uint32_t slots = 0;
  };
  static Condition of(const Program& program);

  std::vector<Condition> conditions_;
  std::shared_ptr<const quick::Part[]> parts_;
};

}  // namespace lockgate::cel
