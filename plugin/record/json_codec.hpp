// Events, states and effects as JSON and back: what the history, the cached
// state and the outbox hold.

#pragma once

#include <string>
#include <string_view>

#include "lockgate/event.hpp"
#include "lockgate/prototype.hpp"
#include "lockgate/result.hpp"

namespace lockgate::record {

// Compact JSON; the same value always gives the same bytes.
std::string to_json(const Event& event);
std::string to_json(const Prototype& prototype);
std::string to_json(const Effect& effect);
std::string to_json(const FactValue& value);

// The opposite.  Errc::internal if the text is not what to_json makes: it is our
// own, so somebody changed it.
Result<Event> event_from_json(std::string_view text);
Result<Prototype> prototype_from_json(std::string_view text);
Result<Effect> effect_from_json(std::string_view text);
Result<FactValue> fact_value_from_json(std::string_view text);

}  // namespace lockgate::record
