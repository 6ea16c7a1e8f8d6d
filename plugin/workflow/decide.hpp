// The workflow, as one pure function.

#pragma once

#include <vector>

#include "lockgate/event.hpp"
#include "lockgate/prototype.hpp"
#include "lockgate/result.hpp"

namespace lockgate::workflow {

struct Step {
  Prototype next;
  std::vector<Effect> effects = {};
  // Every ballot has carried: Lockgate must ask gate `decide` with the same
  // facts and apply what comes of it before anything is recorded.
  bool ask_decide = false;
};

// What `event` does to a prototype in state `now`.  No clock, no randomness, no
// I/O: the same arguments always give the same step, so history can be folded
// again and a step that lost a race can be decided again.
//
// Errc::conflict if the event does not apply in this state; not_found and
// forbidden as access.hpp says; invalid, with the form's fields as pointers, if
// a vote or lesson is incomplete.
Result<Step> decide(const Prototype& now, const Event& event);

}  // namespace lockgate::workflow
