// When a promise is tried again: a pure function of what came back.

#pragma once

#include <chrono>
#include <span>
#include <string_view>

#include "lockgate/store.hpp"

namespace lockgate::gate {

// The schedule of Standard Webhooks 1.0.0: the waits after the first attempt
// and each one that follows.
std::span<const std::chrono::seconds> standard_retries();

struct Again {
  Conclude conclude = Conclude::again;
  UtcTime next{};  // with `again`
};

// What an attempt that ended at `at` leads to.  `attempts` were made before it;
// `status` is the HTTP status, 0 if nothing answered; `retry_after` the field's
// value (seconds or a date; a day at most counts), or empty; `jitter` in [0, 1)
// spreads the wait by a tenth either way.  2xx is delivered; 410 is dead at once:
// the receiver wants no more; everything else, redirects too, is tried again
// until `waits` (the standard ones if empty) is used up, and never before
// Retry-After on 429 and 503.
Again next_attempt(int attempts, int status, std::string_view retry_after, double jitter,
                   UtcTime at, std::span<const std::chrono::seconds> waits);

}  // namespace lockgate::gate
