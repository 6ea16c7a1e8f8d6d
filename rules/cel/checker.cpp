#include "rules/cel/checker.hpp"

#include <algorithm>

#include "rules/cel/libraries.hpp"
#include "rules/cel/spelling.hpp"

namespace lockgate::cel {
namespace {

std::optional<Value> type_named(std::string_view name) {
  for (Kind kind : {Kind::null, Kind::boolean, Kind::integer, Kind::uinteger, Kind::real,
                    Kind::string, Kind::bytes, Kind::list, Kind::map, Kind::timestamp,
                    Kind::duration, Kind::type, Kind::ip, Kind::cidr}) {
    if (kind_name(kind) == name) return Value::type(std::string(name));
  }
  return std::nullopt;
}

class Checker {
 public:
  Checker(const Tree& tree, const Declarations& declarations, const CompileOptions& options,
          std::vector<Diagnostic>& mistakes)
      : tree_(tree), declarations_(declarations), options_(options), mistakes_(mistakes) {
    checked_.nodes.resize(tree.nodes.size());
  }

  Checked run() {
    visit(tree_.root);
    return std::move(checked_);
  }

 private:
  struct Local {
    std::string name;
    Type type;
  };

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
    const Type type = type_of(id);
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
    }
    return {};
  }

  void want_bool(NodeId id, const std::string& what) {
    const Type type = visit(id);
    if (!assignable(type, Kind::boolean)) {
      report(tree_.nodes[id], what + " must be true or false", "this is " + type.in_words());
    }
  }

  // "a.b.c" if the node is a name or a chain of selects on one; else empty.
  std::string chain(NodeId id, bool& absolute) const {
    const Node& node = tree_.nodes[id];
    absolute = node.absolute;
    if (node.form == Form::name) return node.text;
    if (node.form != Form::select) return {};
    std::string operand = chain(node.children[0], absolute);
    return operand.empty() ? operand : operand + "." + node.text;
  }

  // Finds what a whole dotted name means; container first.
  bool resolve(const std::string& name, bool absolute, Finding& out) const {
    if (!absolute) {
      for (std::size_t i = locals_.size(); i-- > 0;) {
        if (locals_[i].name == name) {
          out.meaning = Meaning::local;
          out.number = static_cast<std::uint32_t>(i);
          out.type = locals_[i].type;
          return true;
        }
      }
      const std::string head = name.substr(0, name.find('.'));
      if (head.size() < name.size() && is_local(head)) return false;
    }
    std::string prefix = absolute ? "" : options_.container;
    while (true) {
      const std::string full = prefix.empty() ? name : prefix + "." + name;
      if (const auto slot = declarations_.find(full)) {
        out.meaning = Meaning::slot;
        out.number = static_cast<std::uint32_t>(*slot);
        out.type = declarations_.type(*slot);
        return true;
      }
      if (auto type = type_named(full)) {
        out.meaning = Meaning::type;
        out.type_value = *type;
        out.type = Kind::type;
        return true;
      }
      if (prefix.empty()) return false;
      const auto dot = prefix.rfind('.');
      prefix = dot == std::string::npos ? "" : prefix.substr(0, dot);
    }
  }

  bool is_local(std::string_view name) const {
    return std::any_of(locals_.begin(), locals_.end(),
                       [&](const Local& local) { return local.name == name; });
  }

  Type name_or_select(NodeId id) {
    const Node& node = tree_.nodes[id];
    bool absolute = false;
    const std::string name = chain(id, absolute);
    Finding& finding = checked_.nodes[id];
    if (!name.empty() && resolve(name, absolute, finding)) return finding.type;
    if (node.form == Form::name) return undeclared(id, name);
    if (!name.empty() && !begins_known(id)) return undeclared(id, name);
    return select(node, visit(node.children[0]));
  }

  // Whether some prefix of the chain is declared.
  bool begins_known(NodeId id) const {
    for (; tree_.nodes[id].form == Form::select; id = tree_.nodes[id].children[0]) {
      bool absolute = false;
      const std::string prefix = chain(tree_.nodes[id].children[0], absolute);
      Finding ignored;
      if (resolve(prefix, absolute, ignored)) return true;
    }
    return false;
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
    return operand.element();
  }

  Type presence(NodeId id) {
    const Node& node = tree_.nodes[id];
    bool absolute = false;
    std::string name = chain(node.children[0], absolute);
    Finding& finding = checked_.nodes[id];
    if (!name.empty() && resolve(name + "." + node.text, absolute, finding) &&
        finding.meaning == Meaning::slot) {
      return Kind::boolean;
    }
    finding = {};
    bool known = true;
    if (!name.empty()) {
      Finding ignored;
      known = resolve(name, absolute, ignored) || begins_known(node.children[0]);
    }
    if (!known) {
      report_unknown(node, name + "." + node.text);
      checked_.nodes[node.children[0]].meaning = Meaning::undeclared;
      return Kind::boolean;
    }
    select(node, visit(node.children[0]));
    return Kind::boolean;
  }

  Type index(const Node& node) {
    const Type of = visit(node.children[0]);
    const Type at = visit(node.children[1]);
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

  Type list(const Node& node) {
    if (node.children.empty()) return Type::list({});
    Type element = visit(node.children[0]);
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      element = join(element, visit(node.children[i]));
    }
    return Type::list(element);
  }

  Type map(const Node& node) {
    if (node.children.empty()) return Type::map({}, {});
    Type key = visit(node.children[0]), value = visit(node.children[1]);
    for (std::size_t i = 2; i < node.children.size(); i += 2) {
      key = join(key, visit(node.children[i]));
      value = join(value, visit(node.children[i + 1]));
    }
    return Type::map(key, value);
  }

