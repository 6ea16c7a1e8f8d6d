#include "rules/cel/checker.hpp"

#include "rules/cel/libraries.hpp"
#include "rules/cel/overloads.hpp"
#include "rules/cel/scope.hpp"
#include "rules/cel/spelling.hpp"

namespace lockgate::cel {
namespace {

class Checker {
 public:
  Checker(const Tree& tree, const Declarations& declarations, const CompileOptions& options,
          std::vector<Diagnostic>& mistakes)
      : tree_(tree),
        declarations_(declarations),
        options_(options),
        mistakes_(mistakes),
        scope_(declarations, options.container) {
    checked_.nodes.resize(tree.nodes.size());
  }

  Checked run() {
    visit(tree_.root);
    for (Finding& finding : checked_.nodes) finding.type = finding.type.settled();
    checked_.locals = scope_.most();
    return std::move(checked_);
  }

 private:
  void report(const Node& at, std::string message, std::string label = {}, std::string help = {},
              Fault fault = Fault::type) {
    if (!options_.check) return;
    mistakes_.push_back(
        {at.offset, at.length, std::move(message), std::move(label), std::move(help), fault});
  }

  void report_unknown(const Node& at, const std::string& name) {
    const std::string near = declarations_.nearest(name);
    report(at, "unknown name `" + name + "`", {},
           near.empty() ? "" : "did you mean `" + near + "`?", Fault::name);
  }

  Type visit(NodeId id) {
    Type type = type_of(id);
    checked_.nodes[id].type = type;
    return type;
  }

  Type type_of(NodeId id) {
    const Node& node = tree_.nodes[id];
    switch (node.form) {
      case Form::literal:
        return node.value.kind();
      case Form::name:
      case Form::select:
        return name_or_select(id);
      case Form::has:
        return presence(id);
      case Form::index:
        return index(node);
      case Form::call:
      case Form::member_call:
        return call(id);
      case Form::list:
        return list(node);
      case Form::map:
        return map(node);
      case Form::conditional: {
        want_bool(node.children[0], "what stands before `?`");
        const Type a = visit(node.children[1]);
        return join(a, visit(node.children[2]));
      }
      case Form::all_of:
      case Form::any_of:
        for (NodeId child : node.children) {
          want_bool(child, node.form == Form::all_of ? "each side of `&&`" : "each side of `||`");
        }
        return Kind::boolean;
      case Form::fold:
        return fold(id);
      case Form::bind:
        return bind(id);
      case Form::entry:
        return entry(node);
    }
    return {};
  }

  void want_bool(NodeId id, const std::string& what) {
    const Type type = visit(id);
    if (assignable(type, Kind::boolean)) return;
    const bool opens = type.is(Kind::optional) && assignable(type.element(), Kind::boolean);
    report(tree_.nodes[id], what + " must be true or false", "this is " + type.in_words(),
           opens ? open_optional : "");
  }

  Type name_or_select(NodeId id) {
    const Node& node = tree_.nodes[id];
    bool absolute = false;
    const std::string name = dotted(id, absolute);
    Finding& finding = checked_.nodes[id];
    if (!name.empty() && scope_.resolve(name, absolute, finding)) {
      // What is declared is there: a.?b holds the variable a.b.
      return node.optional ? Type::optional(finding.type) : finding.type;
    }
    if (node.form == Form::name) return undeclared(id, name);
    if (!name.empty() && !scope_.begins_known(tree_, id)) return undeclared(id, name);
    const Type operand = visit(node.children[0]);
    return within(operand, node.optional, [&](const Type& of) { return select(node, of); });
  }

  // The chain `id`; its last step may be a `.?`.
  std::string dotted(NodeId id, bool& absolute) const {
    const Node& node = tree_.nodes[id];
    if (!node.optional) return chain(tree_, id, absolute);
    const std::string operand = chain(tree_, node.children[0], absolute);
    return operand.empty() ? operand : operand + "." + node.text;
  }

  // What `look` finds in an operand or, if that is an optional, in its content; an
  // optional then, as it is where a `?` was written.
  template <class Look>
  static Type within(const Type& operand, bool optional, Look look) {
    if (operand.is(Kind::optional)) return Type::optional(look(operand.element()));
    return optional ? Type::optional(look(operand)) : look(operand);
  }

