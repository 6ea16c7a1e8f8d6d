// GET /healthz and /readyz: what a supervisor asks.

#pragma once

#include "lockgate/store.hpp"
#include "plugin/net/message.hpp"

namespace lockgate::web {

// 200: the process is up and has a worker to spare.
net::Handler health_handler();

// 200: the store answers; 503 with Retry-After otherwise.
net::Handler ready_handler(Store& store);

}  // namespace lockgate::web
