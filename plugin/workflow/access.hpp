// Who may do what to a prototype.

#pragma once

#include "lockgate/prototype.hpp"
#include "lockgate/result.hpp"
#include "lockgate/time.hpp"

namespace lockgate::workflow {

// The ballot of that id; nullptr if the prototype has none.
const Ballot* find_ballot(const Prototype& prototype, const BallotId& ballot);

// Errc::not_found: no such ballot; forbidden: no seat, or the prototype is the
// member's own; conflict: the ballot is not open, its time is over, or the
// member has voted.
Result<void> may_vote(const Prototype& prototype, const BallotId& ballot, const MemberId& member,
                      UtcTime at);

// A member sees how others voted after voting, or once the ballot is over.
bool may_see_votes(const Ballot& ballot, const MemberId& member);

// Errc::conflict: no decision yet, or closed already.
Result<void> may_write_lesson(const Prototype& prototype);

}  // namespace lockgate::workflow
