// The short way: a condition or a number over plain values, typed beforehand and
// evaluated without steps, copies or allocation.
//
// It answers only what the Plan would answer too.  Whatever is out of the ordinary (a
// value that is not known, an error, a kind that was not declared, a limit that is
// near) it leaves to the Plan.

#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "rules/cel/value.hpp"

namespace lockgate::cel {

struct Limits;
struct Plan;

namespace quick {

struct Part;

// Where an evaluation begins, and what it needs at least.
struct Start {
  const Part* root = nullptr;
  std::uint64_t cost = 0;  // steps, each fold once through
  std::size_t slots = 0;   // it reads none from here on
};

}  // namespace quick

class Quick {
 public:
  // Null if the plan has steps that have no short way.  `plan` outlives what is made.
  static std::shared_ptr<const Quick> make(const Plan& plan);
  ~Quick();

  // The result, and what was used is taken from `left`.  Null: ask the Plan;
  // `left` is as it was.
  Value evaluate(std::span<const Value> values, const Limits& limits, std::uint64_t& left) const;

 private:
  friend class QuickMaker;
  friend class Conditions;
  Quick();
  std::unique_ptr<quick::Part[]> parts_;
  std::size_t size_ = 0;  // parts
  quick::Start start_;
  Kind kind_ = Kind::boolean;
};

}  // namespace lockgate::cel
