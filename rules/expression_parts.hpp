// The parts of an expression that has been loaded, for those who explain it.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/checker.hpp"
#include "rules/cel/program.hpp"

namespace lockgate::rules {

// Borrows the declarations.  What does not parse is taken for a lone null.
class ExpressionParts {
 public:
  ExpressionParts(std::string_view source, const cel::Declarations& declarations);

  cel::NodeId root() const { return tree_.root; }
  const cel::Node& node(cel::NodeId id) const { return tree_.nodes[id]; }
  cel::Fn function(cel::NodeId id) const { return checked_.nodes[id].fn; }
  std::optional<std::size_t> slot(cel::NodeId id) const;  // if the part is nothing but a name
  std::vector<std::size_t> slots(cel::NodeId id) const;   // below, each once, in order
  std::string written(cel::NodeId id) const;              // on one line
  // A part that uses the variable of a macro has no value of its own: an error.
  cel::Value value(cel::NodeId id, std::span<const cel::Value> values) const;

 private:
  void gather(cel::NodeId id, std::vector<std::size_t>& found) const;

  std::string source_;
  const cel::Declarations& declarations_;
  cel::Tree tree_;
  cel::Checked checked_;
};

}  // namespace lockgate::rules