  Type fold(NodeId id) {
    const Node& node = tree_.nodes[id];
    const Type range = visit(node.children[0]);
    Type element;
    if (range.kind() == Kind::list)
      element = range.element();
    else if (range.kind() == Kind::map)
      element = range.key();
    else if (!range.is_dyn()) {
      report(tree_.nodes[node.children[0]], "only a list or a map can be gone through",
             "this is " + range.in_words());
    }
    checked_.nodes[id].number = static_cast<std::uint32_t>(locals_.size());
    locals_.push_back({node.text, element});
    checked_.locals = std::max(checked_.locals, static_cast<std::uint32_t>(locals_.size()));
    Type result = Kind::boolean;
    if (node.fold == FoldKind::map) {
      if (node.children.size() == 3) want_bool(node.children[1], "the condition");
      result = Type::list(visit(node.children.back()));
    } else if (node.fold == FoldKind::sort_by) {
      const Type key = visit(node.children[1]);
      if (!key.is_dyn() && !is_sortable(key.kind())) {
        report(tree_.nodes[node.children[1]], "the key must have an order",
               "this is " + key.in_words());
      }
      result = Type::list(element);
    } else {
      want_bool(node.children[1], "the condition");
      if (node.fold == FoldKind::filter) result = Type::list(element);
    }
    locals_.pop_back();
    return result;
  }

  // "math.least" if what stands before the last dot is not a value but begins
  // the names of functions; else what stands before the bracket.
  std::string function_name(const Node& node) const {
    if (node.form != Form::member_call) return node.text;
    bool absolute = false;
    const std::string space = chain(node.children[0], absolute) + ".";
    Finding ignored;
    const bool known =
        std::any_of(signatures().begin(), signatures().end(),
                    [&](const Signature& s) { return !s.member && s.name.starts_with(space); });
    if (!known || resolve(space.substr(0, space.size() - 1), absolute, ignored)) return node.text;
    return space + node.text;
  }

  Type call(NodeId id) {
    const Node& node = tree_.nodes[id];
    const std::string name = function_name(node);
    const bool qualified = name.size() > node.text.size();
    checked_.nodes[id].qualified = qualified;
    std::vector<Type> types;
    for (std::size_t i = qualified ? 1 : 0; i < node.children.size(); ++i) {
      types.push_back(visit(node.children[i]));
    }
    const bool member = node.form == Form::member_call && !qualified;
    bool named = false, fits = false;
    Type result;
    for (const Signature& s : signatures()) {
      const bool same = node.fn != Fn::none ? s.fn == node.fn
                                            : s.name == name && s.member == member && s.fn > Fn::in;
      if (!same) continue;
      named = true;
      const std::size_t given = types.size(), wanted = s.parameters.size();
      if (given != wanted && !(s.repeats && given > wanted)) continue;
      checked_.nodes[id].fn = s.fn;
      if (!std::equal(s.parameters.begin(), s.parameters.end(), types.begin(),
                      [](Kind k, const Type& t) {
                        return t.is_dyn() || k == Kind::dyn || t.kind() == k;
                      })) {
        continue;
      }
      const std::optional<Type> yields = s.refine ? s.refine(types) : s.result;
      if (!yields) continue;
      result = fits && !(result == *yields) ? Type() : *yields;
      fits = true;
    }
    const Fn fn = checked_.nodes[id].fn;
    if (fits && (fn == Fn::equal || fn == Fn::not_equal)) {
      fits = assignable(types[0], types[1]) || types[0].kind() == Kind::null ||
             types[1].kind() == Kind::null;
    }
    if (fits && fn == Fn::in && !types[1].is_dyn()) {
      fits =
          assignable(types[0], types[1].kind() == Kind::map ? types[1].key() : types[1].element());
    }
    if (fits && fn == Fn::add && types[0].kind() == Kind::list) result = join(types[0], types[1]);
    if (!named) {
      report(node, "unknown function `" + name + "`", {}, function_hint(name, member), Fault::form);
    } else if (!fits) {
      mismatch(node, name, types);
    }
    return result;
  }

  static std::string function_hint(const std::string& name, bool member) {
    std::vector<std::string> names;
    for (const Signature& s : signatures()) {
      if (s.name == name) return member ? "write " + name + "(x)" : "write x." + name + "(...)";
      if (s.member == member && s.fn > Fn::in) names.emplace_back(s.name);
    }
    const std::string near = nearest(name, names);
    return near.empty() ? near : "did you mean `" + near + "`?";
  }

  void mismatch(const Node& node, const std::string& name, const std::vector<Type>& types) {
    std::string message = "`" + name + "` does not take ";
    for (std::size_t i = 0; i < types.size(); ++i) {
      if (i > 0) message += " and ";
      message += types[i].in_words();
    }
    if (types.empty()) message += "nothing";
    std::string help;
    const bool mixed = types.size() == 2 && types[0].kind() != types[1].kind();
    if (mixed && (types[0].kind() == Kind::real || types[1].kind() == Kind::real) &&
        (types[0].kind() == Kind::integer || types[1].kind() == Kind::integer)) {
      help = "write the whole number with `.0`, or double(x)";
    }
    report(node, std::move(message), {}, std::move(help));
  }

  const Tree& tree_;
  const Declarations& declarations_;
  const CompileOptions& options_;
  std::vector<Diagnostic>& mistakes_;
  std::vector<Local> locals_;
  Checked checked_;
};

}  // namespace

Checked check(const Tree& tree, const Declarations& declarations, const CompileOptions& options,
              std::vector<Diagnostic>& mistakes) {
  return Checker(tree, declarations, options, mistakes).run();
}

}  // namespace lockgate::cel
