// Moments in words, on the council's own clocks.

#pragma once

#include <string>

#include "lockgate/time.hpp"
#include "plugin/gate/council.hpp"

namespace lockgate::web {

std::string day_in_words(UtcTime time, const gate::Council& council);  // "Friday 27 March 2026"
// "12 March 2026 at 9:02am"; in UTC, and says so, if the council's zone is unknown.
std::string moment_in_words(UtcTime time, const gate::Council& council);

// "Friday 27 March 2026, 2 working days left".
std::string decide_by(UtcTime now, UtcTime closes_at, const gate::Council& council);

}  // namespace lockgate::web
