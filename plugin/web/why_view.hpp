// Why the rules found what they found, and what would change it, in words.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "lockgate/check.hpp"
#include "plugin/web/texts.hpp"

namespace lockgate::rules {
class RuleSet;
}

namespace lockgate::web {

// Changes that go together, and what they would lead to.
struct ChangeView {
  Verdict verdict = Verdict::approve;
  std::vector<std::string> changes;
};

struct WhyView {
  std::map<std::string, std::vector<std::string>> decided;  // by rule: what decided
  std::vector<ChangeView> changes;                          // any one of them would do
};

// Computed again from what the check keeps.  Empty where that cannot be: other
// rules are in force now, a text was erased, or it comes to another verdict.
WhyView why_view(const Check& check, const rules::RuleSet& in_force, const Texts& texts);

}  // namespace lockgate::web
