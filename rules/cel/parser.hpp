// Tokens -> tree, with the macros expanded.

#pragma once

#include <optional>
#include <string_view>

#include <tl/expected.hpp>

#include "rules/cel/ast.hpp"
#include "rules/cel/lexer.hpp"
#include "rules/cel/program.hpp"

namespace lockgate::cel {

// The first mistake, if there is one.  However hostile the source, neither the
// parser nor a walk over its tree goes deeper than a fixed bound.
tl::expected<Tree, Diagnostic> parse(std::string_view source, const CompileOptions& options);

// How high a tree may be.
inline constexpr std::uint16_t max_height = 200;

// Turns node `call` (a call or member_call) into what it stands for if it is a
// macro.  False, with `mistake` set, if it is one but misused.
bool expand_macro(Tree& tree, NodeId call, Diagnostic& mistake);
// "x.all(item, condition)": how a macro is written; empty if `name` is none.
std::string_view macro_usage(std::string_view name);

// The value of a number as written, after a minus if `negative`; nothing if it is
// too large.
std::optional<Value> number_value(const Lexeme& number, bool negative);

}  // namespace lockgate::cel
