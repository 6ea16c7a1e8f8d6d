#include "rules/checks/writer.hpp"

#include <algorithm>
#include <cmath>

#include "rules/cel/plan.hpp"

namespace lockgate::rules {
namespace {

constexpr std::size_t kMostNodes = 2000;
constexpr int kMostDepth = 100;
constexpr int kMostLeaves = 256;  // tries to tell the values of a part
constexpr std::size_t kMostConstants = 16;

bool is_number(cel::Kind kind) {
  return kind == cel::Kind::integer || kind == cel::Kind::uinteger || kind == cel::Kind::real;
}

// Every part of the tree, without its spacing.
void write_key(const cel::Tree& tree, const cel::Checked& checked, cel::NodeId id,
               std::string& key) {
  const cel::Node& node = tree.nodes[id];
  const cel::Finding& finding = checked.nodes[id];
  key += '(' + std::to_string(int(node.form));
  if (finding.meaning == cel::Meaning::slot) {
    key += '#' + std::to_string(finding.number) + ')';
    return;
  }
  key += ' ' + std::to_string(int(finding.meaning)) + ' ' + std::to_string(int(finding.fn)) + ' ' +
         std::to_string(int(node.fold)) + ' ' + std::to_string(node.text.size()) + node.text;
  if (node.form == cel::Form::literal) {
    key += std::to_string(int(node.value.kind())) + ' ' + node.value.text();
  }
  for (const cel::NodeId child : node.children) write_key(tree, checked, child, key);
  key += ')';
}

class Deeper {
 public:
  explicit Deeper(int& depth) : depth_(++depth) {}
  ~Deeper() { --depth_; }

