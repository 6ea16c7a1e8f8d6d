// What was decided, on which conditions, what was learned, and whether the case
// system knows: parts of a prototype's page.

#pragma once

#include <vector>

#include "lockgate/decision.hpp"
#include "lockgate/store.hpp"
#include "plugin/gate/council.hpp"
#include "plugin/web/ballot_view.hpp"
#include "plugin/web/html.hpp"

namespace lockgate::web {

// `is_of_now`: the decision is of the gate that the prototype is at.
Html decision_section(const Decision& decision, bool is_of_now, const Texts& texts,
                      const gate::Council& council);

Html lesson_section(const Lesson& lesson, const Texts& texts, const Names& names,
                    const gate::Council& council);

// Empty if there is nothing to tell.
Html tellings_section(const std::vector<BoardStore::Telling>& tellings,
                      const gate::Council& council);

}  // namespace lockgate::web
