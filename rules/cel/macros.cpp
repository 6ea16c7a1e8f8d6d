#include <algorithm>
#include <array>

#include "rules/cel/parser.hpp"

namespace lockgate::cel {
namespace {

struct Macro {
  std::string_view name;
  FoldKind kind;
  std::size_t variables;
  std::size_t arguments;  // with the variables
  std::string_view usage;
};

constexpr std::array<Macro, 20> macros = {{
    {"all", FoldKind::all, 1, 2, "x.all(item, condition)"},
    {"all", FoldKind::all, 2, 3, "x.all(key, value, condition)"},
    {"exists", FoldKind::exists, 1, 2, "x.exists(item, condition)"},
    {"exists", FoldKind::exists, 2, 3, "x.exists(key, value, condition)"},
    {"exists_one", FoldKind::exists_one, 1, 2, "x.exists_one(item, condition)"},
    {"exists_one", FoldKind::exists_one, 2, 3, "x.exists_one(key, value, condition)"},
    {"existsOne", FoldKind::exists_one, 1, 2, "x.existsOne(item, condition)"},
    {"existsOne", FoldKind::exists_one, 2, 3, "x.existsOne(key, value, condition)"},
    {"filter", FoldKind::filter, 1, 2, "x.filter(item, condition)"},
    {"map", FoldKind::map, 1, 2, "x.map(item, result)"},
    {"map", FoldKind::map, 1, 3, "x.map(item, condition, result)"},
    {"transformList", FoldKind::map, 2, 3, "x.transformList(key, value, result)"},
    {"transformList", FoldKind::map, 2, 4, "x.transformList(key, value, condition, result)"},
    {"transformMap", FoldKind::transform_map, 2, 3, "x.transformMap(key, value, result)"},
    {"transformMap", FoldKind::transform_map, 2, 4,
     "x.transformMap(key, value, condition, result)"},
    {"transformMapEntry", FoldKind::transform_map_entry, 2, 3,
     "x.transformMapEntry(key, value, {key: result})"},
    {"transformMapEntry", FoldKind::transform_map_entry, 2, 4,
     "x.transformMapEntry(key, value, condition, {key: result})"},
    {"sortBy", FoldKind::sort_by, 1, 2, "x.sortBy(item, key)"},
    {"optMap", FoldKind::optional_map, 1, 2, "x.optMap(content, result)"},
    {"optFlatMap", FoldKind::optional_flat_map, 1, 2, "x.optFlatMap(content, result)"},
}};

class Expansion {
 public:
  Expansion(Tree& tree, NodeId id, Diagnostic& mistake) : tree_(tree), id_(id), mistake_(mistake) {}

  bool run() {
    if (call().form == Form::call) {
      return call().text != "has" || call().children.size() != 1 || presence();
    }
    const Node& target = tree_.nodes[call().children[0]];
    if (target.form == Form::name && !target.absolute && target.text == "cel") {
      if (call().text == "bind") return bind();
      if (call().text == "block") return block();
      if (call().text == "index") return numbered(1, "write cel.index(0)");
      if (call().text == "iterVar") return numbered(2, "write cel.iterVar(0, 0)");
      if (call().text == "accuVar") return numbered(2, "write cel.accuVar(0, 0)");
      return true;
    }
    const std::size_t arguments = call().children.size() - 1;
    for (const Macro& macro : macros) {
      if (call().text == macro.name && arguments == macro.arguments) return fold(macro);
    }
    return true;
  }

 private:
  Node& call() { return tree_.nodes[id_]; }
  const Node& argument(std::size_t i) { return tree_.nodes[call().children[i + 1]]; }

  bool misused(const Node& at, std::string message, std::string help) {
    mistake_ = {at.offset, at.length, std::move(message), {}, std::move(help)};
    return false;
  }

  bool presence() {
    const Node& field = tree_.nodes[call().children[0]];
    if (field.form != Form::select) {
      return misused(field, "has() takes a name with a dot", "write has(a.b), or `'b' in a`");
    }
    if (field.optional) {
      return misused(field, "has() takes no `.?`", "write has(a.b), or a.?b.hasValue()");
    }
    call().form = Form::has;
    call().text = field.text;
    call().children = {NodeId{field.children[0]}};
    return true;
  }

