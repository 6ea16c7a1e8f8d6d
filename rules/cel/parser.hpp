// Tokens -> tree, with the standard macros expanded.

#pragma once

#include <string_view>

#include <tl/expected.hpp>

#include "rules/cel/ast.hpp"
#include "rules/cel/program.hpp"

namespace lockgate::cel {

// The first mistake, if there is one.  However hostile the source, neither the
// parser nor a walk over its tree goes deeper than a fixed bound.
tl::expected<Tree, Diagnostic> parse(std::string_view source, const CompileOptions& options);

// Turns node `call` (a call or member_call) into a fold or a has node if it is
// a standard macro.  False, with `mistake` set, if it is one but misused.
bool expand_macro(Tree& tree, NodeId call, Diagnostic& mistake);

}  // namespace lockgate::cel
