// In which order named expressions are computed.

#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/program.hpp"

namespace lockgate::rules {

struct ExpressionOrder {
  std::vector<std::size_t> sorted;                // all of them, each after those that it uses
  std::vector<std::vector<std::size_t>> circles;  // each uses the next, the last the first
  // By index, of those in no circle: how many stand in a row, each using the next, from
  // this one on.
  std::vector<std::size_t> lengths;

  bool is_in_circle(std::size_t index) const {
    return std::any_of(circles.begin(), circles.end(), [index](const auto& circle) {
      return std::find(circle.begin(), circle.end(), index) != circle.end();
    });
  }
};

// A name, and the CEL that gives its value.
struct NamedSources {
  std::string name;
  std::vector<std::string_view> sources;
};

// `others` are the facts and settings.  Where nothing decides it, the order is
// that of `parts`.
ExpressionOrder order_expressions(const std::vector<NamedSources>& parts,
                                  const cel::Declarations& others);

}  // namespace lockgate::rules
