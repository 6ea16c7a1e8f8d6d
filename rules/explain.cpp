#include "rules/explain.hpp"

#include <algorithm>
#include <optional>

#include "rules/expression_parts.hpp"
#include "rules/part_words.hpp"

namespace lockgate::rules {
namespace {

using cel::Fn;
using cel::Form;
using cel::NodeId;

class Explainer {
 public:
  // `smallest`: of several parts that are each enough, one.
  Explainer(const RuleSet& rules, std::span<const cel::Value> values, bool smallest)
      : rules_(rules), values_(values), smallest_(smallest) {}

  // `opened`: within a named expression; what that uses is not opened further.
  std::vector<Part> decisive(const ExpressionParts& parts, NodeId id, bool opened = false) const {
    const cel::Node& node = parts.node(id);
    switch (node.form) {
      case Form::all_of:
      case Form::any_of:
        return logical(parts, id, opened);
      case Form::conditional:
        return conditional(parts, id, opened);
      case Form::literal:
        return {};
      case Form::call:
        break;
      default:
        return {leaf(parts, id, opened)};
    }
    const Fn fn = parts.function(id);
    if (fn == Fn::logical_not) return decisive(parts, node.children[0], opened);
    const bool sum = fn == Fn::add;
    if (sum || fn == Fn::subtract || fn == Fn::multiply || fn == Fn::divide || fn == Fn::modulo ||
        fn == Fn::negate) {
      return operands(parts, id, opened, sum);
    }
    return {leaf(parts, id, opened)};
  }

 private:
  std::vector<Part> logical(const ExpressionParts& parts, NodeId id, bool opened) const {
    const cel::Node& node = parts.node(id);
    const cel::Value whole = parts.value(id, values_);
    const bool one_is_enough =
        whole.is(cel::Kind::boolean) && whole.as_bool() == (node.form == Form::any_of);
    std::vector<Part> found;
    std::optional<std::vector<Part>> fewest;
    for (const NodeId child : node.children) {
      const cel::Value value = parts.value(child, values_);
      const bool decided = whole.is_unknown() || whole.is_error()
                               ? value.kind() == whole.kind()
                               : value.is(cel::Kind::boolean) && value.as_bool() == whole.as_bool();
      if (!decided) continue;
      std::vector<Part> here = decisive(parts, child, opened);
      if (!one_is_enough || !smallest_) {
        add(found, std::move(here));
      } else if (!fewest || here.size() < fewest->size()) {
        fewest = std::move(here);
      }
    }
    return fewest ? *std::move(fewest) : found;
  }

  std::vector<Part> conditional(const ExpressionParts& parts, NodeId id, bool opened) const {
    const cel::Node& node = parts.node(id);
    const cel::Value condition = parts.value(node.children[0], values_);
    std::vector<Part> found = decisive(parts, node.children[0], opened);
    if (condition.is(cel::Kind::boolean)) {
      add(found, decisive(parts, node.children[condition.as_bool() ? 1 : 2], opened));
    }
    return found;
  }

  // Of a sum, those that are not nought, unless all are.
  std::vector<Part> operands(const ExpressionParts& parts, NodeId id, bool opened, bool sum) const {
    const cel::Value whole = parts.value(id, values_);
    const bool failed = whole.is_unknown() || whole.is_error();
    std::vector<Part> found, rest;
    for (const NodeId child : parts.node(id).children) {
      const cel::Value value = parts.value(child, values_);
      const bool left_out = failed ? value.kind() != whole.kind() : sum && is_nought(value);
      add(left_out ? rest : found, decisive(parts, child, opened));
    }
    return found.empty() ? rest : found;
  }

  static bool is_nought(const cel::Value& value) {
    return (value.is(cel::Kind::integer) && value.as_int() == 0) ||
           (value.is(cel::Kind::uinteger) && value.as_uint() == 0) ||
           (value.is(cel::Kind::real) && value.as_double() == 0);
  }

  static void add(std::vector<Part>& parts, std::vector<Part> more) {
    for (Part& part : more) {
      if (std::none_of(parts.begin(), parts.end(),
                       [&](const Part& each) { return each.written == part.written; })) {
        parts.push_back(std::move(part));
      }
    }
  }

  Part leaf(const ExpressionParts& parts, NodeId id, bool opened) const {
    const PartWords words(rules_, values_, parts);
    Part part{.written = parts.written(id),
              .words = words.sentence(id),
              .value = words.value(id),
              .names = {},
              .because = {}};
    for (const std::size_t slot : parts.slots(id)) {
      part.names.push_back(rules_.declarations().name(slot));
      if (opened || slot < rules_.first_expression() || slot == rules_.now_slot()) continue;
      const NamedExpression& expression = rules_.expressions()[slot - rules_.first_expression()];
      const ExpressionParts inside(expression.text, rules_.declarations());
      add(part.because, decisive(inside, inside.root(), true));
    }
    return part;
  }

  const RuleSet& rules_;
  const std::span<const cel::Value> values_;
  const bool smallest_;
};

Answer answer_of(const cel::Value& value) {
  if (value.is_true()) return Answer::applies;
  if (value.is_false()) return Answer::does_not_apply;
  return value.is_unknown() ? Answer::waits : Answer::cannot_be_answered;
}

}  // namespace

Explanation explain(const RuleSet& rules, const Facts& facts, Gate gate, UtcTime at,
                    const Rule& rule) {
  const std::vector<cel::Value> values = slot_values(rules, facts, gate, at);
  const ExpressionParts parts(rule.when_text, rules.declarations());
  Explanation explanation{answer_of(parts.value(parts.root(), values)), {}};
  const bool smallest = explanation.answer == Answer::does_not_apply;
  explanation.parts = Explainer(rules, values, smallest).decisive(parts, parts.root());
  return explanation;
}

}  // namespace lockgate::rules
