// A ballot as part of a page.

#pragma once

#include "plugin/gate/council.hpp"
#include "plugin/web/ballot_view.hpp"
#include "plugin/web/html.hpp"

namespace lockgate::web {

// "1 of 3 have voted. 2 are needed."
std::string votes_so_far(const BallotView& ballot);

// The board's name, where it stands, its seats and, for those who may see
// them, the votes.
Html ballot_section(const BallotView& ballot, UtcTime now, const gate::Council& council);

}  // namespace lockgate::web
