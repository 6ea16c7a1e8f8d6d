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
#include "rules/cel/quick.hpp"

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
  static quick::Start of(const Program& program);  // without a root: only the program knows

  std::vector<quick::Start> conditions_;
  std::shared_ptr<const quick::Part[]> parts_;
};

}  // namespace lockgate::cel
