#include "rules/cel/plan.hpp"

#include <algorithm>

#include "rules/cel/evaluator.hpp"

namespace lockgate::cel {
namespace {

constexpr std::uint64_t folding_cost = 1000;

class Planner {
 public:
  Planner(const Tree& tree, const Checked& checked, std::vector<Diagnostic>& mistakes)
      : tree_(tree), checked_(checked), mistakes_(mistakes), plan_(std::make_shared<Plan>()) {}

  std::shared_ptr<const Plan> run() {
    plan_->locals = checked_.locals;
    plan_->type = checked_.nodes[tree_.root].type;
    plan_->root = visit(tree_.root);
    plan_->quick = Quick::make(*plan_);
    return plan_;
  }

 private:
  std::uint32_t emit(Step step, const std::vector<std::uint32_t>& operands = {}) {
    step.first = static_cast<std::uint32_t>(plan_->operands.size());
    step.count = static_cast<std::uint32_t>(operands.size());
    plan_->operands.insert(plan_->operands.end(), operands.begin(), operands.end());
    plan_->steps.push_back(std::move(step));
    return static_cast<std::uint32_t>(plan_->steps.size() - 1);
  }

  std::uint32_t constant(Value value) { return emit({.constant = std::move(value)}); }

  std::uint32_t slot(Op op, std::uint32_t number) {
    if (std::find(plan_->slots.begin(), plan_->slots.end(), number) == plan_->slots.end()) {
      plan_->slots.push_back(number);
    }
    return emit({.op = op, .number = number});
  }

  // `a.?b` of a variable a.b: an optional that holds it.
  std::uint32_t optional_if(const Node& node, std::uint32_t variable) {
    return node.optional ? emit({.op = Op::call, .fn = Fn::optional_of}, {variable}) : variable;
  }

  std::uint32_t visit(NodeId id) {
    const std::uint32_t at = step_for(id);
    plan_->steps[at].kind = checked_.nodes[id].type.kind();
    return at;
  }

  std::uint32_t step_for(NodeId id) {
    const Node& node = tree_.nodes[id];
    const Finding& finding = checked_.nodes[id];
    switch (finding.meaning) {
      case Meaning::slot:
        return optional_if(node,
                           slot(node.form == Form::has ? Op::has_slot : Op::slot, finding.number));
      case Meaning::local:
        return emit({.op = Op::local, .number = finding.number});
      case Meaning::type:
        return optional_if(node, constant(finding.type_value));
      case Meaning::undeclared:
        return constant(Value::error("unknown name `" + node.text + "`"));
      case Meaning::itself:
        break;
    }
    if (node.form == Form::literal) return constant(node.value);
    std::vector<std::uint32_t> operands;
    for (std::size_t i = finding.qualified ? 1 : 0; i < node.children.size(); ++i) {
      operands.push_back(visit(node.children[i]));
    }
    Step step;
    step.op = op_of(node.form);
    if (node.form == Form::select || node.form == Form::has) field(node, step);
    step.optional = node.optional;
    step.number = finding.number;
    if (node.form == Form::fold) {
      step.fold = node.fold;
      step.pair = !node.second.empty();
    }
    if (node.form == Form::call || node.form == Form::member_call) {
      step.fn = finding.fn;
      if (step.fn == Fn::none) {
        return constant(Value::error("no such overload: `" + node.text + "`"));
      }
      if (step.fn == Fn::optional_none) return constant(Value::optional_none());
      if (step.fn == Fn::either || step.fn == Fn::or_value) step.op = Op::alternative;
      if (step.fn == Fn::matches && precompile(node, operands, step)) operands.pop_back();
      if (step.fn == Fn::greatest || step.fn == Fn::least) pair_up(node, step.fn, operands);
    }
    return fold_constants(node, emit(std::move(step), operands), operands);
  }

  // Of many numbers the greatest of each two, and so on until two are left.
  void pair_up(const Node& node, Fn fn, std::vector<std::uint32_t>& operands) {
    while (operands.size() > 2) {
      std::vector<std::uint32_t> winners;
      for (std::size_t i = 0; i + 1 < operands.size(); i += 2) {
        const std::vector<std::uint32_t> two = {operands[i], operands[i + 1]};
        winners.push_back(fold_constants(node, emit({.op = Op::call, .fn = fn}, two), two));
      }
      if (operands.size() % 2 == 1) winners.push_back(operands.back());
      operands = std::move(winners);
    }
  }

  void field(const Node& node, Step& step) {
    step.constant = Value::string(node.text);
    const Type& of = checked_.nodes[node.children[0]].type;
    if (!of.record()) return;
    plan_->records.push_back(of);
    step.record = of.record();
  }

  static Op op_of(Form form) {
    switch (form) {
      case Form::select:
        return Op::select;
      case Form::has:
        return Op::has;
      case Form::index:
        return Op::index;
      case Form::list:
        return Op::list;
      case Form::map:
        return Op::map;
      case Form::conditional:
        return Op::conditional;
      case Form::all_of:
        return Op::all_of;
      case Form::any_of:
        return Op::any_of;
      case Form::fold:
        return Op::fold;
      case Form::bind:
        return Op::bind;
      case Form::entry:
        return Op::entry;
      default:
        return Op::call;
    }
  }

  bool precompile(const Node& node, const std::vector<std::uint32_t>& operands, Step& step) {
    const Step& pattern = plan_->steps[operands[1]];
    if (pattern.op != Op::constant || !pattern.constant.is(Kind::string)) return false;
    auto compiled = compile_pattern(pattern.constant.as_string());
    if (!compiled) {
      const Node& at = tree_.nodes[node.children[1]];
      mistakes_.push_back({at.offset,
                           at.length,
                           "not a valid pattern",
                           {},
                           "patterns have RE2's syntax: no backreferences, no lookaround"});
      return false;
    }
    step.op = Op::match;
    step.number = static_cast<std::uint32_t>(plan_->patterns.size());
    plan_->patterns.push_back(std::move(compiled));
    return true;
  }

  std::uint32_t fold_constants(const Node& node, std::uint32_t at,
                               const std::vector<std::uint32_t>& operands) {
    const bool constant_operands = std::all_of(
        operands.begin(), operands.end(),
        [this](std::uint32_t operand) { return plan_->steps[operand].op == Op::constant; });
    if (!constant_operands || node.form == Form::fold || node.form == Form::entry) return at;
    // What is not finite is left to the evaluation, which may refuse it.
    std::uint64_t used = 0;
    Value value = evaluate(*plan_, at, {}, {.cost = folding_cost, .finite = true}, used);
    if (value.is_error() || value.is_unknown()) return at;
    plan_->steps[at] = {.constant = std::move(value)};
    return at;
  }

  const Tree& tree_;
  const Checked& checked_;
  std::vector<Diagnostic>& mistakes_;
  std::shared_ptr<Plan> plan_;
};

}  // namespace

std::shared_ptr<const Plan> make_plan(const Tree& tree, const Checked& checked,
                                      std::vector<Diagnostic>& mistakes) {
  return Planner(tree, checked, mistakes).run();
}

}  // namespace lockgate::cel
