#include "rules/cel/scope.hpp"

#include <algorithm>
#include <optional>

namespace lockgate::cel {
namespace {

std::optional<Value> type_named(std::string_view name) {
  for (Kind kind : {Kind::null, Kind::boolean, Kind::integer, Kind::uinteger, Kind::real,
                    Kind::string, Kind::bytes, Kind::list, Kind::map, Kind::timestamp,
                    Kind::duration, Kind::type, Kind::ip, Kind::cidr, Kind::optional}) {
    if (kind_name(kind) == name) return Value::type(std::string(name));
  }
  return std::nullopt;
}

}  // namespace

std::string chain(const Tree& tree, NodeId id, bool& absolute) {
  const Node& node = tree.nodes[id];
  absolute = node.absolute;
  if (node.form == Form::name) return node.text;
  if (node.form != Form::select || node.optional) return {};
  std::string operand = chain(tree, node.children[0], absolute);
  return operand.empty() ? operand : operand + "." + node.text;
}

std::vector<std::string> candidates(const std::string& name, std::string container) {
  std::vector<std::string> found;
  while (!container.empty()) {
    found.push_back(container + "." + name);
    const auto dot = container.rfind('.');
    container.resize(dot == std::string::npos ? 0 : dot);
  }
  found.push_back(name);
  return found;
}

void Scope::push(std::string name, Type type) {
  locals_.push_back({std::move(name), std::move(type)});
  most_ = std::max(most_, size());
}

bool Scope::is_local(std::string_view name) const {
  return std::any_of(locals_.begin(), locals_.end(),
                     [&](const Local& local) { return local.name == name; });
}

bool Scope::resolve(const std::string& name, bool absolute, Finding& out) const {
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
  for (const std::string& full : candidates(name, absolute ? std::string() : container_)) {
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
  }
  return false;
}

bool Scope::begins_known(const Tree& tree, NodeId id) const {
  for (; tree.nodes[id].form == Form::select; id = tree.nodes[id].children[0]) {
    bool absolute = false;
    const std::string prefix = chain(tree, tree.nodes[id].children[0], absolute);
    Finding ignored;
    if (!prefix.empty() && resolve(prefix, absolute, ignored)) return true;
  }
  return false;
}

}  // namespace lockgate::cel
