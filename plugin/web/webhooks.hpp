// POST /hooks/{source}: from the wire to the gatekeeper and back.

#pragma once

#include <span>

#include "lockgate/log.hpp"
#include "lockgate/time.hpp"
#include "plugin/gate/gatekeeper.hpp"
#include "plugin/net/message.hpp"

namespace lockgate::web {

// Everything borrowed must outlive the handler.  An unknown source, and every
// failure to authenticate, gives one and the same answer; the log says which.
net::Handler webhook_handler(std::span<const gate::Source> sources, gate::Gatekeeper& gatekeeper,
                             const Clock& clock, Log& log);

}  // namespace lockgate::web
