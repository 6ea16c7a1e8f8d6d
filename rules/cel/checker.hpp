// Tree x declarations -> what each name means and each node's type.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "rules/cel/ast.hpp"
#include "rules/cel/program.hpp"

namespace lockgate::cel {

enum class Meaning : std::uint8_t { itself, slot, local, type, undeclared };

// What the checker found out about one node.
struct Finding {
  Meaning meaning = Meaning::itself;  // of a name, or of a chain of selects
  std::uint32_t number = 0;           // slot or local
  Fn fn = Fn::none;                   // of a call; none if no function has the name
  bool qualified = false;  // of a member call: children[0] belongs to the function's name
  Value type_value = {};   // Meaning::type
  Type type = {};
};

struct Checked {
  std::vector<Finding> nodes;  // by NodeId
  std::uint32_t locals = 0;    // how many are alive at once
};

// Without options.check only names and functions are found; nothing is reported.
Checked check(const Tree& tree, const Declarations& declarations, const CompileOptions& options,
              std::vector<Diagnostic>& mistakes);

}  // namespace lockgate::cel
