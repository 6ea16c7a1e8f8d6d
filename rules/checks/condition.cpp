#include "rules/checks/condition.hpp"

#include <algorithm>

#include "rules/cel/parser.hpp"
#include "rules/cel/plan.hpp"
#include "rules/checks/numbers.hpp"
#include "rules/checks/writer.hpp"

namespace lockgate::rules {

Conditions::Conditions(Slots slots, std::span<const cel::Value> settings)
    : slots_(std::move(slots)), settings_(settings.begin(), settings.end()) {
  for (const auto& [slot, text] : slots_.expressions) {  // each uses only those before it
    auto source = parsed(text);
    if (!source) continue;
    closed_[slot] = is_closed(*source, source->tree.root);
    expressions_.emplace(slot, *std::move(source));
  }
}

std::optional<Conditions::Source> Conditions::parsed(std::string_view text) const {
  const cel::CompileOptions options;
  auto tree = cel::parse(text, options);
  if (!tree) return std::nullopt;
  std::vector<cel::Diagnostic> mistakes;
  cel::Checked checked = cel::check(*tree, slots_.declarations, options, mistakes);
  if (!mistakes.empty()) return std::nullopt;
  return Source{*std::move(tree), std::move(checked)};
}

std::optional<Condition> Conditions::read(std::string_view source) {
  const auto written = parsed(source);
  if (!written) return std::nullopt;
  return ConditionWriter(*this).run(*written);
}

bool Conditions::is_setting(std::size_t slot) const {
  return !is_fact(slot) && slot < slots_.vocabulary.facts().size() + slots_.settings;
}

const Conditions::Source* Conditions::expression(std::size_t slot) const {
  const auto found = expressions_.find(slot);
  return found == expressions_.end() ? nullptr : &found->second;
}

std::vector<cel::Value> Conditions::domain(std::size_t slot) const {
  if (slot >= slots_.declarations.size()) return {};
  const cel::Kind kind = slots_.declarations.type(slot).kind();
  if (is_setting(slot) && !settings_.empty()) {
    return {settings_[slot - slots_.vocabulary.facts().size()]};
  }
  if (kind == cel::Kind::boolean && (is_fact(slot) || is_setting(slot))) {
    return {cel::Value::boolean(false), cel::Value::boolean(true)};
  }
  std::vector<cel::Value> values;
  if (is_fact(slot) && kind == cel::Kind::string) {
    const FactDeclaration& fact = slots_.vocabulary.facts()[slot];
    if (fact.type != FactType::choice) return {};
    for (const std::string& value : fact.values) values.push_back(cel::Value::string(value));
  }
  return values;
}

bool Conditions::is_closed(std::size_t slot) const {
  const auto found = closed_.find(slot);
  return found != closed_.end() ? found->second : !domain(slot).empty();
}

bool Conditions::is_closed(const Source& source, cel::NodeId id) const {
  const cel::Node& node = source.tree.nodes[id];
  const cel::Finding& finding = source.checked.nodes[id];
  if (finding.meaning == cel::Meaning::slot) {
    return node.form != cel::Form::has && is_closed(finding.number);
  }
  if (finding.meaning != cel::Meaning::itself) return false;
  switch (node.form) {
    case cel::Form::call:
    case cel::Form::member_call:
      if (finding.fn == cel::Fn::none) return false;
      break;
    case cel::Form::literal:
    case cel::Form::list:
    case cel::Form::index:
    case cel::Form::conditional:
    case cel::Form::all_of:
    case cel::Form::any_of:
      break;
    default:
      return false;
  }
  return std::all_of(node.children.begin(), node.children.end(),
                     [&](cel::NodeId child) { return is_closed(source, child); });
}

std::size_t Conditions::stranger(const std::string& key, Stranger stranger) {
  const std::size_t fresh = slots_.declarations.size() + strangers_.size();
  const auto [at, added] = stranger_slots_.try_emplace(key, fresh);
  if (added) strangers_.push_back(stranger);
  return at->second;
}

std::optional<std::vector<cel::Value>> Conditions::values_of(std::size_t slot,
                                                             const Constants& compared) const {
  const auto found = compared.find(slot);
  static const std::vector<cel::Value> kNone;
  const std::vector<cel::Value>& constants = found == compared.end() ? kNone : found->second;
  if (slot >= slots_.declarations.size()) {
    const Stranger& stranger = strangers_[slot - slots_.declarations.size()];
    std::vector<cel::Value> values = {cel::Value::boolean(false), cel::Value::boolean(true)};
    if (stranger.kind != cel::Kind::boolean) values = numbers_around(stranger.kind, constants);
    if (stranger.may_fail) values.push_back(cel::Value::error("it cannot be evaluated"));
    return values;
  }
  if (auto values = domain(slot); !values.empty()) return values;
  if (!is_fact(slot) || constants.empty()) return std::nullopt;
  return values_around(slots_.vocabulary.facts()[slot], constants);
}

std::vector<cel::Value> Conditions::start() const {
  std::vector<cel::Value> values;
  for (std::size_t slot = 0; slot < slots_.declarations.size(); ++slot) {
    values.push_back(cel::Value::unknown(slot));
  }
  std::copy(settings_.begin(), settings_.end(),
            values.begin() + std::ssize(slots_.vocabulary.facts()));
  return values;
}

}  // namespace lockgate::rules
