// What a dotted name means where it stands.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/checker.hpp"
#include "rules/cel/program.hpp"

namespace lockgate::cel {

// "a.b.c" if the node is a name or a chain of plain selects on one; else empty.
// `absolute`: whether it began with a dot.
std::string chain(const Tree& tree, NodeId id, bool& absolute);

// The full names that `name` may stand for, innermost first: for `y` within the
// container a.b these are a.b.y, a.y and y.
std::vector<std::string> candidates(const std::string& name, std::string container);

class Scope {
 public:
  Scope(const Declarations& declarations, const std::string& container)
      : declarations_(declarations), container_(container) {}

  // Adds a variable of a macro; it hides what had its name.
  void push(std::string name, Type type);
  void pop(std::size_t count) { locals_.resize(locals_.size() - count); }
  std::uint32_t size() const { return static_cast<std::uint32_t>(locals_.size()); }
  std::uint32_t most() const { return most_; }  // how many were there at once
  bool is_local(std::string_view name) const;
  // Finds what the whole of `name` means; the container comes first.
  bool resolve(const std::string& name, bool absolute, Finding& out) const;
  // Whether a prefix of the chain `id` is declared.
  bool begins_known(const Tree& tree, NodeId id) const;

 private:
  struct Local {
    std::string name;
    Type type;
  };
  const Declarations& declarations_;
  const std::string& container_;
  std::vector<Local> locals_;
  std::uint32_t most_ = 0;
};

}  // namespace lockgate::cel
