#include "rules/change_candidates.hpp"

#include <algorithm>
#include <cmath>

#include "rules/cel/functions.hpp"
#include "rules/expression_parts.hpp"

namespace lockgate::rules {
namespace {

using cel::Fn;
using cel::NodeId;

constexpr double kShortRange = 32;
constexpr std::size_t kMostOfOne = 200;  // candidates of one fact

bool is_comparison(Fn fn) {
  return fn == Fn::equal || fn == Fn::not_equal || fn == Fn::less || fn == Fn::less_equal ||
         fn == Fn::greater || fn == Fn::greater_equal || fn == Fn::in;
}

std::string date_text(double day) {
  using namespace std::chrono;
  const std::string text =
      cel::timestamp_text(cel::Value::timestamp(static_cast<std::int64_t>(day) * 86'400));
  return text.substr(0, 10);
}

class Gathering {
 public:
  Gathering(const RuleSet& rules, std::span<const cel::Value> values)
      : rules_(rules), values_(values), found_(rules.vocabulary().facts().size()) {}

  std::vector<std::vector<Candidate>> run() {
    for (const NamedExpression& expression : rules_.expressions()) walk(expression.text);
    for (const Rule& rule : rules_.rules()) walk(rule.when_text);
    for (std::size_t slot = 0; slot < found_.size(); ++slot) {
      if (fact(slot).changeable) finish(slot);
    }
    return std::move(found_);
  }

 private:
  const FactDeclaration& fact(std::size_t slot) const { return rules_.vocabulary().facts()[slot]; }

  void walk(const std::string& source) {
    const ExpressionParts parts(source, rules_.declarations());
    visit(parts, parts.root());
  }

  void visit(const ExpressionParts& parts, NodeId id) {
    const cel::Node& node = parts.node(id);
    for (const NodeId child : node.children) visit(parts, child);
    if (!is_comparison(parts.function(id)) || node.children.size() != 2) return;
    std::vector<cel::Value> constants;
    for (const NodeId child : node.children) gather_constants(parts, child, constants);
    for (const std::size_t slot : changeable_below(parts.slots(id))) {
      for (const cel::Value& constant : constants) offer(slot, constant);
    }
    compared(parts, node.children[0], node.children[1]);
    compared(parts, node.children[1], node.children[0]);
  }

  // What stands on the other side, whatever it is made of.
  void compared(const ExpressionParts& parts, NodeId name, NodeId other) {
    const auto slot = parts.slot(name);
    if (slot && *slot < found_.size() && fact(*slot).changeable) {
      offer(*slot, parts.value(other, values_));
    }
  }

  // Parts that no fact changes.
  void gather_constants(const ExpressionParts& parts, NodeId id,
                        std::vector<cel::Value>& constants) const {
    const std::vector<std::size_t> slots = parts.slots(id);
    const bool fixed = std::all_of(slots.begin(), slots.end(), [this](std::size_t slot) {
      return slot >= rules_.first_setting() && slot < rules_.first_expression();
    });
    if (fixed) {
      constants.push_back(parts.value(id, values_));
    } else {
      for (const NodeId child : parts.node(id).children) gather_constants(parts, child, constants);
    }
  }

  std::vector<std::size_t> changeable_below(const std::vector<std::size_t>& slots) const {
    std::vector<std::size_t> facts;
    for (const std::size_t slot : slots) {
      if (slot < found_.size()) {
        if (fact(slot).changeable) facts.push_back(slot);
      } else if (slot >= rules_.first_expression() && slot != rules_.now_slot()) {
        const auto& inside = rules_.expressions()[slot - rules_.first_expression()].program.slots();
        const auto more = changeable_below({inside.begin(), inside.end()});
        facts.insert(facts.end(), more.begin(), more.end());
      }
    }
    return facts;
  }

  void offer(std::size_t slot, const cel::Value& value) {
    if (value.is(cel::Kind::list)) {
      for (const cel::Value& each : value.as_list()) offer(slot, each);
      return;
    }
    if (fact(slot).type == FactType::string && value.is(cel::Kind::string)) {
      add(slot, std::string(value.as_string()));
    }
    if (const auto measure = measure_of(value)) around(slot, *measure);
  }

  void around(std::size_t slot, double measure) {
    const FactType type = fact(slot).type;
    if (type == FactType::money) {
      for (const double step : {-0.01, 0.0, 0.01}) add_number(slot, measure + step);
    } else if (type == FactType::integer || type == FactType::date || type == FactType::real) {
      for (const double step : {-1.0, 0.0, 1.0}) add_number(slot, measure + step);
    }
  }

  void add_number(std::size_t slot, double number) {
    if (std::abs(number) > 1e12) return;
    switch (fact(slot).type) {
      case FactType::integer:
        return add(slot, static_cast<std::int64_t>(std::floor(number)));
      case FactType::money:
        return add(slot, std::round(number * 100) / 100);
      case FactType::date:
        return add(slot, date_text(std::floor(number)));
      default:
        return add(slot, number);
    }
  }

  void add(std::size_t slot, FactValue value) {
    const auto seen = to_cel(fact(slot), value);
    std::vector<Candidate>& there = found_[slot];
    if (!seen || there.size() >= kMostOfOne) return;
    if (std::any_of(there.begin(), there.end(),
                    [&](const Candidate& each) { return each.seen.identical(*seen); })) {
      return;
    }
    there.push_back({std::move(value), *seen, measure_of(*seen).value_or(0)});
  }

  void finish(std::size_t slot) {
    const FactDeclaration& about = fact(slot);
    if (about.type == FactType::boolean) {
      add(slot, false);
      add(slot, true);
    }
    for (const std::string& word : about.values) add(slot, word);
    if (about.min) add_number(slot, *about.min);
    if (about.max) add_number(slot, *about.max);
    if (about.type == FactType::integer && about.min && about.max &&
        *about.max - *about.min <= kShortRange) {
      for (double number = *about.min; number <= *about.max; ++number) add_number(slot, number);
    }
    std::stable_sort(found_[slot].begin(), found_[slot].end(),
                     [](const Candidate& a, const Candidate& b) { return a.measure < b.measure; });
  }

  const RuleSet& rules_;
  const std::span<const cel::Value> values_;
  std::vector<std::vector<Candidate>> found_;
};

}  // namespace

std::optional<double> measure_of(const cel::Value& value) {
  switch (value.kind()) {
    case cel::Kind::integer:
      return static_cast<double>(value.as_int());
    case cel::Kind::uinteger:
      return static_cast<double>(value.as_uint());
    case cel::Kind::real:
      return value.as_double();
    case cel::Kind::timestamp:
      return static_cast<double>(value.seconds()) / 86'400;
    default:
      return std::nullopt;
  }
}

std::vector<std::vector<Candidate>> candidates(const RuleSet& rules,
                                               std::span<const cel::Value> values) {
  return Gathering(rules, values).run();
}

}  // namespace lockgate::rules
