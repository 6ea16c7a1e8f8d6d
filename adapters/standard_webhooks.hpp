// The adapter for Standard Webhooks (https://www.standardwebhooks.com), and so
// for any JSON webhook that can be signed like one.

#pragma once

#include <memory>

#include "adapters/settings.hpp"
#include "lockgate/adapter.hpp"

namespace lockgate::adapters {

// The settings must be free of problems().  Without a secret every delivery is
// refused; without a callback there is nothing to write back.
std::unique_ptr<const Adapter> make_standard_webhooks(const Settings& settings);

}  // namespace lockgate::adapters
