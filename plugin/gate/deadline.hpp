// When a ballot closes: working days in the council's own time zone.

#pragma once

#include <chrono>

#include "lockgate/result.hpp"
#include "lockgate/time.hpp"
#include "plugin/gate/council.hpp"

namespace lockgate::gate {

// 17:00 on the `working_days`-th working day after the local day of `opened`:
// Monday to Friday without the council's bank holidays.  working_days >= 1.
// Errc::invalid if the time zone is not in the system's tz data.
Result<UtcTime> closes_at(UtcTime opened, int working_days, const Council& council);

// Working days from the local day of `now` (not counted) to that of `then`
// (counted); 0 if it is today or over.  Fails as closes_at.
Result<int> working_days_left(UtcTime now, UtcTime then, const Council& council);

// The moment on the council's own clocks.  Fails as closes_at.
Result<std::chrono::local_time<std::chrono::microseconds>> local_time(UtcTime time,
                                                                      const Council& council);

}  // namespace lockgate::gate