  Type undeclared(NodeId id, const std::string& name) {
    checked_.nodes[id].meaning = Meaning::undeclared;
    report_unknown(tree_.nodes[id], name);
    return {};
  }

  Type select(const Node& node, const Type& operand) {
    if (operand.is_dyn()) return {};
    if (operand.kind() != Kind::map) {
      report(node, "there is no `" + node.text + "` in " + operand.in_words());
      return {};
    }
    if (!operand.record()) return operand.element();
    if (const Record::Field* field = operand.record()->find(node.text)) return field->type;
    std::vector<std::string> names;
    for (const Record::Field& field : operand.record()->fields) names.push_back(field.name);
    const std::string near = nearest(node.text, names);
    report(node, "the record has no `" + node.text + "`", {},
           near.empty() ? "" : "did you mean `" + near + "`?", Fault::name);
    return {};
  }

  Type presence(NodeId id) {
    const Node& node = tree_.nodes[id];
    bool absolute = false;
    std::string name = chain(tree_, node.children[0], absolute);
    Finding& finding = checked_.nodes[id];
    if (!name.empty() && scope_.resolve(name + "." + node.text, absolute, finding) &&
        finding.meaning == Meaning::slot) {
      return Kind::boolean;
    }
    finding = {};
    bool known = true;
    if (!name.empty()) {
      Finding ignored;
      known =
          scope_.resolve(name, absolute, ignored) || scope_.begins_known(tree_, node.children[0]);
    }
    if (!known) {
      report_unknown(node, name + "." + node.text);
      checked_.nodes[node.children[0]].meaning = Meaning::undeclared;
      return Kind::boolean;
    }
    within(visit(node.children[0]), false, [&](const Type& of) { return select(node, of); });
    return Kind::boolean;
  }

  Type index(const Node& node) {
    const Type operand = visit(node.children[0]);
    const Type at = visit(node.children[1]);
    return within(operand, node.optional, [&](const Type& of) { return element(node, of, at); });
  }

  Type element(const Node& node, const Type& of, const Type& at) {
    if (of.is_dyn()) return {};
    if (of.kind() != Kind::list && of.kind() != Kind::map) {
      report(node, "only a list or a map has elements", "this is " + of.in_words());
      return {};
    }
    const Type wanted = of.kind() == Kind::list ? Type(Kind::integer) : of.key();
    if (!assignable(at, wanted)) {
      report(tree_.nodes[node.children[1]], "the index must be " + wanted.in_words(),
             "this is " + at.in_words());
    }
    return of.element();
  }

  Type entry(const Node& node) {
    const NodeId content = node.children[0];
    const Type type = visit(content);
    if (!assignable(type, Kind::optional)) {
      report(tree_.nodes[content], "what follows `?` must be an optional value",
             "this is " + type.in_words(), "leave out the `?`, or write `optional.of(...)`");
      return {};
    }
    return type.element();
  }

  Type list(const Node& node) {
    Type element = Type::parameter();
    for (NodeId child : node.children) element = join(element, visit(child));
    return Type::list(element);
  }

  Type map(const Node& node) {
    Type key = Type::parameter(), value = Type::parameter();
    for (std::size_t i = 0; i < node.children.size(); i += 2) {
      key = join(key, visit(node.children[i]));
      value = join(value, visit(node.children[i + 1]));
    }
    return Type::map(key, value);
  }

  Type fold(NodeId id) {
    const Node& node = tree_.nodes[id];
    const Type range = visit(node.children[0]);
    if (node.fold == FoldKind::optional_map || node.fold == FoldKind::optional_flat_map) {
      return map_optional(id, range);
    }
    const bool pair = !node.second.empty();
    Type first, second;
    if (range.is(Kind::list)) {
      first = pair ? Type(Kind::integer) : range.element();
      second = range.element();
    } else if (range.is(Kind::map)) {
      first = range.key();
      second = range.element();
    } else if (!range.is_dyn()) {
      report(tree_.nodes[node.children[0]], "only a list or a map can be gone through",
             "this is " + range.in_words(), range.is(Kind::optional) ? open_optional : "");
    }
    checked_.nodes[id].number = scope_.size();
    scope_.push(node.text, first);
    if (pair) scope_.push(node.second, second);
    const bool builds = node.fold >= FoldKind::map;
    if (!builds || node.children.size() == 3) want_bool(node.children[1], "the condition");
    Type result = Kind::boolean;
    if (node.fold == FoldKind::filter) result = Type::list(first);
    if (builds) result = built(node, first, visit(node.children.back()));
    scope_.pop(pair ? 2 : 1);
    return result;
  }

