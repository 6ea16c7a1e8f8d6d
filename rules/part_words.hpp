// A part of an expression as a sentence for people.

#pragma once

#include <span>
#include <string>

#include "rules/expression_parts.hpp"
#include "rules/fact_words.hpp"

namespace lockgate::rules {

// Borrows everything.
class PartWords {
 public:
  PartWords(const RuleSet& rules, std::span<const cel::Value> values, const ExpressionParts& parts)
      : rules_(rules), values_(values), parts_(parts) {}

  // "people taking part (people.participants): 40 people, which is at least 30 people"
  std::string sentence(cel::NodeId id) const;
  std::string value(cel::NodeId id) const;  // "true", "15", "not known"

 private:
  std::string subject(cel::NodeId id) const;
  std::string said(cel::NodeId id, const Meaning& meaning) const;
  std::string compared_with(cel::NodeId id, const Meaning& meaning) const;
  std::string comparison(cel::NodeId id, cel::Fn fn) const;
  Meaning meaning(cel::NodeId id) const;

  const RuleSet& rules_;
  std::span<const cel::Value> values_;
  const ExpressionParts& parts_;
};

}  // namespace lockgate::rules
