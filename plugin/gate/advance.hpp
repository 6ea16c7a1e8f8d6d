// One event, and what Lockgate itself must ask because of it.

#pragma once

#include "lockgate/event.hpp"
#include "lockgate/result.hpp"
#include "plugin/gate/gatekeeper.hpp"
#include "plugin/gate/judge.hpp"
#include "plugin/gate/round.hpp"

namespace lockgate::gate {

// Applies `event` to the round.  Where every ballot has carried, asks gate
// `decide` with the facts of the latest check and applies what came of that too.
// Fails as workflow::decide, judging and the stores do.
Result<void> advance(Round& round, Event event, const Judge& judge, const GatekeeperParts& parts);

}  // namespace lockgate::gate