 private:
  int& depth_;
};

}  // namespace

std::optional<Condition> ConditionWriter::run(const Source& source) {
  const NodeId root = formula(source, source.tree.root);
  if (too_large_) return std::nullopt;
  out_.root = root;
  std::vector<cel::Diagnostic> mistakes;
  auto plan = cel::make_plan(out_, checked_, mistakes);
  if (!mistakes.empty()) return std::nullopt;
  Condition condition{cel::Program(std::move(plan)), std::move(compared_), {}};
  write_key(out_, checked_, root, condition.key);
  return condition;
}

cel::NodeId ConditionWriter::emit(cel::Node node, cel::Finding finding) {
  if (out_.nodes.size() >= kMostNodes) too_large_ = true;
  if (too_large_) {  // whatever: it is not used
    node = {};
    finding = {};
  }
  out_.nodes.push_back(std::move(node));
  checked_.nodes.push_back(std::move(finding));
  return static_cast<NodeId>(out_.nodes.size() - 1);
}

cel::NodeId ConditionWriter::emit_slot(std::size_t slot, cel::Kind kind) {
  cel::Node node;
  node.form = cel::Form::name;
  cel::Finding finding;
  finding.meaning = cel::Meaning::slot;
  finding.number = static_cast<std::uint32_t>(slot);
  finding.type = kind;
  return emit(std::move(node), std::move(finding));
}

cel::NodeId ConditionWriter::copy(const Source& source, NodeId id) {
  const Deeper deeper(depth_);
  if (depth_ > kMostDepth) too_large_ = true;
  if (too_large_) return emit({}, {});
  cel::Node node = source.tree.nodes[id];
  const cel::Finding& finding = source.checked.nodes[id];
  if (finding.meaning == cel::Meaning::slot) {
    if (const Source* written = conditions_.expression(finding.number)) {
      return copy(*written, written->tree.root);
    }
    node.children.clear();
  }
  for (NodeId& child : node.children) child = copy(source, child);
  return emit(std::move(node), finding);
}

cel::NodeId ConditionWriter::formula(const Source& source, NodeId id) {
  const Deeper deeper(depth_);
  if (depth_ > kMostDepth) too_large_ = true;
  if (too_large_) return emit({}, {});
  const cel::Finding& finding = source.checked.nodes[id];
  if (finding.meaning == cel::Meaning::slot && source.tree.nodes[id].form != cel::Form::has) {
    if (const Source* written = conditions_.expression(finding.number)) {
      return formula(*written, written->tree.root);
    }
  }
  if (finding.type.kind() != cel::Kind::boolean) return stranger(source, id, cel::Kind::boolean);
  if (conditions_.is_closed(source, id)) return copy(source, id);
  return connective(source, id);
}

cel::NodeId ConditionWriter::connective(const Source& source, NodeId id) {
  cel::Node node = source.tree.nodes[id];
  const cel::Finding& finding = source.checked.nodes[id];
  const auto is_bool = [&](NodeId child) {
    return source.checked.nodes[child].type.kind() == cel::Kind::boolean;
  };
  bool connects = finding.meaning == cel::Meaning::itself;
  switch (node.form) {
    case cel::Form::all_of:
    case cel::Form::any_of:
      break;
    case cel::Form::conditional:
      connects &= is_bool(node.children[1]) && is_bool(node.children[2]);
      break;
    case cel::Form::call:
      if (finding.fn == cel::Fn::logical_not) break;
      if (finding.fn == cel::Fn::in) return membership(source, id);
      if (finding.fn < cel::Fn::equal || finding.fn > cel::Fn::greater_equal) {
        connects = false;
      } else if (!is_bool(node.children[0]) || !is_bool(node.children[1])) {
        return comparison(source, id);
      }
      break;
    default:
      connects = false;
  }
  if (!connects) return stranger(source, id, cel::Kind::boolean);
  for (NodeId& child : node.children) child = formula(source, child);
  return emit(std::move(node), finding);
}

cel::NodeId ConditionWriter::comparison(const Source& source, NodeId id) {
  const cel::Finding& finding = source.checked.nodes[id];
  const std::vector<NodeId>& sides = source.tree.nodes[id].children;
  for (const std::size_t side : {0, 1}) {
    const NodeId other = sides[1 - side];
    if (!conditions_.is_closed(source, other)) continue;
    const auto compared = variable(source, sides[side]);
    if (!compared) break;
    const bool ordered = finding.fn != cel::Fn::equal && finding.fn != cel::Fn::not_equal;
    if (ordered && !is_number(compared->kind)) break;
    const NodeId part = copy(source, other);
    if (too_large_ || !remember(*compared, part)) break;
    cel::Node node = source.tree.nodes[id];
    node.children[side] = emit_slot(compared->slot, compared->kind);
    node.children[1 - side] = part;
    return emit(std::move(node), finding);
  }
  return stranger(source, id, cel::Kind::boolean);
}

cel::NodeId ConditionWriter::membership(const Source& source, NodeId id) {
  cel::Node node = source.tree.nodes[id];
  const cel::Node& list = source.tree.nodes[node.children[1]];
  if (list.form == cel::Form::list && conditions_.is_closed(source, node.children[1])) {
    const auto compared = variable(source, node.children[0]);
    bool known = compared.has_value();
    for (const NodeId element : list.children) {
      known = known && remember(*compared, copy(source, element)) && !too_large_;
    }
    if (known) {
      node.children = {emit_slot(compared->slot, compared->kind), copy(source, node.children[1])};
      return emit(std::move(node), source.checked.nodes[id]);
    }
  }
  return stranger(source, id, cel::Kind::boolean);
}

cel::NodeId ConditionWriter::stranger(const Source& source, NodeId id, cel::Kind kind) {
  const cel::Node& node = source.tree.nodes[id];
  const bool comparing = node.form == cel::Form::call &&
                         source.checked.nodes[id].fn >= cel::Fn::equal &&
                         source.checked.nodes[id].fn <= cel::Fn::greater_equal;
  const bool sure =
      comparing && is_plain(source, node.children[0]) && is_plain(source, node.children[1]);
  std::string key = std::to_string(int(kind));
  write_key(source.tree, source.checked, id, key);
  return emit_slot(conditions_.stranger(key, {.kind = kind, .may_fail = !sure}), kind);
}

std::optional<ConditionWriter::Variable> ConditionWriter::variable(const Source& source,
                                                                   NodeId id) {
  const Deeper deeper(depth_);
  if (depth_ > kMostDepth) return std::nullopt;
  const cel::Finding& finding = source.checked.nodes[id];
  const cel::Kind kind = finding.type.kind();
  if (finding.meaning == cel::Meaning::slot && source.tree.nodes[id].form != cel::Form::has) {
    if (const Source* written = conditions_.expression(finding.number)) {
      return variable(*written, written->tree.root);
    }
    if (conditions_.is_fact(finding.number) && (is_number(kind) || kind == cel::Kind::string)) {
      const FactType type = conditions_.slots_.vocabulary.facts()[finding.number].type;
      const bool tried = type == FactType::integer || type == FactType::real ||
                         type == FactType::money || type == FactType::string;
      if (tried) return Variable{finding.number, kind};
    }
  }
  if (kind != cel::Kind::integer && kind != cel::Kind::real) return std::nullopt;
  std::string key = std::to_string(int(kind));
  write_key(source.tree, source.checked, id, key);
  return Variable{conditions_.stranger(key, {.kind = kind, .may_fail = true}), kind};
}

bool ConditionWriter::remember(const Variable& variable, NodeId part) {
  out_.root = part;
  std::vector<cel::Diagnostic> mistakes;
  auto plan = cel::make_plan(out_, checked_, mistakes);
  if (!mistakes.empty()) return false;
  std::vector<cel::Value> values = conditions_.start();
  int left = kMostLeaves;
  return collect(cel::Program(std::move(plan)), values, left, variable);
}

// Tries every value of what the part waits for.
bool ConditionWriter::collect(const cel::Program& program, std::vector<cel::Value>& values,
                              int& left, const Variable& variable) {
  constexpr cel::Limits kLimits{.cost = 10'000, .finite = true};
  if (--left < 0) return false;
  const cel::Value value = program.evaluate(values, kLimits);
  if (value.is_error()) return true;  // no constant; the condition fails there too
  if (!value.is_unknown()) return remember(variable, value);
  const std::size_t slot = value.waits_for().front();
  const cel::Value before = values[slot];
  bool known = true;
  for (const cel::Value& each : conditions_.domain(slot)) {
    values[slot] = each;
    known = known && collect(program, values, left, variable);
  }
  values[slot] = before;
  return known;
}

bool ConditionWriter::remember(const Variable& variable, cel::Value value) {
  const bool fits =
      is_number(variable.kind) ? is_number(value.kind()) : value.is(cel::Kind::string);
  if (!fits || (value.is(cel::Kind::real) && !std::isfinite(value.as_double()))) return false;
  std::vector<cel::Value>& constants = compared_[variable.slot];
  const bool there = std::any_of(constants.begin(), constants.end(),
                                 [&](const cel::Value& each) { return each.identical(value); });
  if (!there) constants.push_back(std::move(value));
  return constants.size() <= kMostConstants;
}

// A name of something that has a type, or a literal: comparing two of them never fails.
bool ConditionWriter::is_plain(const Source& source, NodeId id) const {
  const cel::Finding& finding = source.checked.nodes[id];
  if (finding.type.is_dyn()) return false;
  if (source.tree.nodes[id].form == cel::Form::literal) return true;
  return finding.meaning == cel::Meaning::slot && source.tree.nodes[id].form != cel::Form::has &&
         (conditions_.is_fact(finding.number) || conditions_.is_setting(finding.number));
}

}  // namespace lockgate::rules
