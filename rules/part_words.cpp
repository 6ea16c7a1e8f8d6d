#include "rules/part_words.hpp"

#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

using cel::Fn;
using cel::Form;
using cel::NodeId;

std::string value_words(const cel::Value& value, const Meaning& meaning) {
  if (value.is(cel::Kind::boolean)) return value.as_bool() ? "yes" : "no";
  if (value.is_error()) return "cannot be told: " + std::string(value.message());
  return in_words(value, meaning);
}

bool is_comparison(Fn fn) {
  return fn == Fn::equal || fn == Fn::not_equal || fn == Fn::less || fn == Fn::less_equal ||
         fn == Fn::greater || fn == Fn::greater_equal || fn == Fn::in;
}

// The relation that holds where `fn` is false.
Fn opposite(Fn fn) {
  switch (fn) {
    case Fn::equal:
      return Fn::not_equal;
    case Fn::not_equal:
      return Fn::equal;
    case Fn::less:
      return Fn::greater_equal;
    case Fn::less_equal:
      return Fn::greater;
    case Fn::greater:
      return Fn::less_equal;
    default:
      return Fn::less;
  }
}

// The relation of b to a where `fn` is that of a to b.
Fn turned(Fn fn) {
  switch (fn) {
    case Fn::less:
      return Fn::greater;
    case Fn::less_equal:
      return Fn::greater_equal;
    case Fn::greater:
      return Fn::less;
    case Fn::greater_equal:
      return Fn::less_equal;
    default:
      return fn;
  }
}

std::string relation(Fn fn, bool of_times) {
  switch (fn) {
    case Fn::equal:
      return "the same as ";
    case Fn::not_equal:
      return "not ";
    case Fn::less:
      return of_times ? "before " : "less than ";
    case Fn::less_equal:
      return of_times ? "on or before " : "at most ";
    case Fn::greater:
      return of_times ? "after " : "more than ";
    default:
      return of_times ? "on or after " : "at least ";
  }
}

}  // namespace

Meaning PartWords::meaning(NodeId id) const {
  const auto slot = parts_.slot(id);
  if (!slot) return {};
  if (*slot == rules_.now_slot()) return {"the moment of the check"};
  return meaning_of(rules_.declarations().name(*slot), rules_);
}

std::string PartWords::subject(NodeId id) const {
  const auto slot = parts_.slot(id);
  if (!slot) return ticked(parts_.written(id));
  return meaning(id).label + " (" + rules_.declarations().name(*slot) + ')';
}

std::string PartWords::said(NodeId id, const Meaning& as) const {
  return value_words(parts_.value(id, values_), as);
}

// What stands on the other side; `as` is the meaning of this side.
std::string PartWords::compared_with(NodeId id, const Meaning& as) const {
  const cel::Node& node = parts_.node(id);
  const auto slot = parts_.slot(id);
  if (slot) {
    const Meaning other = meaning(id);
    return said(id, other.unit.empty() ? as : other) + " (" + other.label + ", " +
           rules_.declarations().name(*slot) + ')';
  }
  Meaning plain = as;
  if (!plain.unit.empty() && plain.unit.front() >= '0' && plain.unit.front() <= '9') {
    plain.unit.clear();  // a scale is told once
  }
  if (node.form == Form::literal || parts_.slots(id).empty()) return said(id, plain);
  return said(id, plain) + " (" + ticked(parts_.written(id)) + ')';
}

std::string PartWords::comparison(NodeId id, Fn fn) const {
  const cel::Node& node = parts_.node(id);
  const cel::Value whole = parts_.value(id, values_);
  NodeId left = node.children[0];
  NodeId right = node.children[1];
  if (fn != Fn::in && parts_.slots(left).empty() && !parts_.slots(right).empty()) {
    std::swap(left, right);
    fn = turned(fn);
  }
  const Meaning of_left = meaning(left);
  const cel::Value value = parts_.value(left, values_);
  const std::string start = subject(left) + ": " + value_words(value, of_left);
  if (!whole.is(cel::Kind::boolean)) {
    const cel::Value other = parts_.value(right, values_);
    const bool failed = other.is_unknown() || other.is_error();
    if (!failed) return start;
    const std::string rest = subject(right) + ": " + value_words(other, meaning(right));
    return value.is_unknown() || value.is_error() ? start + ", and " + rest : rest;
  }
  if (fn == Fn::in) {
    return start + (whole.is_true() ? ", which is one of: " : ", which is none of: ") +
           compared_with(right, of_left);
  }
  if (whole.is_false()) fn = opposite(fn);
  const bool told = parts_.slots(right).empty();
  const bool of_truth = value.is(cel::Kind::boolean);
  if (told && (fn == Fn::equal || (fn == Fn::not_equal && of_truth))) return start;
  return start + ", which is " + relation(fn, value.is(cel::Kind::timestamp)) +
         compared_with(right, of_left);
}

std::string PartWords::sentence(NodeId id) const {
  if (parts_.slot(id)) return subject(id) + ": " + said(id, meaning(id));
  const Fn fn = parts_.node(id).form == Form::call ? parts_.function(id) : Fn::none;
  if (is_comparison(fn)) return comparison(id, fn);
  std::string text = ticked(parts_.written(id)) + ": " + said(id, {});
  std::string with;
  for (const std::size_t slot : parts_.slots(id)) {
    if (slot == rules_.now_slot() || slot >= values_.size()) continue;
    const std::string& name = rules_.declarations().name(slot);
    const Meaning about = meaning_of(name, rules_);
    with += (with.empty() ? ", where " : "; ") + about.label + " (" + name +
            "): " + value_words(values_[slot], about);
  }
  return text + with;
}

std::string PartWords::value(NodeId id) const {
  const cel::Value value = parts_.value(id, values_);
  if (value.is_unknown()) return "not known";
  if (value.is_error()) return "cannot be told";
  return value.text();
}

}  // namespace lockgate::rules