  bool plain_name(const Node& node) const { return node.form == Form::name && !node.absolute; }

  bool fold(const Macro& macro) {
    const std::string written = "`" + call().text + "`";
    const std::string help = "write " + std::string(macro.usage);
    for (std::size_t i = 0; i < macro.variables; ++i) {
      if (plain_name(argument(i))) continue;
      return misused(argument(i),
                     written + (macro.variables == 1 ? " needs a plain name first"
                                                     : " needs two plain names first"),
                     help);
    }
    if (macro.variables == 2) {
      if (argument(0).text == argument(1).text) {
        return misused(argument(1), written + " needs two different names", help);
      }
      call().second = argument(1).text;
    }
    call().form = Form::fold;
    call().fold = macro.kind;
    call().text = argument(0).text;
    const auto first = call().children.begin() + 1;
    call().children.erase(first, first + static_cast<std::ptrdiff_t>(macro.variables));
    return true;
  }

  bool bind() {
    const std::string help = "write cel.bind(name, value, expression)";
    if (call().children.size() != 4) {
      return misused(call(), "`cel.bind` takes a name, its value and an expression", help);
    }
    if (!plain_name(argument(0))) {
      return misused(argument(0), "`cel.bind` needs a plain name first", help);
    }
    call().form = Form::bind;
    call().text = argument(0).text;
    call().children.erase(call().children.begin(), call().children.begin() + 2);
    return true;
  }

  // cel.block([a, b], c) binds cel.index(0) to a within b and c, cel.index(1) to b within c.
  bool block() {
    const std::string help = "write cel.block([value, ...], expression)";
    if (call().children.size() != 3 || argument(0).form != Form::list) {
      return misused(call(), "`cel.block` takes a list and an expression", help);
    }
    const std::vector<NodeId> values = argument(0).children;
    NodeId body = call().children[2];
    for (std::size_t i = values.size(); i-- > 0;) {
      const Node& value = tree_.nodes[values[i]];
      if (value.form == Form::entry) {
        return misused(value, "a value of `cel.block` cannot be optional", help);
      }
      Node bound{.form = Form::bind,
                 .height = static_cast<std::uint16_t>(
                     1 + std::max(value.height, tree_.nodes[body].height)),
                 .offset = call().offset,
                 .length = call().length,
                 .text = "cel.index(" + std::to_string(i) + ")",
                 .children = {values[i], body}};
      if (bound.height > max_height) {
        return misused(call(), "the expression is too deep", "split it into named parts");
      }
      tree_.nodes.push_back(std::move(bound));
      body = static_cast<NodeId>(tree_.nodes.size() - 1);
    }
    call() = Node{tree_.nodes[body]};
    return true;
  }

  // cel.index(1), cel.iterVar(0, 0): a name that nobody else can have written.
  bool numbered(std::size_t count, const char* help) {
    std::string name = "cel." + call().text + "(";
    bool sound = call().children.size() == count + 1;
    for (std::size_t i = 0; i < count && sound; ++i) {
      const Node& number = argument(i);
      sound = number.form == Form::literal && number.value.is(Kind::integer) &&
              number.value.as_int() >= 0;
      if (sound) name += (i > 0 ? ", " : "") + std::to_string(number.value.as_int());
    }
    if (!sound) {
      return misused(call(),
                     "`cel." + call().text + "` takes " +
                         (count == 1 ? "a whole number" : "two whole numbers"),
                     help);
    }
    call().form = Form::name;
    call().text = name + ")";
    call().children.clear();
    return true;
  }

  Tree& tree_;
  NodeId id_;
  Diagnostic& mistake_;
};

}  // namespace

bool expand_macro(Tree& tree, NodeId call, Diagnostic& mistake) {
  return Expansion(tree, call, mistake).run();
}

std::string_view macro_usage(std::string_view name) {
  const auto found = std::find_if(macros.begin(), macros.end(),
                                  [&](const Macro& macro) { return macro.name == name; });
  return found == macros.end() ? std::string_view() : found->usage;
}

}  // namespace lockgate::cel
