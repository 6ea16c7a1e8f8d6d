// Time as Lockgate keeps it: UTC, in microseconds.  Nothing below plugin/app
// reads a clock; events carry the time at which they happened.

#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace lockgate {

using UtcTime = std::chrono::sys_time<std::chrono::microseconds>;

// The only way to learn what time it is.  Safe to call from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual UtcTime now() const = 0;
};

// RFC 3339 in UTC with six fraction digits, always 27 characters:
// "2026-11-23T09:00:00.000000Z".  Sorts as text.  Years 0001 to 9999.
std::string to_text(UtcTime time);

// The opposite of to_text; takes only that fixed form.  nullopt otherwise.
std::optional<UtcTime> time_from_text(std::string_view text);

}  // namespace lockgate
