// Log as JSON lines on stderr, over spdlog: one object per event, so that a
// value can never break a line or forge another.

#pragma once

#include <memory>

#include "lockgate/log.hpp"
#include "lockgate/time.hpp"

namespace lockgate::app {

std::unique_ptr<Log> make_json_log(const Clock& clock);

}  // namespace lockgate::app
