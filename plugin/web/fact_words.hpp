// Facts as people read them: what is meant and what was said, instead of paths
// and JSON.

#pragma once

#include <string>
#include <vector>

#include "lockgate/facts.hpp"
#include "plugin/web/texts.hpp"

namespace lockgate::rules {
class RuleSet;
}

namespace lockgate::web {

// Where a value comes from: the case system said so, nobody said and the
// vocabulary has a default, the rules computed it, or the council set it.
enum class Origin { told, assumed, computed, setting };

struct FactLine {
  std::string label;  // "Planned length"; the path where the rules in force do not know it
  std::string value;  // "30 days", "£8,400", "Yes"; kErased where a sensitive value is gone
  std::string path;
  Origin origin = Origin::told;
};

FactLine fact_line(const KeptFact& fact, const rules::RuleSet& in_force, const Texts& texts);
std::vector<FactLine> fact_lines(const std::vector<KeptFact>& facts, const rules::RuleSet& in_force,
                                 const Texts& texts);

// The first letter in upper case, if it is a plain one.
std::string capitalised(std::string text);

}  // namespace lockgate::web