  Type built(const Node& node, const Type& key, const Type& result) {
    if (node.fold == FoldKind::map) return Type::list(result);
    if (node.fold == FoldKind::sort_by) {
      if (!result.is_dyn() && !is_sortable(result.kind())) {
        report(tree_.nodes[node.children.back()], "the key must have an order",
               "this is " + result.in_words());
      }
      return Type::list(key);
    }
    if (node.fold == FoldKind::transform_map) return Type::map(key, result);
    if (!result.is(Kind::map)) {
      if (!result.is_dyn()) {
        report(tree_.nodes[node.children.back()], "the result must be a map",
               "this is " + result.in_words(), "write {key: value}");
      }
      return Type::map({}, {});
    }
    return result;
  }

  Type map_optional(NodeId id, const Type& range) {
    const Node& node = tree_.nodes[id];
    if (!assignable(range, Kind::optional)) {
      report(tree_.nodes[node.children[0]], "only an optional value has a content",
             "this is " + range.in_words());
    }
    checked_.nodes[id].number = scope_.size();
    scope_.push(node.text, range.is(Kind::optional) ? range.element() : Type());
    const Type result = visit(node.children[1]);
    scope_.pop(1);
    if (node.fold == FoldKind::optional_map) return Type::optional(result);
    if (!assignable(result, Kind::optional)) {
      report(tree_.nodes[node.children[1]], "the result must be an optional value",
             "this is " + result.in_words(), "write `optMap`, or `optional.of(...)`");
    }
    return result;
  }

  Type bind(NodeId id) {
    const Node& node = tree_.nodes[id];
    const Type value = visit(node.children[0]);
    checked_.nodes[id].number = scope_.size();
    scope_.push(node.text, value);
    Type result = visit(node.children[1]);
    scope_.pop(1);
    return result;
  }

  Type call(NodeId id) {
    const Node& node = tree_.nodes[id];
    bool member = node.form == Form::member_call, absolute = node.absolute;
    std::string name = node.text;
    if (member) {
      const std::string space = chain(tree_, node.children[0], absolute);
      if (!space.empty() && qualifies(space, absolute, node.text)) {
        name = space + "." + name;
        member = false;
        checked_.nodes[id].qualified = true;
      }
    }
    bool named = node.fn != Fn::none;
    for (const std::string& full : candidates(name, absolute || member ? "" : options_.container)) {
      if (named) break;
      named = is_function(full, member, declarations_);
      if (named) name = full;
    }
    if (!named) {
      report(node, "unknown function `" + name + "`", {},
             unknown_function_help(name, member, declarations_), Fault::form);
    }
    std::vector<Type> types;
    for (std::size_t i = checked_.nodes[id].qualified ? 1 : 0; i < node.children.size(); ++i) {
      types.push_back(visit(node.children[i]));
    }
    const Overload overload = choose(node.fn, name, member, types, declarations_);
    checked_.nodes[id].fn = overload.fn;
    if (named && !overload.fits) {
      report(node, misfit(name, types), {}, misfit_help(overload.fn, types));
    }
    return overload.result;
  }

  // Whether `space.name(...)` calls a function of that whole name, or is meant to.
  bool qualifies(const std::string& space, bool absolute, const std::string& name) const {
    if (!absolute && scope_.is_local(space.substr(0, space.find('.')))) return false;
    Finding ignored;
    if (scope_.resolve(space, absolute, ignored) && ignored.meaning == Meaning::slot) return false;
    for (const std::string& full :
         candidates(space + "." + name, absolute ? std::string() : options_.container)) {
      if (is_function(full, false, declarations_)) return true;
    }
    return is_namespace(space, declarations_) && ignored.meaning == Meaning::itself;
  }

  const Tree& tree_;
  const Declarations& declarations_;
  const CompileOptions& options_;
  std::vector<Diagnostic>& mistakes_;
  Scope scope_;
  Checked checked_;
};

}  // namespace

Checked check(const Tree& tree, const Declarations& declarations, const CompileOptions& options,
              std::vector<Diagnostic>& mistakes) {
  return Checker(tree, declarations, options, mistakes).run();
}

}  // namespace lockgate::cel
