// Function name x types of the arguments -> which function is called and what it gives.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "rules/cel/ast.hpp"
#include "rules/cel/program.hpp"

namespace lockgate::cel {

struct Overload {
  bool fits = false;  // a function of that name takes these arguments
  Fn fn = Fn::none;   // the one that takes as many arguments; none for the host's own
  Type result = {};   // dyn unless `fits`
};

// For an operator, `fn` says which; else the function is looked for by its full
// name.  Several may fit where an argument is dyn.
Overload choose(Fn op, std::string_view name, bool member, std::span<const Type> arguments,
                const Declarations& declarations);

// Whether a function has the full name.  `member`: it is called with a receiver.
bool is_function(std::string_view name, bool member, const Declarations& declarations);
// Whether there are such functions `space.f`.
bool is_namespace(std::string_view space, const Declarations& declarations);

// What to do about a value that has to be opened first.
inline constexpr const char* open_optional = "open the optional with `.orValue(...)`";

// About a function that has no such name, or does not take such arguments: how a macro
// of that name is written, which name was meant, what to write instead; may be empty.
std::string unknown_function_help(const std::string& name, bool member,
                                  const Declarations& declarations);
std::string misfit(const std::string& name, std::span<const Type> arguments);
std::string misfit_help(Fn fn, std::span<const Type> arguments);

}  // namespace lockgate::cel
