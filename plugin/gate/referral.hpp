// Which boards a check goes to, and on which terms.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "lockgate/check.hpp"
#include "lockgate/event.hpp"
#include "lockgate/result.hpp"
#include "plugin/gate/council.hpp"

namespace lockgate::gate {

// One draft for each board with a seat that answers for the role of a `refer`
// finding, in the council's order of boards.  That seat is required and names
// the rules; the seats of the members in `own` have no vote.
//
// Errc::internal if no seat answers for a role: unmapped_roles finds those when
// the configuration is loaded.  Errc::invalid as closes_at.
Result<std::vector<BallotDraft>> referrals(const Check& check, const Council& council,
                                           std::span<const MemberId> own, bool proposer_known,
                                           UtcTime now, Random& ids);

// Those of `roles` that no seat of any board answers for, in their order.
std::vector<std::string> unmapped_roles(std::span<const std::string> roles, const Council& council);

}  // namespace lockgate::gate
