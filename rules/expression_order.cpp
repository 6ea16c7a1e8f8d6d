#include "rules/expression_order.hpp"

namespace lockgate::rules {
namespace {

class Sorter {
 public:
  explicit Sorter(std::vector<std::vector<std::size_t>> uses)
      : uses_(std::move(uses)), states_(uses_.size(), State::untouched) {}

  ExpressionOrder run() {
    order_.lengths.resize(uses_.size(), 1);
    for (std::size_t i = 0; i < uses_.size(); ++i) visit(i);
    return std::move(order_);
  }

 private:
  enum class State { untouched, on_the_way, done };

  void visit(std::size_t i) {
    if (states_[i] == State::done) return;
    if (states_[i] == State::on_the_way) {
      order_.circles.emplace_back(std::find(way_.begin(), way_.end(), i), way_.end());
      return;
    }
    states_[i] = State::on_the_way;
    way_.push_back(i);
    for (const std::size_t used : uses_[i]) {
      visit(used);
      order_.lengths[i] = std::max(order_.lengths[i], order_.lengths[used] + 1);
    }
    way_.pop_back();
    states_[i] = State::done;
    order_.sorted.push_back(i);
  }

  std::vector<std::vector<std::size_t>> uses_;
  std::vector<State> states_;
  std::vector<std::size_t> way_;
  ExpressionOrder order_;
};

}  // namespace

ExpressionOrder order_expressions(const std::vector<NamedSources>& parts,
                                  const cel::Declarations& others) {
  cel::Declarations names = others;
  for (const NamedSources& part : parts) names.declare(part.name, cel::Kind::dyn);
  std::vector<std::vector<std::size_t>> uses(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (const std::string_view source : parts[i].sources) {
      const auto program = cel::compile(source, names, {.check = false});
      if (!program) continue;  // its mistakes are reported when it is compiled in earnest
      for (const std::size_t slot : program->slots()) {
        if (slot >= others.size()) uses[i].push_back(slot - others.size());
      }
    }
  }
  return Sorter(std::move(uses)).run();
}

}  // namespace lockgate::rules
