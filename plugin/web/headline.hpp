// What stands first on a prototype's page: where it is, and what that means.

#pragma once

#include "lockgate/prototype.hpp"
#include "plugin/gate/council.hpp"
#include "plugin/web/check_view.hpp"
#include "plugin/web/components.hpp"

namespace lockgate::web {

// For somebody who reads; `has_vote`: one of the ballots awaits this person.
// Without counts and links.
VerdictBox headline(const Prototype& prototype, const CheckView& check, bool has_vote,
                    const gate::Council& council);

// "0 must be fixed, 2 for you to decide, 1 to note, 11 met".
std::vector<VerdictBox::Count> finding_counts(const CheckView& check);

}  // namespace lockgate::web
