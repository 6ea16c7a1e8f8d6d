#include <array>
#include <optional>

#include "rules/cel/parser.hpp"

namespace lockgate::cel {
namespace {

struct Macro {
  std::string_view name;
  FoldKind kind;
  std::size_t arguments;
};

constexpr std::array<Macro, 8> macros = {{
    {"all", FoldKind::all, 2},
    {"exists", FoldKind::exists, 2},
    {"exists_one", FoldKind::exists_one, 2},
    {"existsOne", FoldKind::exists_one, 2},
    {"map", FoldKind::map, 2},
    {"map", FoldKind::map, 3},
    {"filter", FoldKind::filter, 2},
    {"sortBy", FoldKind::sort_by, 2},
}};

bool misused(const Node& at, std::string message, std::string help, Diagnostic& mistake) {
  mistake = {at.offset, at.length, std::move(message), {}, std::move(help)};
  return false;
}

}  // namespace

bool expand_macro(Tree& tree, NodeId id, Diagnostic& mistake) {
  Node& call = tree.nodes[id];
  if (call.form == Form::call) {
    if (call.text != "has" || call.children.size() != 1) return true;
    const Node& argument = tree.nodes[call.children[0]];
    if (argument.form != Form::select) {
      return misused(argument, "has() takes a name with a dot", "write has(a.b), or `'b' in a`",
                     mistake);
    }
    call.form = Form::has;
    call.text = argument.text;
    const NodeId operand = argument.children[0];
    call.children = {operand};
    return true;
  }
  for (const Macro& macro : macros) {
    if (call.text != macro.name || call.children.size() != macro.arguments + 1) continue;
    const Node& variable = tree.nodes[call.children[1]];
    if (variable.form != Form::name || variable.absolute) {
      return misused(variable, "`" + call.text + "` needs a plain name first",
                     "write x." + call.text + "(item, ...)", mistake);
    }
    call.form = Form::fold;
    call.fold = macro.kind;
    call.text = variable.text;
    call.children.erase(call.children.begin() + 1);
    return true;
  }
  return true;
}

}  // namespace lockgate::cel
