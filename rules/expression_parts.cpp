#include "rules/expression_parts.hpp"

#include <algorithm>

#include "rules/cel/parser.hpp"
#include "rules/cel/plan.hpp"

namespace lockgate::rules {

ExpressionParts::ExpressionParts(std::string_view source, const cel::Declarations& declarations)
    : source_(source), declarations_(declarations) {
  auto tree = cel::parse(source, {});
  if (tree) {
    tree_ = *std::move(tree);
  } else {
    tree_.nodes.emplace_back();
  }
  std::vector<cel::Diagnostic> mistakes;
  checked_ = cel::check(tree_, declarations_, {}, mistakes);
}

std::optional<std::size_t> ExpressionParts::slot(cel::NodeId id) const {
  const cel::Finding& finding = checked_.nodes[id];
  if (finding.meaning != cel::Meaning::slot || tree_.nodes[id].form == cel::Form::has) {
    return std::nullopt;
  }
  return finding.number;
}

std::vector<std::size_t> ExpressionParts::slots(cel::NodeId id) const {
  std::vector<std::size_t> found;
  gather(id, found);
  return found;
}

void ExpressionParts::gather(cel::NodeId id, std::vector<std::size_t>& found) const {
  const cel::Finding& finding = checked_.nodes[id];
  if (finding.meaning == cel::Meaning::slot) {
    if (std::find(found.begin(), found.end(), finding.number) == found.end()) {
      found.push_back(finding.number);
    }
    return;
  }
  for (const cel::NodeId child : tree_.nodes[id].children) gather(child, found);
}

std::string ExpressionParts::written(cel::NodeId id) const {
  const cel::Node& node = tree_.nodes[id];
  std::string text;
  for (const char c : source_.substr(std::min(node.offset, source_.size()), node.length)) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space) {
      text += c;
    } else if (!text.ends_with(' ')) {
      text += ' ';
    }
  }
  return text;
}

cel::Value ExpressionParts::value(cel::NodeId id, std::span<const cel::Value> values) const {
  cel::Tree part = tree_;
  part.root = id;
  std::vector<cel::Diagnostic> mistakes;
  const cel::Checked checked = cel::check(part, declarations_, {}, mistakes);
  auto plan = cel::make_plan(part, checked, mistakes);
  if (!mistakes.empty()) return cel::Value::error("it has no value of its own");
  return cel::Program(std::move(plan)).evaluate(values, {.finite = true});
}

}  // namespace lockgate::rules
